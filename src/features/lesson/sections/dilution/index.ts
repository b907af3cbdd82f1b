import { sum } from 'd3-array';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { customPreset } from '../../../../bench/presets';
import { defaultSettings, settingsCodec } from '../../../../bench/settings';
import { formatAddress } from '../../../../ui/address';
import { button } from '../../../../ui/controls/fields';
import '../../../../ui/controls/ui-data-table';
import type { DataColumn } from '../../../../ui/controls/ui-data-table';
import { formatFixed } from '../../../../numeric/format';
import { softmax } from '../../model/attention';
import { type Claim, sentenceNames } from '../../model/claims';
import { dilutedShare, MAX_DILUTION_WORDS } from '../../model/dilution';
import { positions, whole } from '../../model/link-fields';
import { numberAnswer, type Question } from '../../model/questions';
import { dilutionOf, pairOf, dilutedPair, hiddenFrom, scoresOf } from '../../model/scores';
import { toggled, wordsOf } from '../../model/sentence';
import { LessonSection, type Section } from '../../parts/section';
import { countAxis, describeDilution, renderDilutionChart } from './dilution-chart';
import { describeWeights, maskedWeights } from './masked-weights';
import { DilutionRuns } from './runs';

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
  answer: (state) => numberAnswer(dilutedPair(state, 1024), { factor: 2 }),
};

/** Computed beside the chosen number of words. */
const SIZES = [6, 64, 1024, 16_384];

@customElement('lesson-dilution')
export class LessonDilution extends LessonSection {
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
      ${this.renderMaskTable()} ${this.renderError()}
      <div class="stack gap-5">
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

  /** Every column of the table with a check box: seen, or a score of −∞. Words outside the sentence begin hidden. */
  private renderMaskTable() {
    const { state, hovered, hoveredShare } = this;
    const { names, scores, hidden, powers, total, weights } = maskedWeights(state);
    return html`
      <figure>
        ${this.renderPresets()}
        <share-table
          id="masked"
          name="Weights of the row"
          boxes
          powers=${state.temperature === 1 ? 'eˢ' : 'eˢ⁄ᵀ'}
          .rows=${names.map((name, i) => ({
            name,
            score: scores[i],
            power: powers[i],
            share: weights[i],
            visible: !hidden[i],
          }))}
          .sums=${{ power: formatFixed(total), share: formatFixed(sum(weights)) }}
          .highlighted=${hovered === 'query' ? state.query : hoveredShare}
          .hovered=${hovered}
          @visibility-change=${({ detail }: HTMLElementEventMap['visibility-change']) =>
            this.setVisible(detail.position, detail.visible)}
          @row-point=${({ detail }: CustomEvent<number | null>) => (this.hoveredShare = detail)}
        ></share-table>
        <figcaption>${describeWeights(state, hoveredShare)}</figcaption>
        ${
          state.causal
            ? html`<p>
                A causal mask, set further down, hides all that stands after ${names[state.query]}.
                ${button('Lift it', () => this.patch({ causal: false }))}
              </p>`
            : nothing
        }
      </figure>
    `;
  }

  private renderPresets() {
    const { sentence, table } = this.state;
    const { positions, names } = pairOf(this.state);
    const all = table.names.map((_, position) => position);
    const words = wordsOf(sentence).length;
    const rest = all.slice(0, words).filter((position) => !positions.includes(position));
    const beyond = all.slice(words);
    const preset = (
      id: string,
      label: string,
      hidden: number[] = [],
      extraColumns: number[] = [],
    ) => button(label, () => this.patch({ hidden, extraColumns }), { id });
    return html`<div class="controls">
      ${preset('see-sentence', `The ${words} words of the sentence`)}
      ${beyond.length > 0 ? preset('see-all', `All ${all.length} columns`, [], beyond) : nothing}
      ${preset('see-pair', `${[...new Set(names)].join(' and ')} alone`, rest)}
    </div>`;
  }

  private setVisible(position: number, visible: boolean) {
    const { sentence, hidden, extraColumns } = this.state;
    const list = (positions: readonly number[], isListed: boolean) =>
      positions.includes(position) === isListed ? positions : toggled(positions, position);
    if (position < wordsOf(sentence).length) this.patch({ hidden: list(hidden, !visible) });
    else this.patch({ extraColumns: list(extraColumns, visible) });
  }

  private renderDilution() {
    const { state } = this;
    const { words, ...options } = dilutionOf(state);
    const names = [...new Set(pairOf(state).names)].join(' and ');
    const sizes = [...new Set([words, ...SIZES])].filter(
      (size) => size >= options.kept.length + options.others.length,
    );
    this.runs.request(options, sizes);
    const { answers } = this.runs;
    const measured = [...answers].map(([size, { output }]) => [size, output[0]] as const);
    const { min, max, format } = countAxis(words);
    const columns: DataColumn<number>[] = [
      { label: 'n', value: format, numeric: true, isRowName: true },
      {
        label: 'by formula',
        value: (n) => formatFixed(dilutedShare(n, options), 7),
        numeric: true,
      },
      {
        label: 'by the kernel',
        value: (n) => (answers.has(n) ? formatFixed(answers.get(n)!.output[0], 7) : '…'),
        numeric: true,
      },
    ];
    return html`
      <figure>
        <div class="controls">
          ${this.slider('Words, n', words, (wordCount) => ({ wordCount }), { id: 'words', min, max, step: 0.1, logarithmic: true, format })}
        </div>
        <div class="auto-columns">
          ${renderDilutionChart(words, options, measured, names)}
          <div class="stack">
            <ui-data-table
              caption="Share of the weight by number of words"
              caption-hidden
              .columns=${columns}
              .rows=${sizes.toSorted((a, b) => a - b)}
              .isCurrent=${(size: number) => size === words}
            ></ui-data-table>
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

export const benchmarkLink = (queryLength: number, keyLength: number): string => {
  const sizes = { heads: 1, kvHeads: 1, queryLength, keyLength };
  const settings = settingsCodec.format({ ...defaultSettings, preset: customPreset, ...sizes });
  return formatAddress({ page: 'benchmark', document: settingsCodec.text(settings) });
};

/** More queries take a slow machine minutes. */
const MAX_QUERIES = 16_384;

function renderBenchmarkLinks(words: number) {
  const all = Math.min(words, MAX_QUERIES);
  return html`
    <div class="prose">
      <p>
        One word that asks over ${formatFixed(words, 0)} is ${formatFixed(words, 0)} scores. A model
        has every word ask, in many heads at once: among ${formatFixed(all, 0)} words that is
        ${formatFixed(all * all, 0)} scores a head. How long does that take your machine?
      </p>
      <p>
        <a id="to-benchmark" href=${benchmarkLink(all, all)}
          >Measure ${formatFixed(all, 0)} × ${formatFixed(all, 0)} in the benchmark</a
        >, or
        <a id="to-benchmark-one" href=${benchmarkLink(1, words)}
          >one query over ${formatFixed(words, 0)} keys</a
        >.
      </p>
    </div>
  `;
}

export const dilutionSection: Section = {
  id: 'dilution',
  title: 'Zeros count',
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
