import { html, nothing } from 'lit';
import type { ChoiceHost, TokenChoice } from './token-choice';

/** Buttons for the key that is looked at, and to take back what was hidden and locked: a finger has neither H nor Shift. */
export function renderTokenActions(
  choice: TokenChoice,
  { locked, hiddenKeys }: Pick<ChoiceHost, 'locked' | 'hiddenKeys'>,
  keyNames: readonly string[],
) {
  const { subject } = choice;
  const button = (name: string, label: string, act: () => void) =>
    html`<button type="button" class=${name} @click=${act}>${label}</button>`;
  return html`
    <div class="actions">
      ${
        subject?.side === 'key'
          ? button(
              'toggle-key',
              `${choice.isHidden(subject) ? 'Show' : 'Hide'} key “${keyNames[subject.index]}”`,
              () => choice.toggleHidden(subject.index),
            )
          : nothing
      }
      ${
        hiddenKeys.length > 0
          ? button('show-all', `Show all again (${hiddenKeys.length} hidden)`, () =>
              choice.hide([]),
            )
          : nothing
      }
      ${
        locked.length > 0
          ? button(
              'unlock-all',
              `Unlock ${locked.length === 1 ? 'it' : `all ${locked.length}`}`,
              () => choice.lock([]),
            )
          : nothing
      }
    </div>
  `;
}
