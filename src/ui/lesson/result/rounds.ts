import { pairOf } from '../../../lessons/pair';
import { pairShares, pairWeights, repeatAttention } from '../../../lessons/repeated';
import type { LessonState } from '../../../lessons/state';

/** As many as tell the story; more on request. */
export const FEWEST_SHOWN = 8;
/** Rows double with every round of a residual path: after this many there is nothing new, and soon no number. */
const MOST_FOLLOWED = 24;

/** Shares of itself that each word of the pair holds, round by round, with and without what was there before. */
export function pairRounds(state: LessonState) {
  const { scores } = pairOf(state);
  const weights = pairWeights(scores, state.temperature);
  const shown = Math.max(FEWEST_SHOWN, state.rounds);
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
export function sentenceRounds({ x, temperature }: Pick<LessonState, 'x' | 'temperature'>) {
  const rounds = MOST_FOLLOWED;
  const follow = (residual: boolean) => repeatAttention(x, { rounds, residual, temperature });
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
