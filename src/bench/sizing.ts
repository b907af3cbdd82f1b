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
 * keys are kept, and a single query stays one. Where halving would only make twins, as in a sweep, the
 * costliest case is left out.
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
  const kept = cases.map((_, i) => i);
  for (;;) {
    const costs = sized.map(cost);
    if (kept.reduce((total, i) => total + costs[i], 0) <= options.seconds) break;
    const costliestFirst = [...kept].sort((x, y) => costs[y] - costs[x]);
    const halvable = costliestFirst.filter((i) => isLongEnough(scaleLengths(sized[i], 0.5)));
    const shrinkable = halvable.find(
      (i) =>
        !hasTwin(
          kept.map((k) => sized[k]),
          scaleLengths(sized[i], 0.5),
        ),
    );
    if (shrinkable !== undefined) sized[shrinkable] = scaleLengths(sized[shrinkable], 0.5);
    else if (halvable.length > 0) kept.splice(kept.indexOf(halvable[0]), 1);
    else break;
  }
  return kept.map((i) => {
    const changed = sized[i].shape.keyLength !== cases[i].shape.keyLength;
    const benchmarkCase = sized[i];
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

/** Whether a case still tells anything. */
function isLongEnough({ shape: { queryLength, keyLength } }: BenchmarkCase): boolean {
  return keyLength >= SHORTEST && (queryLength === 1 || queryLength >= SHORTEST / 4);
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
