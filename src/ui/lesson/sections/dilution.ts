import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { claims } from '../../../lessons/claims';
import { diluted, leadNeeded } from '../../../lessons/dilution';
import { dilutionOf, pairOf } from '../../../lessons/pair';
import { questions } from '../../../lessons/predict';
import { chartStyles } from '../chart.css';
import { digits, percent, plainDigits } from '../digits';
import { allQueries, benchmarkLink, oneQuery } from '../dilution/benchmark-link';
import { drawDilution, FEWEST, MOST } from '../dilution/dilution-chart';
import { DilutionRuns } from '../dilution/runs';
import { renderMaskBoxes } from '../dilution/mask-boxes';
import { LessonSection } from '../lesson-section';
import '../claim-table';
import '../computed-by';
import '../predict-first';
import '../setting-slider';

const question = questions.find(({ id }) => id === 'dilution')!;
const [six, eight, held] = ['six-words', 'eight-columns', 'dilution'].map((id) =>
  claims.find((claim) => claim.id === id)!,
);

/** Beside the number that is chosen, computed at once: the deck's sentence, and some that are larger. */
const SIZES = [6, 64, 1024, 16_384];
/** Larger ones take a slow machine minutes, all against all. */
const MOST_ALL = 16_384;

@customElement('lesson-dilution')
export class LessonDilution extends LessonSection {
  static override styles = [
    ...LessonSection.styles,
    chartStyles,
    css`
      .numbers {
        display: grid;
        gap: var(--space-4);
        align-content: start;
      }

      td,
      th {
        padding: var(--space-1) var(--space-4) var(--space-1) 0;
        font-weight: 400;
        text-align: right;
      }

      th[scope='col'] {
        color: var(--ink-soft);
      }

      tr.now {
        background: color-mix(in oklab, var(--output) 12%, transparent);
      }
    `,
  ];

  /** Words of no sentence that are seen all the same: columns of the table beyond it. */
  @state() private company: readonly number[] = [];
  /** Which share is pointed at. */
  @state() private share: number | null = null;
  /** Whether the answer may be shown: computing it before would be for nobody. */
  @state() private isOpen = false;
  private readonly runs = new DilutionRuns(this, () => this.lesson.kernels);

  override render() {
    const { state } = this;
    return html`
      <div class="prose">
        <p>
          The deck leaves out words that score 0, as if they were not there. But e<sup>0</sup> is 1,
          not 0: under the softmax a word that has nothing to do with the
          ${this.handle('query', 'query')} still takes its share of the
          ${this.handle('weight', 'weight')}. Only a score of −∞ gives a weight of exactly 0. That
          is what a <strong>mask</strong> does: it writes −∞ over the scores of words that must not
          be seen.
        </p>
        <p>
          Take words away from ${pairOf(state).names[0]} and see who gets their shares. How many
          must go before the deck is right?
        </p>
      </div>
      ${renderMaskBoxes({
        state,
        company: this.company,
        share: this.share,
        onCompany: (company) => (this.company = company),
        onHidden: (hidden) => this.attempt(() => this.lesson.set({ hidden })),
        onCausal: () => this.attempt(() => this.lesson.set({ causal: false })),
        onShare: (share) => (this.share = share),
      })}
      ${this.renderTrouble()}
      ${[six, eight].map((claim) => html`<claim-table .claim=${claim} .lessonState=${state}></claim-table>`)}
      <div class="prose">
        <p>
          Six words are few. In a page of text nearly every word is nothing to
          ${pairOf(state).names[0]}, and each takes its little. So it goes on with more words, and
          here the table ends and the machine begins: what follows is computed by the same kernels
          as the benchmark.
        </p>
      </div>
      <predict-first
        .question=${question}
        .lessonState=${state}
        @revealed=${() => (this.isOpen = true)}
      >
        ${this.isOpen ? this.renderDilution() : nothing}
      </predict-first>
    `;
  }

