import { css, html } from 'lit';
import { formatFixed } from '../../../../numeric/format';
import { span } from '../track';
import type { SentenceContext } from './context';

export const sentenceStyles = css`
  .sentence button {
    display: grid;
    gap: 0.15rem;
    min-width: 3.75rem;
    padding: var(--space-1) var(--space-2);
    line-height: 1.3;
  }

  .sentence button:hover,
  .sentence button.hovered {
    background: var(--surface);
  }

  /* As long for every word: bars are compared. */
  .sentence .track {
    width: 3.25rem;
    height: 0.375rem;
    background: var(--line);
  }

  .sentence .track i {
    background: var(--weight);
  }

  /* What the prose points at. */
  figure[data-highlighted='weight'] .sentence .track {
    outline: 2px solid var(--weight);
    outline-offset: 1px;
  }

  .sentence .excluded .text {
    color: var(--ink-soft);
    text-decoration: line-through;
  }
`;

interface SentenceOptions {
  /** What a press does, for those who cannot see it. */
  readonly label: string;
  readonly context: SentenceContext;
  /** The word whose weights are shown. */
  readonly query: number;
  readonly excluded: readonly number[];
  readonly hovered: number;
  readonly isPressed: (position: number) => boolean;
  readonly press: (position: number) => void;
  /** Called with a word's position when it is pointed at or focused, and with −1 afterwards. */
  readonly hover: (position: number) => void;
}

/** A sentence whose words are buttons, each with its weight as a bar and a number. */
export function renderSentence(sentence: SentenceOptions) {
  const { label, context, query, excluded, hovered, isPressed, press, hover } = sentence;
  const { weights } = context.byQuery[query];
  return html`
    <ol class="sentence plain-list row gap-1" aria-label=${label}>
      ${context.names.map(
        (name, position) => html`
          <li>
            <button
              type="button"
              class="flat ${excluded.includes(position) ? 'excluded' : ''} ${position === hovered ? 'hovered' : ''}"
              aria-pressed=${isPressed(position)}
              @click=${() => press(position)}
              @pointerenter=${() => hover(position)}
              @pointerleave=${() => hover(-1)}
              @focus=${() => hover(position)}
              @blur=${() => hover(-1)}
            >
              <span class="text">${name}</span>
              <span class="track"><i ${span(0, weights[position])}></i></span>
              <span class="number soft small"
                ><span class="visually-hidden">weight </span>${formatFixed(weights[position])}</span
              >
            </button>
          </li>
        `,
      )}
    </ol>
  `;
}
