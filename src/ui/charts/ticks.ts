import { ticks } from 'd3-array';

/** D3 divides by the step, which underflows below this. */
const MIN_SPAN = 1e-290;

/** At most `max` round numbers between two ends, spaced by 1, 2 or 5 times a power of ten. */
export function roundTicks(first: number, last: number, max: number): number[] {
  if (!(last >= first) || !Number.isFinite(last - first)) return [];
  if (last - first < MIN_SPAN) return max >= 1 ? [first] : [];
  // D3 treats the count as approximate.
  for (let count = Math.floor(max); count >= 1; count--) {
    const found = ticks(first, last, count);
    if (found.length <= max) return found;
  }
  return [];
}

/** Ticks for indices: integers only. */
export function indexTicks(first: number, last: number, max: number): number[] {
  const whole = Math.floor(last) - Math.ceil(first) + 1;
  if (whole <= max)
    return Array.from({ length: Math.max(0, whole) }, (_, i) => Math.ceil(first) + i);
  return roundTicks(first, last, Math.max(1, max)).filter(Number.isInteger);
}

/** At most `max` powers of ten between two positive numbers, including the largest. */
export function logTicks(low: number, high: number, max: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, max)));
  const exponents = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => last - i);
  return exponents
    .filter((_, i) => i % stride === 0)
    .reverse()
    .map((exponent) => Number(`1e${exponent}`));
}