  private renderDilution() {
    const { state } = this;
    const { words, ...options } = dilutionOf(state);
    const names = [...new Set(pairOf(state).names)].join(' and ');
    const sizes = [words, ...SIZES.filter((size) => size !== words)];
    const possible = sizes.filter((size) => size >= options.kept.length + options.others.length);
    this.runs.want(options, possible);
    const measured = [...this.runs.answers].map(([size, { output }]) => [size, output[0]] as const);
    const now = diluted(words, options);
    const lead = leadNeeded(words, 0.5, options);
    return html`
      <figure>
        <div class="controls">
          <setting-slider
            id="words"
            label="Words, n"
            .value=${words}
            .least=${Math.min(FEWEST, words)}
            .most=${Math.max(MOST, words)}
            step="0.1"
            logarithmic
            .format=${(value: number) => value.toLocaleString('en-US')}
            @slide=${({ detail }: CustomEvent<number>) => this.attempt(() => this.lesson.set({ words: detail }, 'drag'))}
            @settle=${() => this.lesson.drop()}
          ></setting-slider>
        </div>
        <div class="beside">
          ${drawDilution({ words, options, measured, names, labelledBy: 'diluted' })}
          <div class="numbers">
            ${this.renderNumbers(
              possible.toSorted((a, b) => a - b),
              words,
            )}
          </div>
        </div>
        <figcaption id="diluted">
          Among ${words.toLocaleString('en-US')} words ${names}
          ${options.kept.length === 1 ? 'holds' : 'hold'} ${percent(now)} of the weight
          (${digits(now, now < 0.01 ? 5 : 3)})${
            state.temperature === 1 ? nothing : ` at temperature ${plainDigits(state.temperature)}`
          }.
          ${
            lead > 0
              ? `To hold half of it their scores would have to be ${digits(lead, 2)} larger. That grows with the logarithm of n: models that read long texts learn larger products.`
              : `They hold half of it or more.`
          }
        </figcaption>
        <claim-table .claim=${held} .lessonState=${state} places="4"></claim-table>
      </figure>
      ${this.renderBridge(words)}
    `;
  }

  /** The formula beside the kernel, size by size. */
  private renderNumbers(sizes: readonly number[], words: number) {
    const { words: _, ...options } = dilutionOf(this.state);
    const { answers, trouble } = this.runs;
    return html`
      <table>
        <caption class="spoken">
          Share of the weight by number of words
        </caption>
        <thead>
          <tr>
            <th scope="col">n</th>
            <th scope="col">by formula</th>
            <th scope="col">by the kernel</th>
          </tr>
        </thead>
        <tbody>
          ${sizes.map((size) => {
            const answer = answers.get(size);
            return html`<tr class=${size === words ? 'now' : ''} data-words=${size}>
              <th scope="row" class="number">${size.toLocaleString('en-US')}</th>
              <td class="number">${digits(diluted(size, options), 7)}</td>
              <td class="number">${answer ? digits(answer.output[0], 7) : '…'}</td>
            </tr>`;
          })}
        </tbody>
      </table>
      <computed-by
        .answer=${answers.get(words) ?? null}
        .trouble=${trouble}
        .unavailable=${this.lesson.kernels.unavailable}
      ></computed-by>
    `;
  }

  private renderBridge(words: number) {
    const all = Math.min(words, MOST_ALL);
    return html`
      <div class="prose">
        <p>
          One word that asks over ${words.toLocaleString('en-US')} is
          ${words.toLocaleString('en-US')} scores. A model has every word ask, in many heads at
          once: among ${all.toLocaleString('en-US')} words that is
          ${(all * all).toLocaleString('en-US')} scores a head. How long does that take your
          machine?
        </p>
        <p>
          <a id="to-benchmark" href=${benchmarkLink(allQueries(all))}
            >Measure ${all.toLocaleString('en-US')} × ${all.toLocaleString('en-US')} in the
            benchmark</a
          >, or
          <a id="to-benchmark-one" href=${benchmarkLink(oneQuery(words))}
            >one query over ${words.toLocaleString('en-US')} keys</a
          >.
        </p>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-dilution': LessonDilution;
  }
}
