import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatFixed, formatDecimal } from '../../../../numeric/format';
import { button, radio } from '../../../../ui/controls/fields';
import { logSumExp, printedFractions, softmax } from '../../model/attention';
import { withScore, pairOf } from '../../model/scores';
import { LessonSection, type Section } from '../../parts/section';
import {
  type Denominator,
  fractionsOf,
  describeFractions,
  describeTemperature,
  pairWithShares,
  PRINTED_SHARE,
  texFractions,
} from './fractions';
import { renderTemperatureChart } from './temperature-chart';
import { type Claim, pairNames } from '../../model/claims';
import { numberAnswer, type Question } from '../../model/questions';
import { choice } from '../../model/link-fields';

const claims: readonly Claim[] = [
  {
    row: 13,
    id: 'denominator',
    title: 'What the exponentials are divided by',
    names: () => ['denominator'],
    printed: [Math.exp(1 + 0.75)],
    computed: (state) => [Math.exp(logSumExp(pairOf(state).scores))],
    note: 'The deck has the exponential of the sum, e^1.75; it is the sum of the exponentials, e¹ + e^.75.',
  },
  {
    row: 13,
    id: 'softmax',
    title: 'Exponentials, as shares',
    names: pairNames,
    printed: [0.58, 0.42],
    computed: (state) => softmax(pairOf(state).scores, { temperature: state.temperature }),
    note: 'At temperature 1 they are .562 and .438; .58 and .42 need temperature .775.',
  },
  {
    row: 13,
    id: 'fractions',
    title: 'The fractions as the deck writes them',
    names: (state) => [...pairNames(state), 'sum'],
    printed: [0.58, 0.42, 1],
    computed: (state) => {
      const { shares, sum } = printedFractions(pairOf(state).scores);
      return [...shares, sum];
    },
    note: 'Worked out as written they are .472 and .368, and do not sum to 1.',
  },
];

const question: Question = {
  id: 'fractions',
  row: 13,
  ask: (state) => {
    const [a, b] = pairOf(state).scores;
    return `The fractions as printed, e^${a} and e^${b} over e^(${a} + ${b}): what do they sum to?`;
  },
  answer: (state) =>
    numberAnswer(printedFractions(pairOf(state).scores).sum, { difference: 0.03 }, 1000),
};

const RANGE = [-1.5, 2] as const;

@customElement('lesson-softmax')
export class LessonSoftmax extends LessonSection {
  static override styles = css`
    legend {
      float: left;
    }
  `;

  @state() private hoveredShare: number | null = null;

  override render() {
    const { state } = this;
    return html`
      <div class="prose">
        <p>
          Take e to the power of each score. The result is never negative, whatever the score, and
          grows with it; divide by the sum of all the results, and there are shares. This is the
          <strong>softmax</strong>. Only differences between scores count now: add 5 to all of them
          and nothing changes.
        </p>
        <p>
          The deck prints this rule, with numbers. Read its fraction slowly before you believe it.
        </p>
      </div>
      <predict-first .question=${question} .lessonState=${state}>
        ${this.renderFractions()} ${this.renderTemperature()}
        <div class="claims auto-columns">
          ${claims.map((claim) => html`<claim-table .claim=${claim} .lessonState=${state}></claim-table>`)}
        </div>
      </predict-first>
    `;
  }

  private renderFractions() {
    const { names, positions, scores, temperature } = pairWithShares(this.state);
    const fractions = fractionsOf(scores, temperature, this.state.denominator);
    const { powers, shares, sum } = fractions;
    const isOne = Math.abs(sum - 1) < 1e-9;
    return html`
      <figure>
        ${this.renderSwitch()}
        <div class="controls">
          ${texFractions(fractions).map((tex) => html`<tex-formula .tex=${tex}></tex-formula>`)}
        </div>
        <share-table
          id="fractions"
          name="Scores, exponentials, shares"
          powers=${fractions.temperature === 1 ? 'eˢ' : 'eˢ⁄ᵀ'}
          .rows=${scores.map((score, i) => ({ name: names[i], score, power: powers[i], share: shares[i] }))}
          .sums=${{ power: formatFixed(powers.reduce((a, b) => a + b, 0)), share: formatFixed(sum) }}
          .range=${RANGE}
          .highlighted=${this.hoveredShare}
          @score-slide=${({ detail }: HTMLElementEventMap['score-slide']) =>
            this.attempt(() =>
              this.lesson.drag(withScore(this.state, positions[detail.position], detail.value)),
            )}
          @score-settle=${() => this.lesson.endDrag()}
          @row-point=${({ detail }: CustomEvent<number | null>) => (this.hoveredShare = detail)}
        ></share-table>
        <p>
          <span id="sums-to-1" class="badge ${isOne ? 'on' : 'off'}"
            >${isOne ? 'sums to 1' : `sums to ${formatFixed(sum)}, not to 1`}</span
          >
        </p>
        <figcaption>${describeFractions(fractions, names, this.hoveredShare ?? 0)}</figcaption>
        ${this.renderError()}
      </figure>
    `;
  }

  private renderSwitch() {
    const choice = (value: Denominator, label: string) =>
      radio(
        'denominator',
        label,
        this.state.denominator === value,
        () => this.patch({ denominator: value }),
        value,
      );
    return html`<fieldset class="row">
      <legend>Divided by</legend>
      ${choice('printed', 'e to the sum, as printed')}
      ${choice('correct', 'the sum of the exponentials')}
    </fieldset>`;
  }

  private renderTemperature() {
    const pair = pairWithShares(this.state);
    const { temperature, needed } = pair;
    return html`
      <div class="prose">
        <p>
          Divide the scores by a number before they are raised, and you have a dial, called the
          <strong>temperature</strong>. Near 0 the largest score takes everything; when it is high
          all become alike. It goes with you from here: the sections that follow use it too.
        </p>
      </div>
      <figure>
        <div class="controls">
          ${this.slider('Temperature', temperature, (temperature) => ({ temperature }), { id: 'temperature', min: 0.1, max: 10, step: 0.05, logarithmic: true })}
          ${
            needed === undefined
              ? nothing
              : button(
                  `Where is ${formatDecimal(PRINTED_SHARE)}?`,
                  () => this.patch({ temperature: needed }),
                  { id: 'needed' },
                )
          }
        </div>
        ${renderTemperatureChart(pair)}
        <figcaption id="heat">${describeTemperature(pair)}</figcaption>
      </figure>
    `;
  }
}

export const softmaxSection: Section = {
  id: 'softmax',
  title: 'Shares, by exponentials',
  claims,
  question,
  fields: [
    choice('denominator', 'denominator', ['printed', 'correct'], { allowed: 'printed or correct' }),
  ],
};
