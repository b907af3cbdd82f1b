import { css, html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { when } from 'lit/directives/when.js';
import { styled } from '../../../ui/styled';
import { formatShortWeight, type TokenAttention } from '../model/token-attention';
import type { TokenRef } from '../model/token-edges';
import type { TokenChoiceHost, TokenChoice } from './token-choice';

export const tokenStyles = css`
  li {
    position: relative;
    height: 1.75rem;
  }

  /* The weight, then the word: beside the lines. */
  button.token {
    display: flex;
    position: relative;
    flex-direction: row-reverse;
    gap: var(--space-2);
    align-items: center;
    width: 100%;
    height: 100%;
    min-height: 0;
    padding: 0 var(--space-2);
    outline-offset: -2px;
    line-height: 1;
  }

  .keys .token {
    justify-content: flex-end;
  }

  button.token:is(:hover, .hovered) {
    background: var(--surface);
  }

  button.token[aria-pressed='true'] {
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 550;
  }

  .keys .token[aria-pressed='true'] {
    background: var(--series-3);
    color: var(--paper);
  }

  .value {
    min-width: 2.3rem;
    font-size: 0.75rem;
  }

  .token:not([aria-pressed='true']) > :is(.value, .is-hidden .word) {
    color: var(--ink-soft);
  }

  .is-hidden .word {
    text-decoration: line-through;
  }

  .non-finite .word::after {
    content: ' NaN';
    color: var(--bad);
    font: 400 0.75rem var(--mono);
  }

  /* The weight between the hovered token and this one, along the edge where the line arrives. */
  .bar {
    position: absolute;
    inset: auto auto 0 0;
    height: 2px;
    background: var(--accent);
  }

  .queries .bar {
    inset: auto 0 0 auto;
    background: var(--series-3);
  }

  button.hide {
    position: absolute;
    inset: 2px 2px auto auto;
    min-height: 1.5rem;
    padding: 0 var(--space-2);
    background: var(--line);
    font-size: 0.75rem;
    line-height: 1;
    opacity: 0;
  }

  :is(li:hover, .is-hidden) > .hide {
    opacity: 1;
  }

  @media (hover: none) {
    li:not(.is-hidden) > .hide {
      display: none;
    }
  }
`;

/** A token of a list. @param weight Between it and the described token of the other side. */
export function renderToken(
  ref: TokenRef,
  token: string,
  weight: number | undefined,
  choice: TokenChoice,
  attention: TokenAttention,
) {
  const { side, index } = ref;
  const name = attention.names[side][index];
  const isHidden = choice.isHidden(ref);
  const word = token.trim() === '' ? JSON.stringify(token) : token;
  // Screen readers need the position of a repeated word; on the screen its row shows it.
  const spoken = `${name.slice(word.length)}, ${side}${isHidden ? ', hidden' : ''} `;
  return html`
    <li class=${classMap({ 'is-hidden': isHidden })}>
      <button
        type="button"
        class=${classMap({
          flat: true,
          token: true,
          hovered: choice.isHovered(ref),
          'is-hidden': isHidden,
          'non-finite': attention.hasNonFiniteWeight(ref),
        })}
        tabindex=${choice.tabStop(side).index === index ? 0 : -1}
        aria-pressed=${choice.isLocked(ref)}
        data-index=${index}
        @click=${({ shiftKey }: MouseEvent) => choice.press(ref, shiftKey)}
        @pointerenter=${() => choice.hover(ref)}
        @focus=${() => choice.hover(ref)}
        @blur=${() => choice.leave()}
      >
        <span class="word ellipsis">${word}</span><span class="visually-hidden">${spoken}</span>
        ${weight === undefined || weight === 0 ? nothing : renderWeight(weight)}
      </button>
      ${side === 'key' ? renderHide(name, isHidden, () => choice.toggleHidden(index)) : nothing}
    </li>
  `;
}

function renderWeight(weight: number) {
  const width = `${(100 * Math.min(1, Math.abs(weight))).toFixed(1)}%`;
  return html`
    <span class="value number end-aligned">${formatShortWeight(weight)}</span>
    <span class="bar" ${styled({ width })}></span>
  `;
}

/** For the pointer; the keyboard has H, and touch the button below the lines. */
function renderHide(name: string, isHidden: boolean, toggle: () => void) {
  return html`<button
    type="button"
    class="hide"
    tabindex="-1"
    aria-label="${isHidden ? 'Show' : 'Hide'} key ${name}"
    @click=${toggle}
  >
    ${isHidden ? 'show' : 'hide'}
  </button>`;
}

/** Buttons to hide the current key, and to undo hiding and locking: touch has neither H nor Shift. */
export function renderTokenActions(
  choice: TokenChoice,
  { locked, hiddenKeys }: Pick<TokenChoiceHost, 'locked' | 'hiddenKeys'>,
  keyNames: readonly string[],
) {
  const { subject } = choice;
  const button = (name: string, label: string, act: () => void) =>
    html`<button type="button" class=${name} @click=${act}>${label}</button>`;
  const hideLabel = subject && (choice.isHidden(subject) ? 'Show' : 'Hide');
  return html`
    <div class="row gap-1 small">
      ${when(subject?.side === 'key', () =>
        button('toggle-key', `${hideLabel} key “${keyNames[subject!.index]}”`, () =>
          choice.toggleHidden(subject!.index),
        ),
      )}
      ${when(hiddenKeys.length > 0, () =>
        button('show-all', `Show all keys (${hiddenKeys.length} hidden)`, () => choice.hide([])),
      )}
      ${when(locked.length > 0, () =>
        button('unlock-all', locked.length === 1 ? 'Unlock' : `Unlock all ${locked.length}`, () =>
          choice.lock([]),
        ),
      )}
    </div>
  `;
}
