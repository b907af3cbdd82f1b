import { findKernel } from '../attention/kernels/index';
import { causal } from '../attention/modifiers/causal';
import type { Mask } from '../attention/modifiers/modifier';
import {
  type Problem,
  createProblem,
  floatingPointOperations,
  visiblePairs,
} from '../attention/problem';
import type { Shape } from '../attention/shape';
import { formatShape } from './format';
import type { CaseReport } from './report';
import type { MaskName, TypeName } from './settings-types';

/** One problem to measure, as plain data that can be posted to a worker. */
export interface BenchmarkCase {
  readonly shape: Shape;
  readonly mask: MaskName;
  readonly dtype: TypeName;
}

const MASKS: Readonly<Record<MaskName, () => Mask | undefined>> = {
  none: () => undefined,
  causal: () => causal(),
};

/** @throws InputError for extents that cannot be computed. */
export function problemOfCase({ shape, mask, dtype }: BenchmarkCase): Problem {
  return createProblem(shape, { mask: MASKS[mask](), type: dtype });
}

const counted = new WeakMap<BenchmarkCase, number>();

/** Scores that the mask leaves visible. Counted once: a mask may have to be asked row by row. */
export function visiblePairsOf(benchmarkCase: BenchmarkCase): number {
  const known = counted.get(benchmarkCase);
  if (known !== undefined) return known;
  const pairs = visiblePairs(problemOfCase(benchmarkCase));
  counted.set(benchmarkCase, pairs);
  return pairs;
}

/** Floating-point operations of the two products. */
export const operationsOf = (benchmarkCase: BenchmarkCase): number =>
  floatingPointOperations(problemOfCase(benchmarkCase), visiblePairsOf(benchmarkCase));

/** A short name: "1·8·256·64 causal". */
export function caseName({ shape, mask }: BenchmarkCase): string {
  return formatShape(shape) + (mask === 'none' ? '' : ` ${mask}`);
}

/** Whether a contestant is one of the library's kernels. */
export const isKernel = (name: string): boolean => findKernel(name) !== undefined;

/** The contestants that can compute a case; decode, for one, is for few queries. */
export function ableContestants(
  benchmarkCase: BenchmarkCase,
  contestants: readonly string[],
): readonly string[] {
  const problem = problemOfCase(benchmarkCase);
  return contestants.filter((name) => !findKernel(name)?.refuses?.(problem));
}

/** The case's report before anything ran. Where nobody is able, all are listed, to be told why. */
export function pendingCase(
  benchmarkCase: BenchmarkCase,
  contestants: readonly string[],
  sizedFrom?: Shape,
): CaseReport {
  const able = ableContestants(benchmarkCase, contestants);
  return {
    name: caseName(benchmarkCase),
    ...benchmarkCase,
    flops: operationsOf(benchmarkCase),
    ...(sizedFrom && { sizedFrom }),
    entries: (able.length > 0 ? able : contestants).map((contestant) => ({
      contestant,
      status: 'pending',
    })),
  };
}
