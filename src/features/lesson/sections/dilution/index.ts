import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatFixed } from '../../../../numeric/format';
import { dilutionOf, pairOf, dilutedPair, hiddenFrom, scoresOf } from '../../model/scores';
import { chartStyles } from '../../parts/chart';
import '../../parts/claim-table';
import '../../parts/predict-first';
import { LessonSection, type Section } from '../../parts/section';
import { renderBenchmarkLinks } from './benchmark-link';
import {
  renderDilutionChart,
  MIN_CHART_WORDS,
  MAX_CHART_WORDS,
  describeDilution,
} from './dilution-chart';
import { renderMaskTable } from './mask-table';
import { renderSizeTable, DilutionRuns } from './runs';
import { softmax } from '../../model/attention';
import { type Claim, sentenceNames } from '../../model/claims';
import { type Question } from '../../model/questions';
import { wordsOf } from '../../model/sentence';
import { positions, whole } from '../../model/link-fields';
import { MAX_DILUTION_WORDS } from '../../model/dilution';

const weightClaims: readonly Claim[] = [
  {
    row: 14,
    id: 'six-words',
    title: 'Zeros count: over the six words',
    names: sentenceNames,
    printed: [0, 0.58, 0, 0, 0, 0.42],
    computed: (state) =>
      softmax(scoresOf(state), { temperature: state.temperature, hidden: hiddenFrom(state) }),
    note: 'e⁰ is 1, not 0. A word has no weight only where its score is −∞: hide it with the mask.',
  },
  {
    row: 14,
    id: 'eight-columns',
    title: 'Zeros count: over all columns',
    names: ({ table }) => table.names,
    printed: [0, 0.58, 0, 0, 0, 0.42, 0, 0],
    computed: (state) =>
      softmax(state.table.values[state.query], { temperature: state.temperature }),
    note: 'Words that stand in no sentence take their shares too.',
  },
];

const shareClaim: Claim = {
  row: 14,
  id: 'dilution',
  title: 'Weight that the two words hold among n',
  names: () => ['share'],
  printed: [1],
  computed: (state) => [dilutedPair(state)],
  note: 'The deck ignores zeros, so that the two hold all of it. It falls as 1/n.',
};

const question: Question = {
  id: 'dilution',
  row: 14,
  ask: (state) => {
    const [a, b] = pairOf(state).names;
    const words = wordsOf(state.sentence).length;
    const percent = Math.round(100 * dilutedPair(state, words));
    return `${a} and ${b} hold ${percent} % of the weight among ${words} words. What share do they hold among 1,024?`;
  },
  answer: (state) => ({
    kind: 'number',
    value: dilutedPair(state, 1024),
    min: 0,
    max: 1,
    within: { factor: 2 },
  }),
};

/** Computed beside the chosen number of words. */
const SIZES = [6, 64, 1024, 16_384];

@customElement('lesson-dilution')
export class LessonDilution extends LessonSection {
  static override styles = [
    ...LessonSection.styles,
    chartStyles,
    css`
      td,
      th {
        padding: var(--space-1) var(--space-4) var(--space-1) 0;
        font-weight: 400;
        text-align: right;
      }

      tr.current {
        background: color-mix(in oklab, var(--output) 12%, transparent);
      }
    `,
  ];

  @state() private hoveredShare: number | null = null;
  /** Whether the reader has seen the answer: it is not computed before. */
  @state() private isRevealed = false;
  private readonly runs = new DilutionRuns(this, () => this.lesson.kernels);

  override render() {
    const { state } = this;
    return html`
      <div class="prose">
        <p>
          The deck leaves out words that score 0, as if they were not there. But e<sup>0</sup> is 1,
          not 0: under the softmax a word that has nothing to do with the
          ${this.term('query', 'query')} still takes its share of the
          ${this.term('weight', 'weight')}. Only a score of −∞ gives a weight of exactly 0. That is
          what a <strong>mask</strong> does: it writes −∞ over the scores of words that must not be
          seen.
        </p>
        <p>
          Take words away from ${pairOf(state).names[0]} and see who gets their shares. How many
          must go before the deck is right?
        </p>
      </div>
      ${renderMaskTable({
        state,
        hoveredShare: this.hoveredShare,
        hovered: this.hovered,
        onMask: (mask) => this.patch(mask),
        onLiftCausal: () => this.patch({ causal: false }),
        onHover: (share) => (this.hoveredShare = share),
      })}
      ${this.renderError()}
      <div class="stack loose">
        ${weightClaims.map((claim) => html`<claim-table .claim=${claim} .lessonState=${state}></claim-table>`)}
      </div>
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
        @revealed=${() => (this.isRevealed = true)}
      >
        ${this.isRevealed ? this.renderDilution() : nothing}
      </predict-first>
    `;
  }

  private renderDilution() {
    const { state } = this;
    const { words, ...options } = dilutionOf(state);
    const names = [...new Set(pairOf(state).names)].join(' and ');
    const sizes = [words, ...SIZES.filter((size) => size !== words)];
    const possible = sizes.filter((size) => size >= options.kept.length + options.others.length);
    this.runs.request(options, possible);
    const { answers } = this.runs;
    const measured = [...answers].map(([size, { output }]) => [size, output[0]] as const);
    return html`
      <figure>
        <div class="controls">
          ${this.slider('Words, n', words, (wordCount) => ({ wordCount }), { id: 'words', min: Math.min(MIN_CHART_WORDS, words), max: Math.max(MAX_CHART_WORDS, words), step: 0.1, logarithmic: true, format: (value) => formatFixed(value, 0) })}
        </div>
        <div class="beside">
          ${renderDilutionChart({ words, options, measured, names, labelledBy: 'diluted' })}
          <div class="stack">
            ${renderSizeTable(
              possible.toSorted((a, b) => a - b),
              words,
              options,
              answers,
            )}
            ${this.computedBy(answers.get(words) ?? null, this.runs.message)}
          </div>
        </div>
        <figcaption id="diluted">${describeDilution(words, options, names)}</figcaption>
        <claim-table .claim=${shareClaim} .lessonState=${state} decimals="4"></claim-table>
      </figure>
      ${renderBenchmarkLinks(words)}
    `;
  }
}

export const dilutionSection: Section = {
  id: 'dilution',
  title: 'Zeros count',
  render: (lesson) => html`<lesson-dilution .lesson=${lesson}></lesson-dilution>`,
  claims: [...weightClaims, shareClaim],
  question,
  fields: [
    whole('words', 'wordCount', 3, MAX_DILUTION_WORDS),
    // As many columns as a table may have.
    positions(
      'company',
      'extraColumns',
      64,
      'columns of the table from 0, ascending, as in 6,7, or none',
    ),
  ],
};
