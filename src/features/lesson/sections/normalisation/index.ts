import { sum as total } from 'd3-array';
import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatFixed, formatDecimal } from '../../../../numeric/format';
import { sumNormalise } from '../../model/attention';
import { pairOf, scoresOf, withScore } from '../../model/scores';
import type { LessonState } from '../../model/state';
import { LessonSection, type Section } from '../../parts/section';
import { type Claim, pairNames, sentenceNames } from '../../model/claims';

const claims: readonly Claim[] = [
  {
    row: 12,
    id: 'sum',
    title: 'Divided by the sum',
    names: pairNames,
    printed: [0.58, 0.42],
    computed: (state) => sumNormalise(pairOf(state).scores).shares,
    note: '1 and .75 divided by 1.75 are .571 and .429.',
  },
  {
    row: 12,
    id: 'sum-with-the',
    title: 'Divided by the sum of the whole row',
    names: sentenceNames,
    printed: null,
    computed: (state) => sumNormalise(scoresOf(state)).shares,
    note: 'The row also has The, with .2: it takes a share.',
  },
];

/** Of the score sliders: down to a little below −1, where dividing breaks. */
const RANGE = [-1.5, 2] as const;

/** Some words of the row, and their scores divided by the sum of these. */
function partOf(state: LessonState, id: string, title: string, positions: readonly number[]) {
  const { table, query } = state;
  const names = positions.map((position) => table.names[position]);
  const scores = positions.map((position) => table.values[query][position]);
  return { id, title, positions, names, scores, ...sumNormalise(scores) };
}

type Part = ReturnType<typeof partOf>;

@customElement('lesson-normalisation')
export class LessonNormalisation extends LessonSection {
  @state() private hoveredShare: { readonly part: string; readonly index: number } | null = null;

  override render() {
    const { state } = this;
    const pair = pairOf(state);
    const parts = [
      // A sentence of one word has no other.
      partOf(state, 'pair', 'The two alone', [...new Set(pair.positions)]),
      partOf(state, 'row', 'The whole row', [...scoresOf(state).keys()]),
    ];
    return html`
      <div class="prose">
        <p>
          ${pair.names[0]} looks along its row of the table and finds some words more like itself
          than others. To mix them by that, it needs ${this.term('weight', 'shares')}: numbers from
          0 to 1 that sum to 1. The first thing one would try is to divide each
          ${this.term('score', 'score')} by the sum of all of them. The deck does, with two words.
        </p>
        <p>
          It works, until a score is negative, as dot products well may be. Slide ${pair.names[1]}’s
          score down towards −1 and watch.
        </p>
      </div>
      <figure>
        <div class="auto-columns">${parts.map((part) => this.renderPart(part))}</div>
        <figcaption>${parts.map((part) => html`<p>${this.describe(part)}</p>`)}</figcaption>
        ${this.renderError()}
      </figure>
      <div class="claims auto-columns">
        ${claims.map((claim) => html`<claim-table .claim=${claim} .lessonState=${state}></claim-table>`)}
      </div>
      <div class="prose">
        <p>
          Dividing also looks at ratios alone: scores of 1 and 2 give the same shares as 100 and
          200. What we want is a rule that takes any scores at all, below 0 too, and always ends in
          shares. There is one.
        </p>
      </div>
    `;
  }

  private renderPart(part: Part) {
    const { id, title, positions, names, scores, shares, sum, failure } = part;
    const sumsToOne = failure !== 'zero-sum';
    const isWithin = sumsToOne && failure !== 'outside';
    return html`
      <div class="stack" id=${id}>
        <share-table
          .name=${title}
          .hovered=${this.hovered}
          .rows=${scores.map((score, i) => ({ name: names[i], score, share: sumsToOne ? shares[i] : NaN }))}
          .sums=${{ score: formatDecimal(sum), share: sumsToOne ? formatFixed(total(shares)) : 'none' }}
          .range=${RANGE}
          .highlighted=${this.hoveredShare?.part === id ? this.hoveredShare.index : null}
          @score-slide=${({ detail }: HTMLElementEventMap['score-slide']) =>
            this.attempt(() =>
              this.lesson.drag(withScore(this.state, positions[detail.position], detail.value)),
            )}
          @score-settle=${() => this.lesson.endDrag()}
          @row-point=${({ detail }: CustomEvent<number | null>) => {
            this.hoveredShare = detail === null ? null : { part: id, index: detail };
          }}
        ></share-table>
        <p class="badges row">
          ${badge(sumsToOne, 'sums to 1', 'sums to nothing')}
          ${badge(isWithin, 'all from 0 to 1', 'not all from 0 to 1')}
        </p>
      </div>
    `;
  }

  private describe({ id, title, names, scores, shares, sum, failure }: Part): string {
    if (failure === 'zero-sum') {
      return `${title}: the scores sum to ${formatDecimal(sum)}: there is nothing to divide by, and no share.`;
    }
    const index =
      this.hoveredShare?.part === id
        ? this.hoveredShare.index
        : scores.indexOf(Math.max(...scores));
    const terms = scores
      .filter((score) => score !== 0)
      .map((score) => (score < 0 ? `(${formatDecimal(score)})` : formatDecimal(score)))
      .join(' + ');
    const text = `${title}. ${names[index]}: ${formatDecimal(scores[index])} / (${terms}) = ${formatFixed(shares[index])}.`;
    if (failure === 'none') return text;
    const worst = shares.indexOf(Math.min(...shares));
    return `${text} ${names[worst]} would get ${formatFixed(shares[worst])} of the whole, and ${names[shares.indexOf(Math.max(...shares))]} ${formatFixed(Math.max(...shares))}: these are no shares.`;
  }
}

const badge = (holds: boolean, yes: string, no: string) =>
  html`<span class="badge ${holds ? 'on' : 'off'}">${holds ? yes : no}</span>`;

export const normalisationSection: Section = {
  id: 'normalisation',
  title: 'Shares, by dividing',
  claims,
};
