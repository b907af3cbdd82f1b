import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  alignmentMatrix,
  encode,
  substitutionSources,
  translation,
  transpositionSources,
} from '../../../lessons/cipher';
import type { Matrix } from '../../../lessons/matrix';
import { LessonSection } from '../lesson-section';
import {
  lettersOf,
  MATRIX_LETTERS,
  shapeOf,
  tellCrossed,
  tellShared,
  tellSources,
} from '../cipher/words';
import '../cipher/alignment-matrix';
import '../cipher/cipher-desk';
import '../number-table';

/** An alignment to be drawn: what was written, what it was written from. */
interface Alignment {
  readonly title: string;
  readonly matrix: Matrix;
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
}

/** Row 2: translation as deciphering, and what of that holds. */
@customElement('lesson-cipher')
export class LessonCipher extends LessonSection {
  static override styles = [
    ...LessonSection.styles,
    css`
      blockquote {
        margin: 0;
        padding-left: var(--space-4);
        border-left: 2px solid var(--accent);
        font-size: var(--text-large);
        text-wrap: pretty;
      }

      .alignments {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(16rem, 100%), 1fr));
        gap: var(--space-5);
        align-items: end;
      }

      .alignments > div {
        display: grid;
        gap: var(--space-3);
      }

      .carries {
        display: grid;
        gap: var(--space-3);
        max-width: 48rem;
        margin: 0;
        padding: 0;
        list-style: none;
      }

      .carries li {
        display: grid;
        grid-template-columns: minmax(0, 13rem) minmax(0, 1fr);
        gap: var(--space-1) var(--space-4);
        font-size: var(--text);
      }

      .carries .lamp {
        align-self: start;
      }

      @media (max-width: 40rem) {
        .carries li {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  /** The place that is looked at: in the ciphered text, and in the translation. */
  @state() private letter = 0;
  @state() private word = 3;
  @state() private isOpen = false;

  override render() {
    return html`
      <div class="prose">
        <p>
          On 4 March 1947 the mathematician Warren Weaver wrote to Norbert Wiener that translation
          might be a problem in cryptography:
        </p>
        <blockquote>
          “When I look at an article in Russian, I say: ‘This is really written in English, but it
          has been coded in some strange symbols. I will now proceed to decode.’”
        </blockquote>
        <p>
          Somebody encodes, somebody decodes. To see how much of that is translation, use a cipher
          by hand. Change the plain text, and the ciphered one follows; change the ciphered one, and
          it is decoded.
        </p>
      </div>
      <cipher-desk
        .lesson=${this.lesson}
        at=${this.letter}
        @letter-point=${(event: CustomEvent<number>) => (this.letter = event.detail)}
      ></cipher-desk>
      <div class="prose">
        <p>
          Whoever decodes has to know where to look. Give each thing that is written a
          ${this.handle('output', 'row')}, each thing that is read a column, and
          ${this.handle('weight', 'mark')} where the one comes from the other: an alignment matrix.
          With a key, the matrix is known beforehand. A translator has no such key, and must find
          the marks anew in every sentence. Later on, attention fills in this very matrix, with
          shares in place of marks.
        </p>
      </div>
      ${this.renderAlignments()} ${this.renderCarries()}
    `;
  }

  private alignments(): Alignment[] {
    const { message, columns, ...key } = this.state;
    const inputs = lettersOf(message, MATRIX_LETTERS);
    const ciphered = (cipher: 'shift' | 'keyword' | 'columns') => [
      ...encode(inputs.join(''), { ...key, columns, cipher }),
    ];
    const { source, target, sources } = translation;
    const count = inputs.length;
    const words = {
      title: 'A translation',
      matrix: alignmentMatrix(sources, source.length),
      outputs: target,
      inputs: source,
    };
    if (count === 0) return [words];
    return [
      {
        title: 'Letters swapped',
        matrix: alignmentMatrix(substitutionSources(count), count),
        outputs: ciphered(key.cipher === 'keyword' ? 'keyword' : 'shift'),
        inputs,
      },
      {
        title: 'Letters moved',
        matrix: alignmentMatrix(transpositionSources(count, columns), count),
        outputs: ciphered('columns'),
        inputs,
      },
      words,
    ];
  }

  private renderAlignments() {
    const alignments = this.alignments();
    const words = alignments[alignments.length - 1];
    const isCut = [...this.state.message].length > MATRIX_LETTERS;
    return html`
      <figure>
        <div class="alignments">
          ${alignments.map((one) => this.renderAlignment(one, one === words))}
        </div>
        <figcaption>
          ${alignments.map((one) => `${one.title}: ${shapeOf(one.matrix)}. `)} In the translation
          ${[...tellShared(words.matrix, words.outputs, words.inputs), ...tellCrossed(words.matrix, words.outputs)].join(', ')}:
          no key could have told. Pointed at:
          ${tellSources(words.matrix, words.outputs, words.inputs, this.word)}.
          ${isCut ? `Of the message, the first ${MATRIX_LETTERS} characters.` : nothing}
        </figcaption>
        <p class="made-up">The translation was aligned here by hand; no model computed it.</p>
        <details
          @toggle=${(event: Event) => (this.isOpen = (event.target as HTMLDetailsElement).open)}
        >
          <summary>As tables</summary>
          ${
            this.isOpen
              ? alignments.map(
                  ({ title, matrix, outputs, inputs }) =>
                    html`<number-table
                      name=${title}
                      corner="from"
                      places="0"
                      shading="share"
                      concept="weight"
                      .values=${matrix}
                      .rowNames=${outputs}
                      .columnNames=${inputs}
                    ></number-table>`,
                )
              : nothing
          }
        </details>
      </figure>
    `;
  }

  private renderAlignment({ title, matrix, outputs, inputs }: Alignment, isWords: boolean) {
    const point = ({ detail }: CustomEvent<number>) => {
      if (isWords) this.word = detail;
      else this.letter = detail;
    };
    return html`
      <div>
        <h4>${title}: ${shapeOf(matrix)}</h4>
        <alignment-matrix
          label="${title}: what each comes from"
          .matrix=${matrix}
          .outputs=${outputs}
          .inputs=${inputs}
          .at=${isWords ? this.word : this.letter}
          .pointed=${this.pointed}
          @output-point=${point}
        ></alignment-matrix>
      </div>
    `;
  }

  private renderCarries() {
    return html`
      <h4>What the deck borrows from cryptography, and what carries over</h4>
      <ul class="carries">
        <li>
          <span class="lamp on">Encode, then decode</span>
          <span>
            Carries over. One part reads the source and turns it into numbers, another writes the
            target from them.
          </span>
        </li>
        <li>
          <span class="lamp off">Confidentiality</span>
          <span>
            Does not. An encoder’s numbers keep no secret; they are there for the decoder to read.
          </span>
        </li>
        <li>
          <span class="lamp off">Integrity</span>
          <span>
            Does not. Decoding gives the very text back; translating there and back seldom does, and
            nothing checks it.
          </span>
        </li>
        <li>
          <span class="lamp off">Authentication</span>
          <span>Does not. Nothing in a translation proves who wrote the original.</span>
        </li>
      </ul>
      <div class="prose">
        <p>
          Wiener answered that the boundaries of words in different languages were too vague for
          this. He was right that there is no key; Weaver was right that one can encode and decode.
        </p>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-cipher': LessonCipher;
  }
}
