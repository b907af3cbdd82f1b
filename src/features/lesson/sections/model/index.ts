import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { memoizeLast } from '../../../../ui/memoize-last';
import { wordsOf } from '../../model/sentence';
import { START } from '../../model/seq2seq/forward';
import { withSentence } from '../../model/state';
import { button, checkbox, textField } from '../../parts/fields';
import { LessonSection, type Section } from '../../parts/section';
import './model-diagram';
import { createModelTask, type ModelRequest } from './model-run';
import { renderShuffle, describeShuffle } from './shuffle';
import './tensor-view';
import { text, whole, WORDS_ALLOWED, yesNo } from '../../model/link-fields';

const modelStyles = css`
  .opened {
    display: grid;
    gap: var(--space-5) var(--space-6);
    align-items: start;
  }

  .opened > * {
    min-width: 0;
  }

  @media (min-width: 60rem) {
    .opened {
      grid-template-columns: max-content minmax(0, 1fr);
    }

    .opened tensor-view {
      position: sticky;
      top: var(--space-5);
    }
  }

  .controls .check {
    min-height: 2.25rem;
  }

  .term.residual {
    text-decoration-style: dashed;
  }

  [aria-busy='true'] {
    opacity: 0.6;
  }

  svg.shuffle {
    max-width: 32rem;
  }
`;

const requestOf = memoizeLast(
  (
    sentence: string,
    target: string,
    shuffle: number,
    positions: boolean,
    seed: number,
  ): ModelRequest => ({
    source: wordsOf(sentence),
    target: wordsOf(target),
    shuffle,
    positions,
    seed,
  }),
);

const decoderInput = memoizeLast((target: readonly string[]) => [START, ...target]);

@customElement('lesson-model')
export class LessonModel extends LessonSection {
  static override styles = [...LessonSection.styles, modelStyles];

  /** Id of the block whose tensors are shown. */
  @state() private block = 'decoder.cross';
  private request!: ModelRequest;
  private readonly task = createModelTask(this, () => this.lesson.kernels);

  override willUpdate() {
    const { sentence, target, shuffle, positions, seed } = this.state;
    this.request = requestOf(sentence, target, shuffle, positions, seed);
    if (this.viewport.hasBeenInView) this.task.run(this.request);
  }

  override render() {
    return html`
      ${this.renderProse()}
      <figure aria-labelledby="pass-caption">
        ${this.renderControls()}
        <div class="opened" aria-busy=${!this.task.isCurrent}>
          ${this.renderDiagram()} ${this.renderTensors()}
        </div>
        <figcaption id="pass-caption">
          ${this.task.value?.weights.note ?? ''} One layer each, two heads of 8 values; the words’
          vectors are drawn from the same seed.
        </figcaption>
        ${this.computedBy(this.task.value?.answer ?? null, this.task.message)}
      </figure>
      ${this.renderShuffle()}
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

  private renderDiagram() {
    const result = this.task.value;
    const { positions } = this.state;
    const { source, target } = this.request;
    return html`
      <model-diagram
        .opened=${this.block}
        .positions=${positions}
        .source=${result?.shuffled ?? source}
        .target=${decoderInput(target)}
        .highlighted=${this.hovered}
        @block-open=${({ detail }: CustomEvent<string>) => (this.block = detail)}
      ></model-diagram>
    `;
  }

  private renderTensors() {
    const result = this.task.value;
    return result
      ? html`<tensor-view
          .pass=${result.pass}
          .weights=${result.weights}
          .block=${this.block}
        ></tensor-view>`
      : html`<p class="soft">The numbers are being computed.</p>`;
  }

  private renderShuffle() {
    const { positions, shuffle } = this.state;
    const result = this.task.value;
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
        ${result ? renderShuffle(result.moved, result.shuffled) : nothing}
        <figcaption id="shuffle-caption">${result ? describeShuffle(result) : nothing}</figcaption>
      </figure>
    `;
  }
}

export const modelSection: Section = {
  id: 'model',
  title: 'Inside encoder and decoder',
  render: (lesson) => html`<lesson-model .lesson=${lesson}></lesson-model>`,
  fields: [
    yesNo('positions', 'positions'),
    whole('shuffle', 'shuffle', 0, 2 ** 32 - 1),
    text('target', 'target', wordsOf, WORDS_ALLOWED),
  ],
};
