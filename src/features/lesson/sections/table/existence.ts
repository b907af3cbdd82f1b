import { css, html, nothing } from 'lit';
import { formatFixed, formatDecimal } from '../../../../numeric/format';
import { memoizeLast } from '../../../../ui/memoize-last';
import { listOf, wordsOf } from '../../model/sentence';
import {
  type Existence,
  symmetric,
  type SimilarityTable,
  leadingBlock,
  impossibleMix,
  vectorsExist,
} from '../../model/similarity-table';
import type { LessonState } from '../../model/state';
import { texDigits, texFactor, texNumber } from '../../parts/arithmetic';
import '../../parts/claim-table';
import '../../parts/tex-formula';
import { span } from '../../parts/track';
import { describeExistence, formatMixture } from './captions';
import { type Claim } from '../../model/claims';

export const existenceClaim: Claim = {
  row: 11,
  id: 'eigenvalue',
  title: 'Smallest eigenvalue, made symmetric: all words, and those of the sentence',
  names: () => ['all words', 'the sentence'],
  printed: null,
  computed: ({ table, sentence }) =>
    [table, leadingBlock(table, wordsOf(sentence).length)].map(
      (part) => vectorsExist(symmetric(part)).minEigenvalue,
    ),
  note: 'A table of dot products has none below 0. By the larger of each pair this one has: no vectors have these similarities. By the mean of each pair it would have none.',
};

/**
 * Projections of a word onto the words it is similar to, if those are orthonormal; else undefined. By Pythagoras
 * their squares sum to no more than the word's squared length, or the table has no vectors. Of the table made symmetric
 * by the larger of each pair.
 */
export function projectionsOf(table: SimilarityTable, word: number) {
  const { values } = symmetric(table);
  const on = values.flatMap((row, i) => (i !== word && row[word] !== 0 ? [i] : []));
  const isOrthonormal = on.every((i) => on.every((j) => values[i][j] === Number(i === j)));
  if (on.length === 0 || !isOrthonormal) return undefined;
  const lengths = on.map((i) => values[i][word]);
  return {
    on,
    lengths,
    sumOfSquares: lengths.reduce((sum, length) => sum + length ** 2, 0),
    squaredLength: values[word][word],
  };
}

export const mixBarStyles = css`
  .mix {
    display: grid;
    grid-template-columns: auto auto minmax(6rem, 1fr);
    gap: var(--space-1) var(--space-3);
    align-items: center;
    max-width: 28rem;
  }

  .mix .track {
    height: 1rem;
    background: linear-gradient(var(--edge), var(--edge)) center / 1px 100% no-repeat;
  }

  .mix i {
    border-radius: 2px;
    background: var(--accent);
  }
`;

/** Each word's part of a mixture as a bar to the left or right of 0. */
const renderMixBars = (names: readonly string[], mix: readonly number[]) =>
  html`<dl class="mix">
    ${names.map((name, i) => {
      const end = 0.5 + mix[i] / 2;
      return html`<dt>${name}</dt>
        <dd class="number end-aligned">${formatFixed(mix[i])}</dd>
        <dd class="track" aria-hidden="true">
          <i
            class=${mix[i] < 0 ? 'outside' : ''}
            ${span(Math.min(0.5, end), Math.max(0.5, end))}
          ></i>
        </dd>`;
    })}
  </dl>`;

const existenceOf = memoizeLast((table: SimilarityTable, words: number) => ({
  all: vectorsExist(symmetric(table)),
  own: vectorsExist(symmetric(leadingBlock(table, words))),
  ...impossibleMix(table),
}));

/** Whether vectors exist whose dot products are the table, and if not, the mixture of them that shows it. */
export function renderExistence(state: LessonState) {
  const { table } = state;
  const count = wordsOf(state.sentence).length;
  const { all, own, mix, squaredLength } = existenceOf(table, count);
  const badge = (id: string, words: string, existence: Existence) =>
    html`<div>
      <span id=${id} class="badge ${existence.exists ? 'on' : 'off'}"
        >${describeExistence(words, existence)}</span
      >
    </div>`;
  return html`
    <div class="prose">
      <p>
        A dot product does not care who comes first, so a table of dot products has to be its own
        mirror image. And it has to pass a second test. Mix words, so much of this and so much of
        that: the mixture is a vector too, and its squared length follows from the table alone.
        Squares are never negative. The smallest that any mixture can have is the table’s smallest
        <em>eigenvalue</em>; below 0, nobody can draw these words, in any number of dimensions.
      </p>
    </div>
    <figure>
      <div class="auto-columns">
        <div class="stack">
          <div class="badges stack gap-1">
            ${badge('badge-all', `All ${table.names.length} words`, all)}
            ${
              count < table.names.length
                ? badge('badge-own', `The ${count} of the sentence`, own)
                : nothing
            }
          </div>
          <tex-formula
            .tex=${String.raw`\Big\lVert \sum_i m_i\,w_i \Big\rVert^2 = \sum_{i,j} m_i\,m_j\,s_{ij} = ${texDigits(squaredLength)}`}
          ></tex-formula>
          ${renderProjections(table, mix)}
        </div>
        <div class="stack">
          <h4>The mixture with the smallest squared length</h4>
          ${renderMixBars(table.names, mix)}
        </div>
      </div>
      <figcaption>
        ${formatMixture(table.names, mix)} would have the squared length
        ${formatFixed(squaredLength)}${all.exists ? ', as a vector may' : ', which no vector has'}.
        The table is made symmetric for this, by the larger of each pair.
      </figcaption>
      <claim-table .claim=${existenceClaim} .lessonState=${state}></claim-table>
    </figure>
  `;
}

/** The same by Pythagoras, where the words allow it. */
function renderProjections(table: SimilarityTable, mix: readonly number[]) {
  const word = mix.indexOf(Math.max(...mix));
  const projections = projectionsOf(table, word);
  if (!projections) return nothing;
  const { on, lengths, sumOfSquares, squaredLength } = projections;
  const [name, others] = [table.names[word], on.map((i) => table.names[i])];
  const sum = lengths.map((length) => `${texFactor(length)}^2`).join(' + ');
  const sign = sumOfSquares > squaredLength ? '>' : String.raw`\le`;
  return html`
    <p>
      Pythagoras would have known. ${listOf(others)} ${others.length === 1 ? 'has' : 'have'} length
      1${others.length > 1 ? ' and stand at right angles' : ''}; the numbers are how far ${name}
      reaches along ${others.length === 1 ? 'it' : 'each'}. Their squares may not sum to more than
      ${name}’s own, ${formatDecimal(squaredLength)}:
    </p>
    <tex-formula
      .tex=${String.raw`${sum} = ${texDigits(sumOfSquares)} ${sign} ${texNumber(squaredLength)}`}
    ></tex-formula>
  `;
}
