import { least } from 'd3-array';
import { findImplementation } from './implementations';
import type { Runner, Sample } from './measure';
import type { EntryReport, Timing } from './report';

type MedianInterval = Pick<Timing, 'median' | 'low' | 'high' | 'confidence'>;

const WANTED_CONFIDENCE = 0.95;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The median with a distribution-free interval between two order statistics: from the k-th smallest to the k-th
 * largest value, which covers the median unless fewer than k of n values fall on one side (binomial). With fewer than
 * six values no such interval reaches 95 %; then it is the whole range, with its actual confidence.
 */
export function medianInterval(values: readonly number[]): MedianInterval {
  const count = values.length;
  if (count === 0) throw new RangeError('medianInterval: no values');
  if (count === 1) return { median: values[0], low: null, high: null, confidence: null };
  const sorted = [...values].sort((a, b) => a - b);
  let rank = 1;
  while (2 * rank + 1 < count && coverage(count, rank + 1) >= WANTED_CONFIDENCE) rank++;
  return {
    median: median(sorted),
    low: sorted[rank - 1],
    high: sorted[count - rank],
    confidence: coverage(count, rank),
  };
}

/** Probability that the median lies between the `rank`-th smallest and the `rank`-th largest of `count`. */
function coverage(count: number, rank: number): number {
  // P(Binomial(count, ½) < rank), by logarithms: count may be in the hundreds.
  let logTerm = -count * Math.LN2;
  let tail = 0;
  for (let i = 0; i < rank; i++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((count - i) / (i + 1));
  }
  return 1 - 2 * tail;
}

export function timingOf(
  { timing }: Pick<Runner, 'timing'>,
  samples: readonly Sample[],
  flops: number,
): Timing {
  const milliseconds = samples.map((sample) => sample.milliseconds);
  const interval = medianInterval(milliseconds);
  return {
    samples: milliseconds,
    ...interval,
    ...timing,
    wallMedian: median(samples.map((sample) => sample.wallMilliseconds)),
    gflops: flops / (interval.median * 1e6),
  };
}

/** Adds what follows from a comparison: speed-up over the CPU, and which is fastest. */
export function compareEntries(entries: readonly EntryReport[]): readonly EntryReport[] {
  const timed = entries.filter(({ status, timing }) => status === 'verified' && timing);
  // The faster CPU implementation makes the fair comparison.
  const cpu = fastestOf(
    timed.filter(({ contestant }) => findImplementation(contestant)?.where === 'cpu'),
  );
  const fastest = fastestOf(timed);
  const rivals = timed.filter(({ timing }) => timing !== fastest);
  const undecided = rivals.some(({ timing }) => overlaps(timing!, fastest!));
  return entries.map((entry) => {
    if (!entry.timing) return entry;
    if (!timed.includes(entry)) return { ...entry, timing: withoutComparison(entry.timing) };
    const speedup = cpu && { speedup: cpu.median / entry.timing.median };
    const tied = entry.timing === fastest ? undecided : overlaps(entry.timing, fastest!);
    const verdict = tied ? 'unclear' : entry.timing === fastest ? 'fastest' : 'slower';
    return { ...entry, timing: { ...entry.timing, ...speedup, verdict } };
  });
}

const fastestOf = (entries: readonly EntryReport[]): Timing | undefined =>
  least(entries, ({ timing }) => timing!.median)?.timing;

/** Without an earlier comparison: the entry no longer takes part in one. */
function withoutComparison({ speedup: _speedup, verdict: _verdict, ...timing }: Timing): Timing {
  return timing;
}

/** Whether the intervals of two medians overlap: then these samples do not show which is faster. */
function overlaps(slower: Timing, faster: Timing): boolean {
  if (slower.low === null || faster.high === null) return true;
  return slower.low <= faster.high;
}
