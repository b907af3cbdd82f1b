import { InputError } from '../attention/input-error';
import { diluted } from './dilution';
import { recallByDistance } from './fixed-state';
import { rotate } from './linear-map';
import { multiply, products } from './matrix';
import { dilutionOf, pairOf } from './pair';
import { pairShares, pairWeights } from './repeated';
import { printedFractions } from './similarity';
import { attentionOf, type LessonState } from './state';
import { symmetric, vectorsExist } from './table';
import { wordsOf } from './words';

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
      readonly least: number;
      readonly most: number;
      /** Right within this much; or, of quantities that span magnitudes, within this factor. */
      readonly within: { readonly difference: number } | { readonly factor: number };
    }
  | { readonly kind: 'choice'; readonly value: string; readonly choices: readonly string[] };

const share = (value: number, difference = 0.03): Answer => ({
  kind: 'number',
  value,
  least: 0,
  most: 1,
  within: { difference },
});

export const DIRECTIONS = ['less', 'the same', 'more'] as const;

/** Differences below this are rounding. */
const direction = (change: number, rounding = 1e-9): Answer => ({
  kind: 'choice',
  value: DIRECTIONS[Math.abs(change) <= rounding ? 1 : change < 0 ? 0 : 2],
  choices: DIRECTIONS,
});

/** Trials enough that the standard error of a share is below the 0.1 that an answer may be off. */
const RECALL_TRIALS = 64;

export const questions: readonly Question[] = [
  {
    id: 'forget',
    row: 4,
    ask: ({ stateSize, distance }) =>
      `A memory of fixed size, with keys of ${stateSize} values, has taken in ${distance} more pairs. In what share of tries does it still give back the first?`,
    answer: ({ stateSize, distance, decay, seed }) => {
      const options = { stateSize, distances: [distance], decay, seed, trials: RECALL_TRIALS };
      const [{ state }] = recallByDistance(options);
      return share(state.right, 0.15);
    },
  },
  {
    id: 'rotation',
    row: 9,
    ask: () =>
      'Queries and keys are both turned by 40 degrees. Does the largest score become less, stay the same or become more?',
    answer: (state) => {
      const steps = attentionOf({ ...state, hidden: [], causal: false });
      return direction(rotatedChange(steps.query, steps.key));
    },
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
      least: 0,
      most: 2,
      within: { difference: 0.03 },
    }),
  },
  {
    id: 'dilution',
    row: 14,
    ask: (state) => {
      const [a, b] = pairOf(state).names;
      const words = wordsOf(state.sentence).length;
      const percent = Math.round(100 * diluted(words, dilutionOf(state)));
      return `${a} and ${b} hold ${percent} % of the weight among ${words} words. What share do they hold among 1,024?`;
    },
    answer: (state) => ({
      kind: 'number',
      value: diluted(1024, dilutionOf(state)),
      least: 0,
      most: 1,
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
      return share(pairShares(5, state.residual, weights)[5][0]);
    },
  },
];

/** How much the largest score moves when all queries and keys turn alike, by planes of two values each. */
function rotatedChange(query: readonly (readonly number[])[], key: typeof query): number {
  const size = query[0].length;
  const turn = turnInPlanes(size, (40 * Math.PI) / 180);
  const largest = (scores: readonly (readonly number[])[]) => Math.max(...scores.flat());
  const after = products(multiply(query, turn), multiply(key, turn));
  return largest(after) - largest(products(query, key));
}

/** A rotation of `size` dimensions: a block of 2 × 2 for each pair of axes; an odd one out stays. */
function turnInPlanes(size: number, angle: number): number[][] {
  const block = rotate(angle);
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_unused, j) => {
      const alone = size % 2 === 1 && i === size - 1;
      if (alone || Math.floor(i / 2) !== Math.floor(j / 2)) return Number(i === j);
      return block[i % 2][j % 2];
    }),
  );
}

export interface Judgement {
  readonly right: boolean;
  readonly answer: number | string;
  /** Guess − answer, of numbers. */
  readonly off: number | undefined;
}

/**
 * Holds a guess against what comes of the state as it is now.
 * @throws InputError for a guess that is no answer to the question.
 */
export function judge(question: Question, state: LessonState, guess: number | string): Judgement {
  const answer = question.answer(state);
  if (answer.kind === 'choice') {
    if (!answer.choices.includes(String(guess))) {
      throw new InputError('guess', guess, answer.choices.join(', '));
    }
    return { right: guess === answer.value, answer: answer.value, off: undefined };
  }
  const { value, least, most, within } = answer;
  if (typeof guess !== 'number' || !(guess >= least && guess <= most)) {
    throw new InputError('guess', guess, `a number from ${least} to ${most}`);
  }
  const right =
    'factor' in within
      ? guess >= value / within.factor && guess <= value * within.factor
      : Math.abs(guess - value) <= within.difference;
  return { right, answer: value, off: guess - value };
}
