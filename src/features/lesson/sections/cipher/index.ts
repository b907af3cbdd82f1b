import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type AnalogyPoint, analogyList, analogyListStyles } from '../../parts/analogy-list';
import { LessonSection, type Section } from '../../parts/section';
import './alignment-matrix';
import {
  type Alignment,
  alignmentsOf,
  translationAlignment,
  MAX_MATRIX_LETTERS,
  alignmentShape,
  describeCrossings,
  describeSharedSources,
  describeSources,
} from './alignments';
import './cipher-desk';
import { choice, MAX_TEXT_LENGTH, text, whole } from '../../model/link-fields';
import { cipherKinds, keyedAlphabet, MAX_COLUMNS } from '../../model/cipher';

const ANALOGY: readonly AnalogyPoint[] = [
  {
    name: 'Encode, then decode',
    holds: true,
    why: 'One part reads the source and turns it into numbers, another writes the target from them.',
  },
  {
    name: 'Confidentiality',
    holds: false,
    why: 'An encoder’s numbers keep no secret; they are there for the decoder to read.',
  },
  {
    name: 'Integrity',
    holds: false,
    why: 'Decoding gives the very text back; translating there and back seldom does, and nothing checks it.',
  },
  {
    name: 'Authentication',
    holds: false,
    why: 'Nothing in a translation proves who wrote the original.',
  },
];

/** Row 2: translation as deciphering, and what of that holds. */
@customElement('lesson-cipher')
export class LessonCipher extends LessonSection {
  static override styles = [
    analogyListStyles,
    css`
      blockquote {
        margin: 0;
        padding-left: var(--space-4);
        border-left: 2px solid var(--accent);
        font-size: var(--text-large);
        text-wrap: pretty;
      }

      .alignments {
        --column: 16rem;

        align-items: end;
      }
    `,
  ];

  @state() private deskLetter = 0;
  /** The current outputs of the letter matrices and of the translation's. */
  @state() private matrixLetter = 0;
  @state() private matrixWord = 3;
  @state() private isTableOpen = false;

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
        position=${this.deskLetter}
        @letter-point=${(event: CustomEvent<number>) => (this.deskLetter = this.matrixLetter = event.detail)}
      ></cipher-desk>
      <div class="prose">
        <p>
          Whoever decodes has to know where to look. Give each thing that is written a
          ${this.term('output', 'row')}, each thing that is read a column, and
          ${this.term('weight', 'mark')} where the one comes from the other: an alignment matrix.
          With a key, the matrix is known beforehand. A translator has no such key, and must find
          the marks anew in every sentence. Later on, attention fills in this very matrix, with
          shares in place of marks.
        </p>
      </div>
      ${this.renderAlignments()}
      <h4>What the deck borrows from cryptography, and what carries over</h4>
      ${analogyList(ANALOGY)}
      <div class="prose">
        <p>
          Wiener answered that the boundaries of words in different languages were too vague for
          this. He was right that there is no key; Weaver was right that one can encode and decode.
        </p>
      </div>
    `;
  }

  private renderAlignments() {
    const alignments = alignmentsOf(this.state);
    const irregularities = [
      ...describeSharedSources(translationAlignment),
      ...describeCrossings(translationAlignment),
    ];
    const isCut = [...this.state.message].length > MAX_MATRIX_LETTERS;
    return html`
      <figure>
        <div class="alignments auto-columns">
          ${alignments.map((one) => this.renderAlignment(one))}
        </div>
        <figcaption>
          ${alignments.map((one) => `${one.title}: ${alignmentShape(one)}. `)} In the translation
          ${irregularities.join(', ')}: no key could have told. Pointed at:
          ${describeSources(translationAlignment, this.matrixWord)}.
          ${isCut ? `Of the message, the first ${MAX_MATRIX_LETTERS} characters, by themselves.` : nothing}
        </figcaption>
        <p class="soft small">The translation was aligned here by hand; no model computed it.</p>
        <details
          @toggle=${(event: Event) => (this.isTableOpen = (event.target as HTMLDetailsElement).open)}
        >
          <summary>As tables</summary>
          ${
            this.isTableOpen
              ? alignments.map(
                  ({ title, matrix, outputs, inputs }) =>
                    html`<number-table
                      name=${title}
                      corner="from"
                      decimals="0"
                      shading="share"
                      class="weight"
                      .values=${matrix}
                      .rowNames=${withVisibleSpaces(outputs)}
                      .columnNames=${withVisibleSpaces(inputs)}
                    ></number-table>`,
                )
              : nothing
          }
        </details>
      </figure>
    `;
  }

  private renderAlignment(alignment: Alignment) {
    const current = alignment === translationAlignment ? 'matrixWord' : 'matrixLetter';
    return html`
      <div class="stack">
        <h4>${alignment.title}: ${alignmentShape(alignment)}</h4>
        <alignment-matrix
          .alignment=${alignment}
          .current=${this[current]}
          .hovered=${this.hovered}
          @output-point=${({ detail }: CustomEvent<number>) => (this[current] = detail)}
        ></alignment-matrix>
      </div>
    `;
  }
}

/** A header must not be empty. */
const withVisibleSpaces = (letters: readonly string[]) =>
  letters.map((letter) => (letter === ' ' ? '␣' : letter));

export const cipherSection: Section = {
  id: 'cipher',
  title: 'Is translation deciphering?',
  fields: [
    text('message', 'message', String, `at most ${MAX_TEXT_LENGTH} characters`),
    choice('cipher', 'cipher', cipherKinds),
    whole('shift', 'shift', 0, 25),
    text('keyword', 'keyword', keyedAlphabet, 'a word with a letter from a to z'),
    whole('columns', 'columns', 1, MAX_COLUMNS),
  ],
};
