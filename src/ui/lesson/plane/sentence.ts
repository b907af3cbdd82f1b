import { html, type TemplateResult } from 'lit';
import { styled } from '../../styled';
import { digits } from '../digits';

export interface SentenceWord {
  readonly text: string;
  /** Its weight now. */
  readonly weight: number;
  readonly isOut?: boolean;
  readonly isPointed: boolean;
}

export interface SentenceOptions {
  /** What a press does, for those who cannot see it. */
  readonly label: string;
  readonly words: readonly SentenceWord[];
  readonly pressed: (place: number) => boolean;
  readonly press: (place: number) => void;
  /** Called with a place, and with −1 when the pointer leaves. */
  readonly point: (place: number) => void;
}

/** A sentence whose words are buttons, each with its weight as a bar and a number. */
export const renderSentence = ({
  label,
  words,
  pressed,
  press,
  point,
}: SentenceOptions): TemplateResult => html`
  <ol class="sentence" aria-label=${label}>
    ${words.map(
      ({ text, weight, isOut, isPointed }, place) => html`
        <li>
          <button
            type="button"
            class="${isOut ? 'out' : ''} ${isPointed ? 'pointed' : ''}"
            aria-pressed=${pressed(place)}
            @click=${() => press(place)}
            @pointerenter=${() => point(place)}
            @pointerleave=${() => point(-1)}
            @focus=${() => point(place)}
            @blur=${() => point(-1)}
          >
            <span class="text">${text}</span>
            <span class="track"
              ><span class="bar" ${styled({ width: `${(weight * 100).toFixed(2)}%` })}></span
            ></span>
            <span class="number"><span class="spoken">weight </span>${digits(weight)}</span>
          </button>
        </li>
      `,
    )}
  </ol>
`;
