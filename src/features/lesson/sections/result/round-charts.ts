import { html, nothing } from 'lit';
import { indexTicks } from '../../../../ui/charts/ticks';
import { formatFixed } from '../../../../numeric/format';
import { memoizeLast } from '../../../../ui/memoize-last';
import type { LessonState } from '../../model/state';
import { type Axis, drawChart, shareAxis } from '../../parts/chart';
import { differencesByRound, type sharesByRound } from './iterated-attention';

const roundAxis = (max: number): Axis => ({
  min: 0,
  max,
  ticks: indexTicks(0, max, 9),
  format: String,
  label: 'rounds',
});

const points = (values: readonly number[]) => values.map((value, round) => [round, value] as const);

const describeRound = ([round, value]: readonly [number, number]) =>
  `After ${round} ${round === 1 ? 'round' : 'rounds'}: ${formatFixed(value)}`;

/** Each word's share in the first, with the state's residual path and, fainter, with the opposite. */
export function renderPairRounds(
  { rounds, residual }: LessonState,
  { shares, others, shown }: ReturnType<typeof sharesByRound>,
  names: readonly [string, string],
) {
  const mirrored = (values: readonly number[]) => values.map((value) => 1 - value);
  return drawChart({
    x: roundAxis(shown),
    y: shareAxis(`share of ${names[0]}`),
    curves: [
      { points: points(others), role: 'guide', dashed: true },
      { points: points(mirrored(others)), role: 'guide', dashed: true },
      { points: points(shares), role: 'output' },
      { points: points(mirrored(shares)), role: 'key' },
    ],
    marks: [
      ...points(shares).map((at) => ({
        at,
        role: 'output',
        small: true,
        title: describeRound(at),
      })),
      { at: [rounds, shares[rounds]], role: 'output' },
      { at: [rounds, 1 - shares[rounds]], role: 'key', hollow: true },
    ],
    labels: [
      { at: [0, 1], text: `in ${names[0]}`, role: 'output', shift: [18, 8] },
      { at: [0, 0], text: `in ${names[1]}`, role: 'key', shift: [18, -4] },
      residual
        ? // Between the two lines that it names.
          { at: [0.15, 0.5], text: 'without', role: 'guide', shift: [0, 4] }
        : { at: [2, others[2]], text: 'with a residual path', role: 'guide', shift: [8, -6] },
    ],
    labelledBy: 'again',
    height: 272,
  });
}

const SENTENCE_ROUNDS = 8;

function renderSentenceRounds(differences: ReturnType<typeof differencesByRound>) {
  const firstRounds = (values: readonly number[]) => points(values.slice(0, SENTENCE_ROUNDS + 1));
  const [plain, residual] = [differences.plain, differences.residual].map(firstRounds);
  return drawChart({
    x: roundAxis(SENTENCE_ROUNDS),
    y: shareAxis('difference'),
    curves: [
      { points: plain, role: 'output', dashed: true },
      { points: residual, role: 'output' },
    ],
    marks: [plain, residual].flatMap((all, i) =>
      all.map((at) => ({ at, role: 'output', hollow: i === 0, title: describeRound(at) })),
    ),
    labels: [
      { at: residual[3], text: 'with a residual path', role: 'output', shift: [4, -12] },
      { at: plain[3], text: 'without', role: 'output', shift: [4, -10] },
    ],
    labelledBy: 'differences',
  });
}

const roundsOf = memoizeLast(differencesByRound);

export function renderResidual(state: LessonState) {
  const differences = roundsOf(state.x, state.temperature);
  const { plain, residual, own } = differences;
  const [at, last] = [3, plain.length - 1];
  return html`
    <div class="prose">
      <p>
        The words become one another: this is the collapse. Transformers add what was there before
        to what attention gives, and that <strong>residual path</strong> is often said to prevent
        it. Tick the box: with weights that stay the same it only makes the fall slower. The words
        grow longer together, and the share that is their own still fades.
      </p>
      <p>
        But in a model the weights do not stay the same: each layer computes its own, from the
        vectors that it is given. Then the residual path does what is said of it. Here the whole
        sentence attends to itself, with new scores in every round.
      </p>
    </div>
    <figure>
      ${renderSentenceRounds(differences)}
      <figcaption id="differences">
        How different the ${state.x.length} words are, of their size: ${formatFixed(plain[0])} at
        first. Without a residual path ${formatFixed(plain[at])} is left after ${at} rounds and
        ${formatFixed(plain[last])} after ${last}; with one ${formatFixed(residual[at])} and
        ${formatFixed(residual[last])}.
        ${
          own > 0.99
            ? 'The vectors grow, and their products with themselves grow faster: the weights sharpen, until every word attends to itself alone and nothing draws together any more. '
            : nothing
        }
        In a model a normalisation keeps the vectors from growing, and learned matrices decide what
        attends to what; both are left out here.
      </figcaption>
    </figure>
  `;
}
