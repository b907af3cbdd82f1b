import type { Problem } from '../../problem';
import { type RowKeys, rowKeysOf } from './row-keys';

/** All of a problem but its functions: what can be posted to another thread. */
export type PlainProblem = Pick<Problem, 'shape' | 'scale' | 'strides' | 'sinks'> & {
  readonly keys: RowKeys | undefined;
};

/** What only the thread that made the problem can ask. */
export type ProblemFunctions = Pick<Problem, 'mask' | 'scoreModifiers'>;

/** Divides a problem into its data and its functions; null where the data says all of it. */
export function splitProblem(problem: Problem): {
  readonly plain: PlainProblem;
  readonly functions: ProblemFunctions | null;
} {
  const { shape, scale, strides, sinks, mask, scoreModifiers } = problem;
  const keys = rowKeysOf(problem);
  const complete = scoreModifiers.length === 0 && (keys?.exact ?? true);
  return {
    plain: { shape, scale, strides, sinks, keys },
    functions: complete ? null : { mask, scoreModifiers },
  };
}
