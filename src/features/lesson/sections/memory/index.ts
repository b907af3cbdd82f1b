import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatDecimal } from '../../../../numeric/format';
import { WidthController } from '../../../../ui/interaction/redraw';
import { fixedStateLimits, SHARPNESS, VALUE_SIZE, recallByDistance } from './fixed-state';
import type { Question } from '../../model/questions';
import { LessonSection, type Section } from '../../parts/section';
import { describeRecall, wordsInOrder } from './captions';
import { renderRecallChart } from './picture';
import { RecallRun, RECALL_TRIALS } from './recall-run';
import { number, whole } from '../../model/link-fields';

/** Takes the answer from a curve that is complete; otherwise it is a second's work for the largest memory. */
const questionOf = (run?: RecallRun): Question => ({
  id: 'forget',
  row: 4,
  ask: ({ stateSize, distance }) =>
    `A memory of fixed size, with keys of ${stateSize} values, has taken in ${distance} more ${distance === 1 ? 'pair' : 'pairs'}. In what share of tries does it still give back the first?`,
  answer: (state) => {
    const { stateSize, distance, decay, seed } = state;
    const options = { stateSize, distances: [distance], decay, seed, trials: RECALL_TRIALS };
    let right: number | undefined;
    return {
      kind: 'number',
      // Computed on demand.
      get value() {
        return (right ??= (run?.completed(state) ?? recallByDistance(options)[0]).state.right);
      },
      max: 1,
      within: { difference: 0.15 },
    };
  },
});

/** Row 4: a memory of fixed size forgets with distance; a direct link does not. */
@customElement('lesson-memory')
export class LessonMemory extends LessonSection {
  @state() private isTableOpen = false;
  private readonly width = new WidthController(this);
  private readonly run = new RecallRun(() => this.requestUpdate());
  private readonly question = questionOf(this.run);

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.run.stop();
  }

  override willUpdate() {
    if (this.viewport.hasBeenInView) this.run.update(this.state);
  }

  override render() {
    return html`
      <div class="prose">
        <p>
          Before neural networks, translation was statistics over words and phrases: what lay
          farther apart than a phrase was easily lost. Then came recurrent networks. An encoder
          reads word after word into one context vector of fixed size, and a decoder writes from
          that vector alone.
        </p>
        <p>
          The deck holds lost long-term dependencies against the old methods. The new one loses them
          too, which is the reason for all that follows, and it can be computed. Here a
          ${this.term('state', 'memory of fixed size')} takes in pairs of a key and a value, one for
          each word, and is then asked for the first. Beside it a
          ${this.term('weight', 'direct link')} keeps every pair and looks the key up: attention.
        </p>
      </div>
      ${this.renderFormulas()}
      <predict-first .question=${this.question} .lessonState=${this.state}>
        ${this.viewport.hasBeenInView ? this.renderFigure() : nothing}
      </predict-first>
      <div class="prose">
        <p>
          Whatever is written later lands on top of what was there. About as many keys can be told
          apart as each has values; a larger memory forgets later, and still forgets. Trained
          networks with gates do better than this bare one, but their size is fixed all the same.
        </p>
        <p>
          “Advanced version: Transformer”, says the deck. It is no larger memory but another
          bargain: keep everything, and pay with a look at everything for every word. That price is
          what this site’s benchmark measures. First, though, words have to become numbers.
        </p>
      </div>
    `;
  }

  private renderFormulas() {
    const { decay, stateSize } = this.state;
    const factor = decay === 1 ? '' : `${formatDecimal(decay)}\\,`;
    const key = String.raw`\htmlClass{key}{k}`;
    const value = String.raw`\htmlClass{value}{v}`;
    const query = String.raw`\htmlClass{query}{k}_1`;
    const formulas = [
      String.raw`S \leftarrow ${factor}S + ${value}_i\,${key}_i^{\top}, \quad S \in \mathbb{R}^{${VALUE_SIZE}\times${stateSize}}`,
      String.raw`\text{fixed size: } S\,${query}`,
      String.raw`\text{direct link: } \textstyle\sum_i \operatorname{softmax}_i(${SHARPNESS}\,${query}\cdot${key}_i)\,${value}_i`,
    ];
    return html`<div>
      ${formulas.map((tex) => html`<tex-formula .tex=${tex} highlighted=${this.hovered}></tex-formula>`)}
    </div>`;
  }

  private renderFigure() {
    const { state, run } = this;
    const { curve } = run;
    const recall = run.at(state.distance);
    return html`
      <figure>
        <div class="controls">
          ${this.slider('Values in a key: the state’s size', state.stateSize, (stateSize) => ({ stateSize }), { min: 1, max: fixedStateLimits.stateSize, step: 0.05, logarithmic: true })}
          ${this.slider('Kept of the state at each word', state.decay, (decay) => ({ decay }), { min: 0.5, max: 1, step: 0.005 })}
        </div>
        ${renderRecallChart({
          width: this.width.value,
          curve,
          distance: state.distance,
          names: wordsInOrder(state),
          hovered: this.hovered,
          move: (distance) => this.patch({ distance }, 'drag'),
          settle: () => this.lesson.endDrag(),
        })}
        <figcaption id="recall-caption">
          ${recall ? describeRecall(state, recall, curve) : nothing}
        </figcaption>
        <p class="soft small">
          Keys and values are random directions from seed ${state.seed}, not those of the words:
          made up, and the same for both ways. Bars are standard errors over the tries.
        </p>
        ${this.renderTable()}
      </figure>
    `;
  }

  private renderTable() {
    const { curve } = this.run;
    return html`
      <details
        @toggle=${(event: Event) => (this.isTableOpen = (event.target as HTMLDetailsElement).open)}
      >
        <summary>As a table</summary>
        ${
          this.isTableOpen
            ? html`<number-table
                name="Recall by distance"
                corner="words in between"
                .rowNames=${curve.map(({ distance }) => String(distance))}
                .columnNames=${['fixed size', '± error', 'cosine', 'direct link', '± error', 'cosine']}
                .values=${curve.map(({ state, attention }) =>
                  [state, attention].flatMap(({ right, rightError, cosine }) => [
                    right,
                    rightError,
                    cosine,
                  ]),
                )}
              ></number-table>`
            : nothing
        }
      </details>
    `;
  }
}

export const memorySection: Section = {
  id: 'memory',
  title: 'The memory that forgets',
  question: questionOf(),
  fields: [
    whole('state-size', 'stateSize', 1, fixedStateLimits.stateSize),
    whole('distance', 'distance', 0, fixedStateLimits.distance),
    number('decay', 'decay', 0.01, 1),
  ],
};
