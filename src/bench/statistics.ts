/** An interval for a median, with the confidence it really has. */
export interface MedianInterval {
  readonly median: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly confidence: number | null;
}

const WANTED_CONFIDENCE = 0.95;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The median and an interval between two order statistics, free of any assumption on how the values are
 * distributed: the k-th smallest to the k-th largest cover the median unless fewer than k of n values fall
 * on one side, which is binomial. With fewer than six values no such interval reaches 95 %; then it is the
 * whole range, with the confidence that this has.
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
  // P(Binomial(count, ½) < rank), summed from its largest term's logarithm down: count may be hundreds.
  let logTerm = -count * Math.LN2;
  let tail = 0;
  for (let i = 0; i < rank; i++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((count - i) / (i + 1));
  }
  return 1 - 2 * tail;
}
