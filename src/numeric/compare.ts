/** The difference between two arrays of numbers. */
export interface Comparison {
  /** Every element is within its bound; elements that are not finite match in kind. */
  readonly passed: boolean;
  /** Largest absolute difference; Infinity where only one of the two is finite. */
  readonly maxError: number;
  /** The largest difference as a share of its own bound. */
  readonly errorOverBound: number;
  /** ‖got − want‖ / ‖want‖ over the elements that are finite in both. */
  readonly relativeError: number;
  /** Index of the element nearest to, or furthest beyond, its bound; −1 when there are none. */
  readonly worst: number;
  readonly count: number;
}

/**
 * Compares `got` with `want`, element by element, against `bound` (absolute, one an element). Where `want`
 * is NaN, `got` must be NaN or infinite (which of the two depends on the order of operations, and the
 * order is the kernel's own); where `want` is infinite, `got` must be the same infinity or NaN. A NaN in
 * `got` alone never passes.
 */
export function compare(
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  bound: ArrayLike<number>,
): Comparison {
  if (got.length !== want.length || want.length !== bound.length) {
    throw new RangeError(
      `compare: lengths differ: got ${got.length}, want ${want.length}, bound ${bound.length}`,
    );
  }
  let maxError = 0;
  let errorOverBound = 0;
  let worst = want.length > 0 ? 0 : -1;
  let differenceSquared = 0;
  let wantSquared = 0;
  for (let i = 0; i < want.length; i++) {
    const error = elementError(got[i], want[i]);
    if (Number.isFinite(error) && Number.isFinite(want[i])) {
      differenceSquared += error * error;
      wantSquared += want[i] * want[i];
    }
    if (error > maxError) maxError = error;
    const share = shareOfBound(error, bound[i]);
    if (share > errorOverBound) {
      errorOverBound = share;
      worst = i;
    }
  }
  return {
    passed: errorOverBound <= 1,
    maxError,
    errorOverBound,
    relativeError: differenceSquared === 0 ? 0 : Math.sqrt(differenceSquared / wantSquared),
    worst,
    count: want.length,
  };
}

/** An infinite error exceeds any bound; so does any error where the bound is zero or NaN. */
function shareOfBound(error: number, bound: number): number {
  if (error === 0) return 0;
  return Number.isFinite(error) && bound > 0 ? error / bound : Infinity;
}

function elementError(got: number, want: number): number {
  if (Number.isFinite(want)) return Number.isFinite(got) ? Math.abs(got - want) : Infinity;
  if (Number.isNaN(want)) return Number.isFinite(got) ? Infinity : 0;
  return Number.isNaN(got) || got === want ? 0 : Infinity;
}
