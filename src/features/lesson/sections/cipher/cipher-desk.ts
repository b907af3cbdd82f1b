import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { styled } from '../../../../ui/styled';
import {
  ALPHABET,
  type CipherKind,
  cipherKinds,
  cipherSources,
  decode,
  encode,
  MAX_COLUMNS,
} from '../../model/cipher';
import type { LessonState } from '../../model/state';
import { LessonSection } from '../../parts/section';
import '../../parts/setting-slider';
import { lettersOf, shortened, describeLetter, substitutionAlphabet } from './alignments';

const cipherDeskStyles = css`
  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
  }

  legend,
  .beside label,
  .key-word {
    color: var(--ink-soft);
    font-size: var(--text-small);
    font-weight: 400;
  }

  fieldset label {
    display: inline-flex;
    gap: var(--space-2);
    align-items: center;
    min-height: 2rem;
    cursor: pointer;
  }

  .by-hand {
    display: grid;
    gap: var(--space-4);
  }

  .steps {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2);
  }

  .rows {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: var(--space-2) var(--space-3);
    align-items: baseline;
  }

  .name {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .letters {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
  }

  .letter,
  .alphabets span,
  .written span {
    display: grid;
    place-items: center;
    border-radius: 0.2rem;
    font-family: var(--mono);
    white-space: pre;
  }

  .letter {
    width: 1.375rem;
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

  .written span {
    height: 1.75rem;
    background: var(--surface);
  }

  .letter.lit,
  .alphabets .lit,
  .written .lit {
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
 * A message and its cipher, each to be written, and one letter at a time followed through.
 *
 * @fires {CustomEvent<number>} letter-point its place in the ciphered text
 */
@customElement('cipher-desk')
export class CipherDesk extends LessonSection {
  static override styles = [...LessonSection.styles, cipherDeskStyles];

  @property({ type: Number }) at = 0;
  /** A keyword that cannot be one. */
  @state() private wrong: string | null = null;

  override render() {
    const { state } = this;
    const letters = lettersOf(state.message);
    const at = Math.min(this.at, letters.length - 1);
    return html`
      <figure>
        <div class="controls">
          <fieldset>
            <legend>Cipher</legend>
            ${cipherKinds.map((kind) => this.renderKind(kind))}
          </fieldset>
          ${this.renderKey()}
        </div>
        <div class="beside">
          ${this.renderText('plain', 'Plain text', state.message, (text) => text)}
          ${this.renderText(
            'ciphered',
            'Ciphered: write here to decode',
            encode(state.message, state),
            (text) => decode(text, state),
          )}
        </div>
        ${this.renderError()} ${letters.length > 0 ? this.renderByHand(letters, at) : nothing}
        <figcaption>
          “${shortened(state.message)}” becomes “${shortened(encode(state.message, state))}”.
          ${letters.length > 0 ? describeLetter(letters, at, state) : nothing}
        </figcaption>
      </figure>
    `;
  }

  private renderKind(kind: CipherKind) {
    return html`<label>
      <input
        type="radio"
        name="cipher"
        value=${kind}
        .checked=${live(this.state.cipher === kind)}
        @change=${() => this.attempt(() => this.lesson.set({ cipher: kind }))}
      />
      ${KINDS[kind]}
    </label>`;
  }

  private renderKey() {
    const { cipher, shift, keyword, columns } = this.state;
    if (cipher === 'keyword') {
      return html`<label class="key-word">
        Keyword
        <input
          id="keyword"
          type="text"
          autocomplete="off"
          spellcheck="false"
          aria-invalid=${this.wrong !== null}
          .value=${live(this.wrong ?? keyword)}
          @input=${(event: Event) => this.takeKeyword((event.target as HTMLInputElement).value)}
          @change=${() => this.lesson.endDrag()}
        />
      </label>`;
    }
    const isShift = cipher === 'shift';
    return html`<setting-slider
      label=${isShift ? 'Places to shift' : 'Columns'}
      least=${isShift ? 0 : 1}
      most=${isShift ? 25 : MAX_COLUMNS}
      step="1"
      .value=${isShift ? shift : columns}
      @slide=${(event: CustomEvent<number>) =>
        this.take(isShift ? { shift: event.detail } : { columns: event.detail })}
      @settle=${() => this.lesson.endDrag()}
    ></setting-slider>`;
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
          this.take({ message: toMessage((event.target as HTMLInputElement).value) })}
        @change=${() => this.lesson.endDrag()}
      />
    </label>`;
  }

  private renderByHand(letters: readonly string[], at: number) {
    const step = (by: number) => this.point((at + by + letters.length) % letters.length);
    return html`
      <div class="by-hand">
        <div class="steps">
          <button type="button" id="previous-letter" @click=${() => step(-1)}>
            Previous letter
          </button>
          <button type="button" id="next-letter" @click=${() => step(1)}>Next letter</button>
        </div>
        ${this.renderLetters(letters, at)} ${this.renderKeyTable(letters, at)}
      </div>
    `;
  }

  /** Both texts, letter by letter; those who cannot see them have the fields. */
  private renderLetters(letters: readonly string[], at: number) {
    const [from] = cipherSources(letters.length, this.state)[at];
    const row = (name: string, row: readonly string[], lit: number, point?: boolean) => html`
      <span class="name">${name}</span>
      <span class="letters">
        ${row.map(
          (letter, i) =>
            html`<span
              class="letter ${i === lit ? 'lit' : ''}"
              @pointerenter=${point ? () => this.point(i) : nothing}
              >${letter}</span
            >`,
        )}
      </span>
    `;
    return html`<div class="rows" aria-hidden="true">
      ${row('Plain', letters, from)}
      ${row('Ciphered', [...encode(letters.join(''), this.state)], at, true)}
    </div>`;
  }

  /** What one does it by: two alphabets, or the message in its rows. */
  private renderKeyTable(letters: readonly string[], at: number) {
    const [from] = cipherSources(letters.length, this.state)[at];
    const under = substitutionAlphabet(this.state);
    const cell = (letter: string, isLit: boolean) =>
      html`<span class=${isLit ? 'lit' : ''}>${letter}</span>`;
    if (!under) {
      const { columns } = this.state;
      return html`<div
        class="written"
        ${styled({ 'grid-template-columns': `repeat(${columns}, 1.75rem)` })}
        aria-hidden="true"
      >
        ${letters.map((letter, i) => cell(letter, i === from))}
      </div>`;
    }
    const place = ALPHABET.indexOf(letters[from].toLowerCase());
    return html`<div class="alphabets" aria-hidden="true">
      ${[ALPHABET, under].map((letterRow) => [...letterRow].map((letter, i) => cell(letter, i === place)))}
    </div>`;
  }

  private take(some: Partial<LessonState>) {
    this.attempt(() => this.lesson.set(some, 'drag'));
  }

  private takeKeyword(keyword: string) {
    this.take({ keyword });
    this.wrong = this.error ? keyword : null;
  }

  private point(detail: number) {
    this.dispatchEvent(new CustomEvent('letter-point', { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cipher-desk': CipherDesk;
  }
}
