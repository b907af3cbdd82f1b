import { InputError } from '../../../../attention/input-error';
import { softmax } from '../../model/attention';
import {
  add,
  identity,
  type Matrix,
  mean,
  multiply,
  norm,
  products,
  subtract,
} from '../../model/matrix';
import { pairOf } from '../../model/scores';
import type { LessonState } from '../../model/state';

/**
 * Attention applied repeatedly. Every row becomes a weighted mean of rows, so the rows converge: after enough
 * rounds all words are the same (Dong, Cordonnier and Loukas, "Attention is not all you need: pure attention
 * loses rank doubly exponentially with depth", ICML 2021). A residual path keeps the distances between words.
 * It keeps their relative difference too if the weights follow the rows; with constant weights that only
 * shrinks more slowly, by (1 + λ)/2 a round in place of λ, the weights' second eigenvalue.
 */
interface IterationOptions {
  readonly rounds: number;
  /** X + A·X in place of A·X. */
  readonly residual?: boolean;
  /** Used in every round; by default each round computes softmax(X·Xᵀ/T) from its rows. */
  readonly weights?: Matrix;
  readonly temperature?: number;
}

export const MAX_ROUNDS = 1000;

export function iterateAttention(rows: Matrix, options: IterationOptions) {
  const { rounds, residual = false, temperature } = options;
  if (!Number.isInteger(rounds) || rounds < 0 || rounds > MAX_ROUNDS) {
    throw new InputError('rounds', rounds, `a whole number from 0 to ${MAX_ROUNDS}`);
  }
  const all = [roundOf(rows)];
  for (let round = 0; round < rounds; round++) {
    const before = all[round].rows;
    const weights =
      options.weights ?? products(before, before).map((scores) => softmax(scores, { temperature }));
    const mixed = multiply(weights, before);
    all.push(roundOf(residual ? mixed.map((row, i) => add(row, before[i])) : mixed, weights));
  }
  return all;
}

const roundOf = (rows: Matrix, weights?: Matrix) => ({
  rows,
  weights,
  difference: difference(rows),
});

/** ‖X − mean‖ / ‖X‖, from 0 (all rows equal) to 1: the difference left once the size is normalised away. */
function difference(rows: Matrix): number {
  const centre = mean(rows);
  const size = norm(rows.map(norm));
  return size === 0 ? 0 : norm(rows.map((row) => norm(subtract(row, centre)))) / size;
}

/** The pair alone: each word with its softmax shares of itself and the other. */
export function pairWeights(state: LessonState): Matrix {
  const [own, other] = softmax(pairOf(state).scores, { temperature: state.temperature });
  return [
    [own, other],
    [other, own],
  ];
}

/** Each round's shares of itself and of the other in one word of the pair, from (1, 0). */
export function pairShares(rounds: number, state: LessonState, residual = state.residual) {
  const all = iterateAttention(identity(2), { rounds, residual, weights: pairWeights(state) });
  // With a residual path the rows grow, so shares are normalised.
  return all.map(({ rows: [row] }) => row.map((value) => value / (row[0] + row[1])));
}

/** Shown at first; more on request. */
export const MIN_SHOWN_ROUNDS = 8;
/** With a residual path rows double every round, and soon overflow. */
const MAX_COMPUTED_ROUNDS = 24;

/** A word's share of itself, round by round, with the state's residual path and with the opposite. */
export function sharesByRound(state: LessonState) {
  const shown = Math.max(MIN_SHOWN_ROUNDS, state.rounds);
  const own = (residual: boolean) => pairShares(shown, state, residual).map(([share]) => share);
  const [[itself, other]] = pairWeights(state);
  return {
    shown,
    shares: own(state.residual),
    others: own(!state.residual),
    /** Factor by which the two words' difference shrinks a round: the second eigenvalue. */
    factor: state.residual ? itself : itself - other,
  };
}

/**
 * Relative difference of the sentence's rows, round by round, with and without a residual path, when every
 * round computes its own weights.
 */
export function differencesByRound(x: Matrix, temperature: number) {
  const rounds = MAX_COMPUTED_ROUNDS;
  const follow = (residual: boolean) => iterateAttention(x, { rounds, residual, temperature });
  const [plain, residual] = [follow(false), follow(true)];
  const differences = (all: typeof plain) => all.map(({ difference }) => difference);
  const last = residual.at(-1)!.weights!;
  return {
    plain: differences(plain),
    residual: differences(residual),
    /** The smallest weight a word gives itself in the last round, with a residual path. */
    own: Math.min(...last.map((weights, i) => weights[i])),
  };
}
