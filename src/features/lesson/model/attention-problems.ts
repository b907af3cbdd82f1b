import { causal } from '../../../attention/modifiers/causal';
import { and } from '../../../attention/modifiers/combine';
import type { Mask } from '../../../attention/modifiers/modifier';
import { tensorMask } from '../../../attention/modifiers/tensor-mask';
import { createProblem, type Problem, type ProblemOptions } from '../../../attention/problem';
import type { Operands } from '../../../attention/reference';
import { deckDilution, type DilutionOptions, dilutionScores } from './dilution';
import { type Matrix, multiply } from './matrix';
import type { LessonState } from './state';
import { type PointOverrides, sentencePoints } from './word-points';

/** The lesson's numbers as attention problems, for the kernels that the benchmark measures. */
export interface LessonProblem {
  readonly problem: Problem;
  /** Float64; a kernel stores them as float32. */
  readonly operands: Operands;
}

/** A problem of one sequence and one head. */
const oneHead = (
  shape: Pick<Problem['shape'], 'queryLength' | 'keyLength' | 'headSize' | 'valueSize'>,
  options: ProblemOptions,
): Problem => createProblem({ batch: 1, heads: 1, kvHeads: 1, ...shape }, options);

/** Shows the keys of a sentence but for those at some positions. */
const hidingKeys = (length: number, hidden: readonly number[]): Mask =>
  tensorMask(
    [length],
    Array.from({ length }, (_, position) => !hidden.includes(position)),
  );

/** The sentence's attention as the state has it: one head, a row a word. */
export function sentenceProblem(state: LessonState): LessonProblem {
  const { x, wq, wk, wv, hidden, scaled, temperature } = state;
  const [query, key, value] = [wq, wk, wv].map((w) => flat(multiply(x, w)));
  const length = x.length;
  const headSize = wq[0].length;
  const boxes = hidingKeys(length, hidden);
  const problem = oneHead(
    { queryLength: length, keyLength: length, headSize, valueSize: wv[0].length },
    {
      scale: (scaled ? 1 / Math.sqrt(headSize) : 1) / temperature,
      mask: state.causal ? and(causal(), boxes) : boxes,
    },
  );
  return { problem, operands: { query, key, value } };
}

/**
 * A sentence among the words of the plane, each word a query: points are queries, keys and values at once.
 * As in `contextualPoints`, excluded words are hidden, and scores are divided by the temperature alone.
 */
export function contextProblem(
  text: string,
  overrides: PointOverrides,
  excluded: readonly number[],
  temperature: number,
): LessonProblem {
  const points = flat(sentencePoints(text, overrides).map(({ point }) => point));
  const length = points.length / 2;
  const problem = oneHead(
    { queryLength: length, keyLength: length, headSize: 2, valueSize: 2 },
    { scale: 1 / temperature, mask: hidingKeys(length, excluded) },
  );
  return { problem, operands: { query: points, key: points, value: points } };
}

/** Kernels read values by fours. */
const VECTOR_SIZE = 4;

/**
 * One query over so many words: scores as `dilutionScores` has them, and values that are 1 for the words
 * asked about and 0 for all others, so that the first value of the output is the share of weight they hold.
 */
export function dilutionProblem(
  words: number,
  options: DilutionOptions = deckDilution,
): LessonProblem {
  const scores = dilutionScores(words, options);
  const key = new Float64Array(words * VECTOR_SIZE);
  const value = new Float64Array(words * VECTOR_SIZE);
  scores.forEach((score, i) => {
    key[i * VECTOR_SIZE] = score;
    value[i * VECTOR_SIZE] = i < options.kept.length ? 1 : 0;
  });
  const problem = oneHead(
    { queryLength: 1, keyLength: words, headSize: VECTOR_SIZE, valueSize: VECTOR_SIZE },
    { scale: 1 / (options.temperature ?? 1) },
  );
  return { problem, operands: { query: Float64Array.of(1, 0, 0, 0), key, value } };
}

const flat = (matrix: Matrix): Float64Array => Float64Array.from(matrix.flat());
