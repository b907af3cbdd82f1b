import { css, html } from 'lit';
import { formatFixed } from '../../../../numeric/format';
import { span } from '../track';

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
  readonly words: readonly {
    readonly text: string;
    readonly weight: number;
    readonly isExcluded?: boolean;
    readonly isHovered: boolean;
    readonly isPressed: boolean;
  }[];
  readonly press: (position: number) => void;
  /** Called with a word's position when it is pointed at or focused, and with −1 afterwards. */
  readonly hover: (position: number) => void;
}

/** A sentence whose words are buttons, each with its weight as a bar and a number. */
export const renderSentence = ({ label, words, press, hover }: SentenceOptions) => html`
  <ol class="sentence plain-list row tight" aria-label=${label}>
    ${words.map(
      ({ text, weight, isExcluded, isHovered, isPressed }, position) => html`
        <li>
          <button
            type="button"
            class="flat ${isExcluded ? 'excluded' : ''} ${isHovered ? 'hovered' : ''}"
            aria-pressed=${isPressed}
            @click=${() => press(position)}
            @pointerenter=${() => hover(position)}
            @pointerleave=${() => hover(-1)}
            @focus=${() => hover(position)}
            @blur=${() => hover(-1)}
          >
            <span class="text">${text}</span>
            <span class="track"><i ${span(0, weight)}></i></span>
            <span class="number soft small"
              ><span class="visually-hidden">weight </span>${formatFixed(weight)}</span
            >
          </button>
        </li>
      `,
    )}
  </ol>
`;
