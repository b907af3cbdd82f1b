import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { MAX_TEXT_LENGTH } from '../../model/link-fields';
import { button, radio } from '../../../../ui/controls/fields';
import { emit } from '../../../../ui/emit';
import { styled } from '../../../../ui/styled';
import {
  ALPHABET,
  type CipherKind,
  cipherKinds,
  cipherSources,
  decipher,
  encipher,
  MAX_COLUMNS,
  substitutionAlphabet,
} from '../../model/cipher';
import { LessonSection } from '../../parts/section';
import { lettersOf, shortened, describeLetter } from './alignments';

const cipherDeskStyles = css`
  .rows {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: var(--space-2) var(--space-3);
    align-items: baseline;
  }

  .letters {
    gap: 2px;
  }

  :is(.letters, .alphabets) span {
    display: grid;
    place-items: center;
    border-radius: 0.2rem;
    font-family: var(--mono);
    white-space: pre;
  }

  .letters span {
    min-width: 1.375rem;
    height: 1.75rem;
    background: var(--surface);
  }

  .alphabets {
    display: grid;
    grid-template-columns: repeat(26, minmax(0, 1fr));
    max-width: 40rem;
    font-size: clamp(0.6875rem, 0.5rem + 0.8vw, 1rem);
  }

  .alphabets span:nth-child(-n + 26) {
    border-bottom: 1px solid var(--line);
    border-radius: 0.2rem 0.2rem 0 0;
  }

  .written {
    overflow-x: auto;
  }

  .by-hand .highlighted {
    background: var(--accent);
    color: var(--on-accent);
  }
`;

const KINDS: Readonly<Record<CipherKind, string>> = {
  shift: 'Shift the letters',
  keyword: 'A keyword',
  columns: 'Write in rows, read by columns',
};

/**
 * A message and its cipher, both editable, and one letter at a time followed through.
 *
 * @fires {CustomEvent<number>} letter-point its position in the ciphered text
 */
@customElement('cipher-desk')
export class CipherDesk extends LessonSection {
  static override styles = cipherDeskStyles;

  /** Position of the letter that is followed, in the ciphered text. */
  @property({ type: Number }) position = 0;
  /** A keyword without letters, kept in its field until it is corrected. */
  @state() private invalidKeyword: string | null = null;

  override render() {
    const { state } = this;
    const letters = lettersOf(state.message);
    const position = Math.min(this.position, letters.length - 1);
    return html`
      <figure>
        <div class="controls">
          <fieldset class="row">
            <legend><span class="soft">Cipher</span></legend>
            ${cipherKinds.map((kind) => radio('cipher', KINDS[kind], state.cipher === kind, () => this.patch({ cipher: kind }), kind))}
          </fieldset>
          ${this.renderKey()}
        </div>
        <div class="beside auto-columns">
          ${this.renderText('plain', 'Plain text', state.message, (message) =>
            this.patch({ message }, 'drag'),
          )}
          ${this.renderText(
            'ciphered',
            'Ciphered: write here to decode',
            encipher(state.message, state),
            (text) => this.patch({ message: decipher(text, state) }, 'drag'),
          )}
        </div>
        ${this.renderError()} ${letters.length > 0 ? this.renderByHand(letters, position) : nothing}
        <figcaption>
          “${shortened(state.message)}” becomes “${shortened(encipher(state.message, state))}”.
          ${letters.length > 0 ? describeLetter(letters, position, state) : nothing}
        </figcaption>
      </figure>
    `;
  }

  private renderKey() {
    const { cipher, shift, keyword, columns } = this.state;
    if (cipher === 'keyword') {
      return this.renderText('keyword', 'Keyword', this.invalidKeyword ?? keyword, (keyword) => {
        this.patch({ keyword }, 'drag');
        this.invalidKeyword = this.error ? keyword : null;
      });
    }
    return cipher === 'shift'
      ? this.slider('Places to shift', shift, (shift) => ({ shift }), { min: 0, max: 25, step: 1 })
      : this.slider('Columns', columns, (columns) => ({ columns }), {
          min: 1,
          max: MAX_COLUMNS,
          step: 1,
        });
  }

  private renderText(id: string, label: string, text: string, change: (text: string) => void) {
    return html`<label class="field-label">
      ${label}
      <input
        id=${id}
        type="text"
        maxlength=${MAX_TEXT_LENGTH}
        autocomplete="off"
        spellcheck="false"
        aria-invalid=${text === this.invalidKeyword}
        .value=${live(text)}
        @input=${(event: Event) => change((event.target as HTMLInputElement).value)}
        @change=${() => this.lesson.endDrag()}
      />
    </label>`;
  }

  private renderByHand(letters: readonly string[], position: number) {
    const step = (by: number) => () =>
      this.follow((position + by + letters.length) % letters.length);
    const [from] = cipherSources(letters.length, this.state)[position];
    return html`
      <div class="by-hand stack">
        <div class="row">
          ${button('Previous letter', step(-1), { id: 'previous-letter' })}
          ${button('Next letter', step(1), { id: 'next-letter' })}
        </div>
        <!-- Screen readers have the fields and the caption. -->
        <div class="rows" aria-hidden="true">
          <span class="soft small">Plain</span>
          <span class="letters row">${renderLetters(letters, from)}</span>
          <span class="soft small">Ciphered</span>
          <span class="letters row">
            ${renderLetters([...encipher(letters.join(''), this.state)], position, (i) => this.follow(i))}
          </span>
        </div>
        ${this.renderKeyTable(letters, from)}
      </div>
    `;
  }

  /** Both alphabets, or the text in rows, with the letter at `from`. */
  private renderKeyTable(letters: readonly string[], from: number) {
    const replacements = substitutionAlphabet(this.state);
    if (!replacements) {
      const columns = { 'grid-template-columns': `repeat(${this.state.columns}, 1.75rem)` };
      return html`<div class="written letters stack" ${styled(columns)} aria-hidden="true">
        ${renderLetters(letters, from)}
      </div>`;
    }
    const index = ALPHABET.indexOf(letters[from].toLowerCase());
    return html`<div class="alphabets" aria-hidden="true">
      ${[ALPHABET, replacements].map((alphabet) => renderLetters([...alphabet], index))}
    </div>`;
  }

  private follow(position: number) {
    emit(this, 'letter-point', position);
  }
}

const renderLetters = (
  letters: readonly string[],
  highlighted: number,
  point?: (position: number) => void,
) =>
  letters.map(
    (letter, i) =>
      html`<span
        class=${i === highlighted ? 'highlighted' : ''}
        @pointerenter=${point ? () => point(i) : nothing}
        >${letter}</span
      >`,
  );

declare global {
  interface HTMLElementEventMap {
    'letter-point': CustomEvent<number>;
  }
}
