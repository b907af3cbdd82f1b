import { pairShares, pairWeights, iterateAttention } from '../../model/iterated-attention';
import { pairOf } from '../../model/scores';
import type { LessonState } from '../../model/state';

/** As many as tell the story; more on request. */
export const MIN_SHOWN_ROUNDS = 8;
/** Rows double with every round of a residual path: after this many there is nothing new, and soon no number. */
const MAX_COMPUTED_ROUNDS = 24;

/** Shares of itself that each word of the pair holds, round by round, with and without what was there before. */
export function sharesByRound(state: LessonState) {
  const { scores } = pairOf(state);
  const weights = pairWeights(scores, state.temperature);
  const shown = Math.max(MIN_SHOWN_ROUNDS, state.rounds);
  const own = (residual: boolean) => pairShares(shown, residual, weights).map(([share]) => share);
  return {
    shown,
    shares: own(state.residual),
    others: own(!state.residual),
    /** What is left of the two words' difference after a round, of what there was: the second eigenvalue. */
    factor: state.residual ? weights[0][0] : weights[0][0] - weights[0][1],
  };
}

/**
 * How different the rows of the sentence's words still are, round by round, when every round computes its own
 * weights from its rows: with and without a residual path.
 */
export function differencesByRound({ x, temperature }: Pick<LessonState, 'x' | 'temperature'>) {
  const rounds = MAX_COMPUTED_ROUNDS;
  const follow = (residual: boolean) => iterateAttention(x, { rounds, residual, temperature });
  const [plain, residual] = [follow(false), follow(true)];
  const differences = (all: typeof plain) => all.map(({ difference }) => difference);
  const last = residual.at(-1)!.weights!;
  return {
    plain: differences(plain),
    residual: differences(residual),
    /** With a residual path, in the last round: the least that a word gives to itself. */
    own: Math.min(...last.map((weights, i) => weights[i])),
  };
}
