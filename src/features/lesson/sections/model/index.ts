import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { button, checkbox, textField } from '../../../../ui/controls/fields';
import { wordsOf } from '../../model/sentence';
import { START } from '../../model/seq2seq/forward';
import { withSentence } from '../../model/state';
import { LessonSection, type Section } from '../../parts/section';
import './model-diagram';
import { createModelTask, type ModelResult } from './model-run';
import { renderShuffle, describeShuffle } from './shuffle';
import './tensor-view';
import { text, whole, WORDS_ALLOWED, yesNo } from '../../model/link-fields';

const modelStyles = css`
  .opened {
    gap: var(--space-5) var(--space-6);
    align-items: start;
  }

  @media (min-width: 60rem) {
    .opened {
      grid-template-columns: max-content minmax(0, 1fr);
    }

    tensor-view {
      position: sticky;
      top: var(--space-5);
    }
  }

  .residual {
    text-decoration-style: dashed;
  }

  [aria-busy='true'] {
    opacity: 0.6;
  }
`;

@customElement('lesson-model')
export class LessonModel extends LessonSection {
  static override styles = modelStyles;

  /** Id of the block whose tensors are shown. */
  @state() private block = 'decoder.cross';
  private readonly task = createModelTask(this, () => this.lesson.kernels);

  override render() {
    const { sentence, target, shuffle, positions, seed } = this.state;
    const [source, given] = [wordsOf(sentence), wordsOf(target)];
    const request = { source, target: given, shuffle, positions, seed };
    if (this.viewport.hasBeenInView) this.task.run(request);
    const result = this.task.value;
    return html`
      ${this.renderProse()}
      <figure aria-labelledby="pass-caption">
        ${this.renderControls()}
        <div class="opened stack" aria-busy=${!this.task.isCurrent}>
          <model-diagram
            .opened=${this.block}
            .positions=${positions}
            .source=${(result?.shuffled ?? source).join(' ')}
            .target=${[START, ...given].join(' ')}
            .highlighted=${this.hovered}
            @block-open=${({ detail }: CustomEvent<string>) => (this.block = detail)}
          ></model-diagram>
          ${
            result
              ? html`<tensor-view
                  .pass=${result.pass}
                  .weights=${result.weights}
                  .block=${this.block}
                ></tensor-view>`
              : html`<p class="soft">The numbers are being computed.</p>`
          }
        </div>
        <figcaption id="pass-caption">
          ${result?.weights.note} One layer each, two heads of 8 values; the words’ vectors are
          drawn from the same seed.
        </figcaption>
        ${this.computedBy(result?.answer ?? null, this.task.message)}
      </figure>
      ${this.renderShuffle(result)}
    `;
  }

  private renderProse() {
    return html`
      <div class="prose">
        <p>
          Back to the machine of the first chapter. The deck has a picture of it here; its text
          never names queries, keys, values, masks, positions or residual paths. Here is all of it,
          small enough to open: one encoder layer, one decoder layer. Read it upwards.
        </p>
        <p>
          Attention comes in three places. In the encoder words attend to one another. In the
          decoder they do too, but not to what comes later. Between the two, the decoder’s
          ${this.term('query', 'queries')} meet the encoder’s ${this.term('key', 'keys')} and fetch
          its ${this.term('value', 'values')}. Around every block runs a
          ${this.term('residual', 'residual path')}, which keeps what was there: without it, each
          round of attention would pull the words together.
        </p>
      </div>
    `;
  }

  private renderControls() {
    const { sentence, target, seed } = this.state;
    return html`
      <div class="controls">
        ${textField('source', 'The encoder reads', sentence, (text) => {
          this.attempt(() => this.lesson.set(withSentence(this.state, text)));
          this.requestUpdate();
        })}
        ${textField('target', 'The decoder has been given', target, (text) => {
          this.patch({ target: text });
          this.requestUpdate();
        })}
        ${button(`Other weights (seed ${seed})`, () => this.patch({ seed: (seed + 1) % 2 ** 32 }), { id: 'seed' })}
      </div>
      ${this.renderError()}
    `;
  }

  private renderShuffle(result: ModelResult | null) {
    const { positions, shuffle } = this.state;
    return html`
      <div class="prose">
        <h4>Does the order count?</h4>
        <p>
          Attention is a sum over words, and a sum has no order. Shuffle what the encoder reads:
          unless each word is told where it stands, every word comes out as before, and the decoder
          cannot tell the difference.
        </p>
      </div>
      <figure>
        <div class="controls">
          ${checkbox('Add positions', positions, () => this.patch({ positions: !positions }), 'positions')}
          ${button('Shuffle the words', () => this.patch({ shuffle: (shuffle + 1) % 2 ** 32 }), { id: 'shuffle' })}
          ${button('Their own order', () => this.patch({ shuffle: 0 }), { id: 'unshuffle', disabled: shuffle === 0 })}
        </div>
        ${result ? renderShuffle(result.moved) : nothing}
        <figcaption id="shuffle-caption">${result ? describeShuffle(result) : nothing}</figcaption>
      </figure>
    `;
  }
}

export const modelSection: Section = {
  id: 'model',
  title: 'Inside encoder and decoder',
  fields: [
    yesNo('positions', 'positions'),
    whole('shuffle', 'shuffle', 0, 2 ** 32 - 1),
    text('target', 'target', wordsOf, WORDS_ALLOWED),
  ],
};
