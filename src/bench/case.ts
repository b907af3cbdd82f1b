import { findKernel } from '../attention/kernels/index';
import type { Target } from '../attention/kernels/tile';
import {
  type Problem,
  createProblem,
  floatingPointOperations,
  visiblePairs,
} from '../attention/problem';
import { type Shape, elementCounts } from '../attention/layout';
import { type ElementType, bytesPerElement } from '../numeric/float16';
import { formatShape } from './format';
import { createMask, formatMask } from './masks';
import type { PresetCase } from './presets';
import type { CaseReport } from './report';

/** One problem to measure, as plain data that can be posted to a worker. */
export interface BenchmarkCase extends PresetCase {
  readonly dtype: ElementType;
}

/** @throws InputError for extents that cannot be computed. */
export function problemOfCase({ shape, mask, window, dtype }: BenchmarkCase): Problem {
  return createProblem(shape, { mask: createMask(mask, window), type: dtype });
}

const counted = new WeakMap<BenchmarkCase, number>();

/** Scores that the mask leaves visible. Counted once per case: some masks have to be counted row by row. */
export function visiblePairsOf(benchmarkCase: BenchmarkCase): number {
  const known = counted.get(benchmarkCase);
  if (known !== undefined) return known;
  const pairs = visiblePairs(problemOfCase(benchmarkCase));
  counted.set(benchmarkCase, pairs);
  return pairs;
}

export const operationsOf = (benchmarkCase: BenchmarkCase): number =>
  floatingPointOperations(problemOfCase(benchmarkCase), visiblePairsOf(benchmarkCase));

/** Compulsory traffic in bytes: query, key and value read once, the output written once. */
export function compulsoryBytes({ shape, dtype }: BenchmarkCase): number {
  const { query, key, value, output } = elementCounts(shape);
  return bytesPerElement[dtype] * (query + key + value + output);
}

/** A short name without defaults: "1·8·256·64 causal", "1·8·256·64 window 256 f16". */
export function caseName({ shape, mask, window, dtype }: BenchmarkCase): string {
  const type = dtype === 'f32' ? '' : dtype;
  return [formatShape(shape), formatMask(mask, window), type].filter(Boolean).join(' ');
}

export const isKernel = (name: string): boolean => findKernel(name) !== undefined;

/**
 * The implementations that support a case, on a device where there is one: decode needs few queries,
 * and flash-matrix subgroup matrices.
 */
export function supportedImplementations(
  benchmarkCase: BenchmarkCase,
  names: readonly string[],
  device: Target | null,
): readonly string[] {
  const problem = problemOfCase(benchmarkCase);
  return names.filter((name) => {
    const kernel = findKernel(name);
    return !kernel?.unsupported?.(problem) && !(device && kernel?.missingFeature?.(device));
  });
}

/** The case's report before anything ran. Where no implementation supports it, all are listed, to be refused. */
export function pendingCase(
  benchmarkCase: BenchmarkCase,
  names: readonly string[],
  device: Target | null,
  sizedFrom?: Shape,
): CaseReport {
  const supported = supportedImplementations(benchmarkCase, names, device);
  return {
    name: caseName(benchmarkCase),
    ...benchmarkCase,
    flops: operationsOf(benchmarkCase),
    bytes: compulsoryBytes(benchmarkCase),
    ...(sizedFrom && { sizedFrom }),
    entries: (supported.length > 0 ? supported : names).map((contestant) => ({
      contestant,
      status: 'pending',
    })),
  };
}
