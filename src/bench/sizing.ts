import { group, sum } from 'd3-array';
import type { Shape } from '../attention/layout';
import { TILE_QUERIES } from '../attention/kernels/tile';
import { type BenchmarkCase, caseName, operationsOf } from './case';
import { formatShape } from './format';
import { residentBytes } from './memory';

export interface SizedCase {
  readonly benchmarkCase: BenchmarkCase;
  /** The original shape, where the budget changed it. */
  readonly sizedFrom?: Shape;
}

export interface SizingOptions {
  /** Seconds for all runs of all kernels together. */
  readonly seconds: number;
  /** Measured floating-point operations per second of each kernel in the run. */
  readonly rates: readonly number[];
  readonly memoryBytes: number;
}

/** Runs per kernel: one to verify, one to warm up, six for a 95 % interval. */
const RUNS = 8;
const MIN_LENGTH = 64;
const MAX_LENGTH = 16384;
/** A case that takes the fastest kernel this long need not grow. */
const LONG_ENOUGH_SECONDS = 0.02;

/**
 * Fits a suite into a time budget. Lengths are halved, the costliest case first, until all runs fit; on fast devices,
 * lengths of short cases are doubled. Ratios between queries and keys are kept, and a single query stays one. Where
 * halving would only duplicate another case, as in a sweep, the costliest case is dropped. Cases of one shape are sized
 * together, so that their masks stay comparable.
 */
export function sizeCases(
  cases: readonly BenchmarkCase[],
  options: SizingOptions,
): readonly SizedCase[] {
  // Longest first, so that doubling one case does not run into a longer one: a sweep stays a sweep.
  const groups = group(cases, ({ shape }) => formatShape(shape)).values();
  const longestFirst = [...groups].sort((a, b) => pairs(b[0]) - pairs(a[0]));
  const sized: Group[] = [...longestFirst];
  for (const i of sized.keys()) grow(sized, i, options);
  const kept = shrink(sized, options);
  const results = new Map<BenchmarkCase, SizedCase>();
  for (const i of kept) {
    for (const [k, original] of longestFirst[i].entries()) {
      const benchmarkCase = sized[i][k];
      const changed = benchmarkCase.shape.keyLength !== original.shape.keyLength;
      results.set(original, { benchmarkCase, ...(changed && { sizedFrom: original.shape }) });
    }
  }
  return cases.flatMap((original) => results.get(original) ?? []);
}

/** Cases of one shape with different masks. */
type Group = readonly BenchmarkCase[];

/** Halves lengths in place until all runs fit; returns the indices of the groups that are kept. */
function shrink(sized: Group[], { seconds, rates }: SizingOptions): readonly number[] {
  const kept = [...sized.keys()];
  for (;;) {
    const costs = sized.map((cases) => RUNS * sum(cases, (one) => secondsOf(one, rates)));
    if (sum(kept, (i) => costs[i]) <= seconds) return kept;
    const costliestFirst = [...kept].sort((x, y) => costs[y] - costs[x]);
    const halvable = costliestFirst.filter((i) => isLongEnough(scaleLengths(sized[i], 0.5)));
    const others = kept.map((k) => sized[k]);
    const shrinkable = halvable.find((i) => !hasDuplicate(others, scaleLengths(sized[i], 0.5)));
    if (shrinkable !== undefined) sized[shrinkable] = scaleLengths(sized[shrinkable], 0.5);
    else if (halvable.length > 0) kept.splice(kept.indexOf(halvable[0]), 1);
    else return kept;
  }
}

/**
 * Seconds for one call of each kernel, in sequence. Kernels compute whole tiles of queries, so a single query costs as
 * much as a tile.
 */
export function secondsOf(benchmarkCase: BenchmarkCase, rates: readonly number[]): number {
  const { queryLength } = benchmarkCase.shape;
  const padding = (Math.ceil(queryLength / TILE_QUERIES) * TILE_QUERIES) / queryLength;
  const operations = operationsOf(benchmarkCase) * padding;
  return sum(rates, (rate) => operations / rate);
}

/** Doubles lengths until the costliest case takes long enough, unless that duplicates another case. */
function grow(groups: Group[], index: number, { rates, memoryBytes }: SizingOptions): void {
  const fastest = Math.max(...rates, 1);
  const longest = (cases: Group) => Math.max(...cases.map((one) => secondsOf(one, [fastest])));
  while (longest(groups[index]) < LONG_ENOUGH_SECONDS) {
    const next = scaleLengths(groups[index], 2);
    const [{ shape, dtype }] = next;
    const tooLong = Math.max(shape.queryLength, shape.keyLength) > MAX_LENGTH;
    const tooLarge = residentBytes(shape, dtype) > memoryBytes / 2;
    if (tooLong || tooLarge || hasDuplicate(groups, next)) return;
    groups[index] = next;
  }
}

/** Whether its cases are still informative; a window as wide as the sequence is not. */
function isLongEnough(cases: Group): boolean {
  return cases.every(({ shape: { queryLength, keyLength }, window = 0 }) => {
    const hides = keyLength >= 2 * window;
    return hides && keyLength >= MIN_LENGTH && (queryLength === 1 || queryLength >= MIN_LENGTH / 4);
  });
}

function hasDuplicate(groups: readonly Group[], cases: Group): boolean {
  const names = new Set(cases.map(caseName));
  return groups.some((other) => other.some((one) => names.has(caseName(one))));
}

const pairs = ({ shape }: BenchmarkCase): number => shape.queryLength * shape.keyLength;

function scaleLengths(cases: Group, factor: number): Group {
  return cases.map((one) => {
    const { shape } = one;
    const queryLength = shape.queryLength === 1 ? 1 : Math.round(shape.queryLength * factor);
    const keyLength = Math.round(shape.keyLength * factor);
    return { ...one, shape: { ...shape, queryLength, keyLength } };
  });
}
