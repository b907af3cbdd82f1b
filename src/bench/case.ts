import { causal } from '../attention/modifiers/causal';
import type { Mask } from '../attention/modifiers/modifier';
import { type Problem, createProblem, visiblePairs } from '../attention/problem';
import type { Shape } from '../attention/shape';
import type { CaseReport } from './report';
import type { MaskName, TypeName } from './settings';

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
export function operationsOf(benchmarkCase: BenchmarkCase): number {
  const { headSize, valueSize } = benchmarkCase.shape;
  return 2 * (headSize + valueSize) * visiblePairsOf(benchmarkCase);
}

/** A short name: batch·heads·length·size, with what differs from plain self-attention spelt out. */
export function caseName({ shape, mask }: BenchmarkCase): string {
  const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
  const headText = heads === kvHeads ? `${heads}` : `${heads}/${kvHeads}`;
  const length = queryLength === keyLength ? `${queryLength}` : `${queryLength}×${keyLength}`;
  const size = headSize === valueSize ? `${headSize}` : `${headSize}/${valueSize}`;
  return [batch, headText, length, size].join('·') + (mask === 'none' ? '' : ` ${mask}`);
}

/** The case's report before anything ran. */
export function pendingCase(
  benchmarkCase: BenchmarkCase,
  contestants: readonly string[],
  sizedFrom?: Shape,
): CaseReport {
  return {
    name: caseName(benchmarkCase),
    ...benchmarkCase,
    flops: operationsOf(benchmarkCase),
    ...(sizedFrom && { sizedFrom }),
    entries: contestants.map((contestant) => ({ contestant, status: 'pending' })),
  };
}
