import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { claimsOf } from '../../../lessons/claims';
import { pairOf } from '../../../lessons/pair';
import { questions } from '../../../lessons/predict';
import { withScore } from '../../../lessons/scores';
import { printedFractions, softmax, temperatureFor } from '../../../lessons/similarity';
import { chartStyles } from '../chart.css';
import { digits, plainDigits, texDigits, texPlain } from '../digits';
import { LessonSection } from '../lesson-section';
import { drawTemperatures } from '../softmax/temperature-chart';
import '../claim-table';
import '../predict-first';
import '../setting-slider';
import '../share-table';
import '../tex-formula';

const question = questions.find(({ id }) => id === 'fractions')!;

/** What the deck prints for the word that asks. */
const PRINTED_SHARE = 0.58;
const RANGE = [-1.5, 2] as const;

type Denominator = 'printed' | 'correct';

@customElement('lesson-softmax')
export class LessonSoftmax extends LessonSection {
  static override styles = [
    ...LessonSection.styles,
    chartStyles,
    css`
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-5);
        align-items: center;
      }

      legend {
        float: left;
        margin-right: var(--space-4);
      }

      fieldset label {
        display: inline-flex;
        gap: var(--space-2);
        align-items: center;
        min-height: 1.75rem;
        cursor: pointer;
      }

      .beside > div {
        display: grid;
        gap: var(--space-4);
      }
    `,
  ];

  @state() private denominator: Denominator = 'printed';
  /** Which share is pointed at. */
  @state() private share: number | null = null;

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
        <div class="claims">
          ${claimsOf(13).map(
            (claim) => html`<claim-table .claim=${claim} .lessonState=${state}></claim-table>`,
          )}
        </div>
      </predict-first>
    `;
  }

  private get pair() {
    const { names, scores, places } = pairOf(this.state);
    const alone = places[0] === places[1];
    const { temperature } = this.state;
    const own = alone ? scores.slice(0, 1) : scores;
    return { names, places, scores: own, temperature, shares: softmax(own, { temperature }) };
  }

  private renderFractions() {
    const { names, places, scores, temperature, shares } = this.pair;
    const isPrinted = this.denominator === 'printed';
    // The deck knows no temperature.
    const printed = printedFractions(scores);
    const heat = isPrinted ? 1 : temperature;
    const powers = scores.map((score) => Math.exp(score / heat));
    const now = isPrinted ? printed.shares : shares;
    const sum = now.reduce((a, b) => a + b, 0);
    const isOne = Math.abs(sum - 1) < 1e-9;
    return html`
      <figure>
        ${this.renderSwitch()}
        <div class="controls">
          ${this.formulas(powers, now).map((tex) => html`<tex-formula .tex=${tex}></tex-formula>`)}
        </div>
        <share-table
          id="fractions"
          name="Scores, exponentials, shares"
          powers=${heat === 1 ? 'eˢ' : 'eˢ⁄ᵀ'}
          .rows=${scores.map((score, i) => ({ name: names[i], score, power: powers[i], share: now[i] }))}
          .sums=${{ power: digits(powers.reduce((a, b) => a + b, 0)), share: digits(sum) }}
          .range=${RANGE}
          .lit=${this.share}
          @score-slide=${({ detail }: CustomEvent<{ place: number; value: number }>) =>
            this.attempt(() =>
              this.lesson.drag(withScore(this.state, places[detail.place], detail.value)),
            )}
          @settle=${() => this.lesson.drop()}
          @row-point=${({ detail }: CustomEvent<number | null>) => (this.share = detail)}
        ></share-table>
        <p>
          <span id="sums-to-1" class="lamp ${isOne ? 'on' : 'off'}"
            >${isOne ? 'sums to 1' : `sums to ${digits(sum)}, not to 1`}</span
          >
        </p>
        <figcaption>
          ${this.sayShare(now, powers, isPrinted ? printed.denominator : undefined)}
        </figcaption>
        ${this.renderTrouble()}
      </figure>
    `;
  }

  private renderSwitch() {
    const choice = (value: Denominator, words: string) => html`
      <label
        ><input
          type="radio"
          name="denominator"
          value=${value}
          .checked=${this.denominator === value}
          @change=${() => (this.denominator = value)}
        />${words}</label
      >
    `;
    return html`<fieldset>
      <legend>Divided by</legend>
      ${choice('printed', 'e to the sum, as printed')}
      ${choice('correct', 'the sum of the exponentials')}
    </fieldset>`;
  }

  private formulas(powers: readonly number[], shares: readonly number[]): string[] {
    const { scores, temperature } = this.pair;
    const isPrinted = this.denominator === 'printed';
    const exponents = scores.map((score) =>
      isPrinted || temperature === 1
        ? texPlain(score)
        : `${texPlain(score)}/${texPlain(temperature)}`,
    );
    const below = isPrinted
      ? `e^{${exponents.join(' + ')}}`
      : exponents.map((exponent) => `e^{${exponent}}`).join(' + ');
    const sum = isPrinted
      ? printedFractions(scores).denominator
      : powers.reduce((a, b) => a + b, 0);
    return scores.map(
      (_, i) =>
        String.raw`\frac{e^{${exponents[i]}}}{${below}} = \frac{${texDigits(powers[i])}}{${texDigits(sum)}} = \htmlClass{weight}{${texDigits(shares[i])}}`,
    );
  }

  private sayShare(
    shares: readonly number[],
    powers: readonly number[],
    denominator: number | undefined,
  ): string {
    const { names } = this.pair;
    const index = this.share ?? 0;
    const below = denominator ?? powers.reduce((a, b) => a + b, 0);
    const sum = shares.reduce((a, b) => a + b, 0);
    const told = `${names[index]}: ${digits(powers[index])} / ${digits(below)} = ${digits(shares[index])}.`;
    const all = shares.map((share, i) => `${digits(share)} for ${names[i]}`).join(' and ');
    return denominator === undefined
      ? `${told} ${all}: together ${digits(sum)}.`
      : `${told} As the deck writes it, ${all}: together ${digits(sum)}.`;
  }

  private renderTemperature() {
    const { names, scores, temperature, shares } = this.pair;
    const lead = scores[0] - (scores[1] ?? scores[0]);
    const needed = lead > 0 ? temperatureFor(lead, PRINTED_SHARE) : undefined;
    const slide = ({ detail }: CustomEvent<number>) =>
      this.attempt(() => this.lesson.set({ temperature: detail }, 'drag'));
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
          <setting-slider
            id="temperature"
            label="Temperature"
            .value=${temperature}
            least="0.1"
            most="10"
            step="0.05"
            logarithmic
            @slide=${slide}
            @settle=${() => this.lesson.drop()}
          ></setting-slider>
          ${
            needed === undefined
              ? nothing
              : html`<button
                  type="button"
                  id="needed"
                  @click=${() => this.attempt(() => this.lesson.set({ temperature: needed }))}
                >
                  Where is ${plainDigits(PRINTED_SHARE)}?
                </button>`
          }
        </div>
        ${drawTemperatures({ scores, names, temperature, needed, share: PRINTED_SHARE, labelledBy: 'heat' })}
        <figcaption id="heat">
          At temperature ${plainDigits(temperature)} ${names[0]} has
          ${digits(shares[0])}${shares.length > 1 ? ` and ${names[1]} ${digits(shares[1])}` : ''}.
          ${
            needed === undefined
              ? `No temperature gives ${names[0]} more than its half of the weight.`
              : `The deck’s 0.58 and 0.42 would need temperature ${digits(needed)}.`
          }
        </figcaption>
      </figure>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-softmax': LessonSoftmax;
  }
}
