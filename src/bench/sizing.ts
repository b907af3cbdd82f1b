import type { Shape } from '../attention/shape';
import { TILE_QUERIES } from '../attention/kernels/tile';
import { type BenchmarkCase, caseName, operationsOf } from './case';

export interface SizedCase {
  readonly benchmarkCase: BenchmarkCase;
  /** The shape asked for, where the budget changed it. */
  readonly sizedFrom?: Shape;
}

export interface SizingOptions {
  /** Seconds that all runs of all kernels may take together. */
  readonly seconds: number;
  /** Measured floating-point operations a second of each kernel that takes part. */
  readonly rates: readonly number[];
  /** Bytes that one case may take. */
  readonly memoryBytes: number;
}

/** Runs that each kernel needs: one to verify, one to warm up, six for a 95 % interval. */
const RUNS = 8;
const SHORTEST = 64;
const LONGEST = 16384;
/** A case this long on the fastest kernel shows what a device can do: no need to grow it. */
const LONG_ENOUGH_SECONDS = 0.02;

/**
 * Fits a suite into a time budget: lengths are halved, the costliest case first, until all runs fit; on a
 * device so fast that a case is over in an instant, its lengths are doubled. Ratios between queries and
 * keys are kept, and a single query stays one.
 */
export function sizeCases(
  cases: readonly BenchmarkCase[],
  options: SizingOptions,
): readonly SizedCase[] {
  const sized = [...cases];
  // The longest first: then the others find room behind it, and a sweep stays a sweep.
  const longestFirst = cases.map((_, i) => i).sort((a, b) => pairs(cases[b]) - pairs(cases[a]));
  for (const i of longestFirst) grow(sized, i, options);
  const cost = (benchmarkCase: BenchmarkCase) => RUNS * secondsOf(benchmarkCase, options.rates);
  for (;;) {
    const costs = sized.map(cost);
    if (costs.reduce((total, seconds) => total + seconds, 0) <= options.seconds) break;
    const order = costs.map((_, i) => i).sort((a, b) => costs[b] - costs[a]);
    const shrinkable = order.find((i) => canHalve(sized, i));
    if (shrinkable === undefined) break;
    sized[shrinkable] = scaleLengths(sized[shrinkable], 0.5);
  }
  return sized.map((benchmarkCase, i) => {
    const changed = benchmarkCase.shape.keyLength !== cases[i].shape.keyLength;
    return changed ? { benchmarkCase, sizedFrom: cases[i].shape } : { benchmarkCase };
  });
}

/**
 * Seconds for one call of each kernel, one after another. Kernels compute whole tiles of queries, so a
 * single query costs as much as a tile of them.
 */
export function secondsOf(benchmarkCase: BenchmarkCase, rates: readonly number[]): number {
  const { queryLength } = benchmarkCase.shape;
  const padding = (Math.ceil(queryLength / TILE_QUERIES) * TILE_QUERIES) / queryLength;
  const operations = operationsOf(benchmarkCase) * padding;
  return rates.reduce((total, rate) => total + operations / rate, 0);
}

/** Doubles a case's lengths until it takes long enough, but not into a twin of another case. */
function grow(cases: BenchmarkCase[], index: number, { rates, memoryBytes }: SizingOptions): void {
  const fastest = Math.max(...rates, 1);
  while (secondsOf(cases[index], [fastest]) < LONG_ENOUGH_SECONDS) {
    const next = scaleLengths(cases[index], 2);
    const { batch, kvHeads, heads, queryLength, keyLength, headSize } = next.shape;
    const bytes = 4 * batch * headSize * 2 * (heads * queryLength + kvHeads * keyLength);
    const tooLong = Math.max(queryLength, keyLength) > LONGEST || bytes > memoryBytes / 4;
    if (tooLong || hasTwin(cases, next)) return;
    cases[index] = next;
  }
}

/** Whether a case may be halved: not below what tells anything, and not into a twin of another case. */
function canHalve(cases: readonly BenchmarkCase[], index: number): boolean {
  const half = scaleLengths(cases[index], 0.5);
  const { queryLength, keyLength } = half.shape;
  if (keyLength < SHORTEST || (queryLength > 1 && queryLength < SHORTEST / 4)) return false;
  return !hasTwin(cases, half);
}

function hasTwin(cases: readonly BenchmarkCase[], benchmarkCase: BenchmarkCase): boolean {
  return cases.some((other) => caseName(other) === caseName(benchmarkCase));
}

const pairs = ({ shape }: BenchmarkCase): number => shape.queryLength * shape.keyLength;

function scaleLengths(benchmarkCase: BenchmarkCase, factor: number): BenchmarkCase {
  const { shape } = benchmarkCase;
  const queryLength = shape.queryLength === 1 ? 1 : Math.round(shape.queryLength * factor);
  const keyLength = Math.round(shape.keyLength * factor);
  return { ...benchmarkCase, shape: { ...shape, queryLength, keyLength } };
}
