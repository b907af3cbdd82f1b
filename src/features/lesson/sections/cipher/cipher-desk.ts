import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
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
} from '../../model/cipher';
import { LessonSection } from '../../parts/section';
import { lettersOf, shortened, describeLetter, substitutionAlphabet } from './alignments';

const cipherDeskStyles = css`
  legend,
  .beside label,
  .keyword {
    color: var(--ink-soft);
    font-size: var(--text-small);
    font-weight: 400;
  }

  .rows {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: var(--space-2) var(--space-3);
    align-items: baseline;
  }

  .letters {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
  }

  .letters span,
  .alphabets span,
  .written span {
    display: grid;
    place-items: center;
    border-radius: 0.2rem;
    font-family: var(--mono);
    white-space: pre;
  }

  .letters span,
  .written span {
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
    display: grid;
    gap: 2px;
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
  static override styles = [...LessonSection.styles, cipherDeskStyles];

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
            <legend>Cipher</legend>
            ${cipherKinds.map((kind) => radio('cipher', KINDS[kind], state.cipher === kind, () => this.patch({ cipher: kind }), kind))}
          </fieldset>
          ${this.renderKey()}
        </div>
        <div class="beside">
          ${this.renderText('plain', 'Plain text', state.message, (text) => text)}
          ${this.renderText(
            'ciphered',
            'Ciphered: write here to decode',
            encipher(state.message, state),
            (text) => decipher(text, state),
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
      return html`<label class="keyword">
        Keyword
        <input
          id="keyword"
          type="text"
          autocomplete="off"
          spellcheck="false"
          aria-invalid=${this.invalidKeyword !== null}
          .value=${live(this.invalidKeyword ?? keyword)}
          @input=${(event: Event) => this.changeKeyword((event.target as HTMLInputElement).value)}
          @change=${() => this.lesson.endDrag()}
        />
      </label>`;
    }
    return cipher === 'shift'
      ? this.slider('Places to shift', shift, (shift) => ({ shift }), { min: 0, max: 25, step: 1 })
      : this.slider('Columns', columns, (columns) => ({ columns }), {
          min: 1,
          max: MAX_COLUMNS,
          step: 1,
        });
  }

  private renderText(id: string, label: string, text: string, toMessage: (text: string) => string) {
    return html`<label>
      ${label}
      <input
        id=${id}
        type="text"
        maxlength="1000"
        autocomplete="off"
        spellcheck="false"
        .value=${live(text)}
        @input=${(event: Event) =>
          this.patch({ message: toMessage((event.target as HTMLInputElement).value) }, 'drag')}
        @change=${() => this.lesson.endDrag()}
      />
    </label>`;
  }

  private renderByHand(letters: readonly string[], position: number) {
    const step = (by: number) => this.follow((position + by + letters.length) % letters.length);
    return html`
      <div class="by-hand stack">
        <div class="row">
          ${button('Previous letter', () => step(-1), { id: 'previous-letter' })}
          ${button('Next letter', () => step(1), { id: 'next-letter' })}
        </div>
        ${this.renderLetters(letters, position)} ${this.renderKeyTable(letters, position)}
      </div>
    `;
  }

  /** Both texts, letter by letter. Hidden from screen readers, which have the fields. */
  private renderLetters(letters: readonly string[], position: number) {
    const [from] = cipherSources(letters.length, this.state)[position];
    const row = (
      name: string,
      all: readonly string[],
      highlighted: number,
      follows = false,
    ) => html`
      <span class="soft small">${name}</span>
      <span class="letters">
        ${all.map(
          (letter, i) =>
            html`<span
              class=${i === highlighted ? 'highlighted' : ''}
              @pointerenter=${follows ? () => this.follow(i) : nothing}
              >${letter}</span
            >`,
        )}
      </span>
    `;
    return html`<div class="rows" aria-hidden="true">
      ${row('Plain', letters, from)}
      ${row('Ciphered', [...encipher(letters.join(''), this.state)], position, true)}
    </div>`;
  }

  private renderKeyTable(letters: readonly string[], position: number) {
    const [from] = cipherSources(letters.length, this.state)[position];
    const replacements = substitutionAlphabet(this.state);
    const cell = (letter: string, isHighlighted: boolean) =>
      html`<span class=${isHighlighted ? 'highlighted' : ''}>${letter}</span>`;
    if (!replacements) {
      const { columns } = this.state;
      return html`<div
        class="written"
        ${styled({ 'grid-template-columns': `repeat(${columns}, 1.75rem)` })}
        aria-hidden="true"
      >
        ${letters.map((letter, i) => cell(letter, i === from))}
      </div>`;
    }
    const index = ALPHABET.indexOf(letters[from].toLowerCase());
    return html`<div class="alphabets" aria-hidden="true">
      ${[ALPHABET, replacements].map((letterRow) => [...letterRow].map((letter, i) => cell(letter, i === index)))}
    </div>`;
  }

  private changeKeyword(keyword: string) {
    this.patch({ keyword }, 'drag');
    this.invalidKeyword = this.error ? keyword : null;
  }

  private follow(position: number) {
    emit(this, 'letter-point', position);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cipher-desk': CipherDesk;
  }
  interface HTMLElementEventMap {
    'letter-point': CustomEvent<number>;
  }
}
