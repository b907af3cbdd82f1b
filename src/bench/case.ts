import { causal } from '../attention/modifiers/causal';
import type { Mask } from '../attention/modifiers/modifier';
import { type Problem, createProblem, floatingPointOperations } from '../attention/problem';
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
    flops: floatingPointOperations(problemOfCase(benchmarkCase)),
    ...(sizedFrom && { sizedFrom }),
    entries: contestants.map((contestant) => ({ contestant, status: 'pending' })),
  };
}
