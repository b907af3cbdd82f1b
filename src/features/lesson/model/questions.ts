import { InputError } from '../../../attention/input-error';
import { printedFractions } from './attention';
import { recallByDistance } from './fixed-state';
import { pairShares, pairWeights } from './iterated-attention';
import { scoresUnderSharedMap, rotateInPlanes } from './linear-map';
import { dilutedPair, pairOf } from './scores';
import { wordsOf } from './sentence';
import { symmetric, vectorsExist } from './similarity-table';
import type { LessonState } from './state';

/** "Predict first": what a learner says before it is shown. */
export interface Question {
  readonly id: string;
  /** Of the deck's list of systems. */
  readonly row: number;
  readonly ask: (state: LessonState) => string;
  readonly answer: (state: LessonState) => Answer;
}

/** A number to come near to, or one of some choices. */
export type Answer =
  | {
      readonly kind: 'number';
      readonly value: number;
      readonly min: number;
      readonly max: number;
      /** Right within this much; or, of quantities that span magnitudes, within this factor. */
      readonly within: { readonly difference: number } | { readonly factor: number };
    }
  | { readonly kind: 'choice'; readonly value: string; readonly choices: readonly string[] };

const shareAnswer = (value: number, difference = 0.03): Answer => ({
  kind: 'number',
  value,
  min: 0,
  max: 1,
  within: { difference },
});

export const DIRECTIONS = ['less', 'the same', 'more'] as const;

/** Changes of less than a billionth are rounding. */
const changeAnswer = (before: number, after: number): Answer => {
  const same = Math.abs(after - before) <= 1e-9 * Math.max(1, Math.abs(before));
  return {
    kind: 'choice',
    value: DIRECTIONS[same ? 1 : after < before ? 0 : 2],
    choices: DIRECTIONS,
  };
};

/** Enough that the standard error of a share, at most 1/16, is below half of what an answer may be off. */
export const RECALL_TRIALS = 64;

export const questions: readonly Question[] = [
  {
    id: 'forget',
    row: 4,
    ask: ({ stateSize, distance }) =>
      `A memory of fixed size, with keys of ${stateSize} values, has taken in ${distance} more ${distance === 1 ? 'pair' : 'pairs'}. In what share of tries does it still give back the first?`,
    answer: ({ stateSize, distance, decay, seed }) => {
      const options = { stateSize, distances: [distance], decay, seed, trials: RECALL_TRIALS };
      let right: number | undefined;
      return {
        kind: 'number',
        // A second's work for the largest memory: not before somebody asks what it is.
        get value() {
          return (right ??= recallByDistance(options)[0].state.right);
        },
        min: 0,
        max: 1,
        within: { difference: 0.15 },
      };
    },
  },
  {
    id: 'rotation',
    row: 9,
    ask: () =>
      'Queries and keys are both turned by 40 degrees. Does the largest score become less, stay the same or become more?',
    answer: (state) => changeAnswer(...maxScores(state)),
  },
  {
    id: 'vectors',
    row: 11,
    ask: () =>
      'Make the table symmetric, each pair taking the larger of its two numbers. Are there vectors whose dot products it is?',
    answer: ({ table }) => ({
      kind: 'choice',
      value: vectorsExist(symmetric(table)).exists ? 'yes' : 'no',
      choices: ['yes', 'no'],
    }),
  },
  {
    id: 'fractions',
    row: 13,
    ask: (state) => {
      const [a, b] = pairOf(state).scores;
      return `The fractions as printed, e^${a} and e^${b} over e^(${a} + ${b}): what do they sum to?`;
    },
    answer: (state) => ({
      kind: 'number',
      value: printedFractions(pairOf(state).scores).sum,
      min: 0,
      max: 1000,
      within: { difference: 0.03 },
    }),
  },
  {
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
  },
  {
    id: 'collapse',
    row: 15,
    ask: (state) => {
      const [a, b] = pairOf(state).names;
      return `${a} and ${b} attend to themselves and each other, five times over. What share does ${a} keep of itself?`;
    },
    answer: (state) => {
      const weights = pairWeights(pairOf(state).scores, state.temperature);
      return shareAnswer(pairShares(5, state.residual, weights)[5][0]);
    },
  },
];

/** The largest score before and after all queries and keys turn alike, in planes of two values each. */
function maxScores({ x, wq, wk }: LessonState): [before: number, after: number] {
  const { before, after } = scoresUnderSharedMap(
    x,
    wq,
    wk,
    rotateInPlanes(wq[0].length, (40 * Math.PI) / 180),
  );
  return [Math.max(...before.flat()), Math.max(...after.flat())];
}

export interface Judgement {
  readonly right: boolean;
  readonly answer: number | string;
  /** Guess − answer, of numbers. */
  readonly difference: number | undefined;
}

/**
 * Holds a guess against what comes of the state as it is now.
 * @throws InputError for a guess that is no answer to the question.
 */
export function judgeGuess(
  question: Question,
  state: LessonState,
  guess: number | string,
): Judgement {
  const answer = question.answer(state);
  if (answer.kind === 'choice') {
    if (!answer.choices.includes(String(guess))) {
      throw new InputError('guess', guess, answer.choices.join(', '));
    }
    return { right: guess === answer.value, answer: answer.value, difference: undefined };
  }
  const { value, min: least, max: most, within } = answer;
  if (typeof guess !== 'number' || !(guess >= least && guess <= most)) {
    throw new InputError('guess', guess, `a number from ${least} to ${most}`);
  }
  const right =
    'factor' in within
      ? guess >= value / within.factor && guess <= value * within.factor
      : Math.abs(guess - value) <= within.difference;
  return { right, answer: value, difference: guess - value };
}
