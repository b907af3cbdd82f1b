import { html, nothing } from 'lit';
import { claims } from '../../../lessons/claims';
import { shadowsOf } from '../../../lessons/shadows';
import type { LessonState } from '../../../lessons/state';
import {
  block,
  impossibleMix,
  type SimilarityTable,
  symmetric,
  vectorsExist,
} from '../../../lessons/table';
import { wordsOf } from '../../../lessons/words';
import { texDigits, texFactor, texNumber } from '../arithmetic';
import { digits, plainDigits } from '../digits';
import { remember } from '../remember';
import { mixBars } from './mix-bars';
import { listed, sayExistence, sayMix } from './words';
import '../claim-table';
import '../tex-formula';

const eigenvalue = claims.find(({ id }) => id === 'eigenvalue');

/** Sections draw themselves at every change of the state, and few of those concern the table. */
const examine = remember((table: SimilarityTable, words: number) => ({
  all: vectorsExist(symmetric(table)),
  own: vectorsExist(symmetric(block(table, words))),
  ...impossibleMix(table),
}));

/** Whether words can have vectors whose dot products are the table, and what they would have to do if not. */
export function renderExistence(state: LessonState) {
  const { table } = state;
  const count = wordsOf(state.sentence).length;
  const { all, own, mix, squaredLength } = examine(table, count);
  const lamp = (id: string, on: boolean, text: string) =>
    html`<div><span id=${id} class="lamp ${on ? 'on' : 'off'}">${text}</span></div>`;
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
      <div class="beside">
        <div>
          <div class="lamps">
            ${lamp('lamp-all', all.exists, sayExistence(`All ${table.names.length} words`, all))}
            ${
              count < table.names.length
                ? lamp('lamp-own', own.exists, sayExistence(`The ${count} of the sentence`, own))
                : nothing
            }
          </div>
          <tex-formula
            .tex=${String.raw`\Big\lVert \sum_i m_i\,w_i \Big\rVert^2 = \sum_{i,j} m_i\,m_j\,s_{ij} = ${texDigits(squaredLength)}`}
          ></tex-formula>
          ${renderShadows(table, mix)}
        </div>
        <div>
          <h4>The mixture with the smallest squared length</h4>
          ${mixBars(table.names, mix)}
        </div>
      </div>
      <figcaption>
        ${sayMix(table.names, mix)} would have the squared length
        ${digits(squaredLength)}${all.exists ? ', as a vector may' : ', which no vector has'}. The
        table is made symmetric for this, by the larger of each pair.
      </figcaption>
      <claim-table .claim=${eigenvalue} .lessonState=${state}></claim-table>
    </figure>
  `;
}

/** The same as Pythagoras would say it, where the words allow that. */
function renderShadows(table: SimilarityTable, mix: readonly number[]) {
  const word = mix.indexOf(Math.max(...mix));
  const shadows = shadowsOf(table, word);
  if (!shadows) return nothing;
  const { on, lengths, sumOfSquares, squaredLength } = shadows;
  const [name, others] = [table.names[word], on.map((i) => table.names[i])];
  const sum = lengths.map((length) => `${texFactor(length)}^2`).join(' + ');
  const sign = sumOfSquares > squaredLength ? '>' : String.raw`\le`;
  return html`
    <p>
      Pythagoras would have known. ${listed(others)} ${others.length === 1 ? 'has' : 'have'} length
      1${others.length > 1 ? ' and stand at right angles' : ''}; the numbers are how far ${name}
      reaches along ${others.length === 1 ? 'it' : 'each'}. Their squares may not sum to more than
      ${name}’s own, ${plainDigits(squaredLength)}:
    </p>
    <tex-formula
      .tex=${String.raw`${sum} = ${texDigits(sumOfSquares)} ${sign} ${texNumber(squaredLength)}`}
    ></tex-formula>
  `;
}
