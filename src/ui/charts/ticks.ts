import { ticks } from 'd3-array';

/** D3 divides by the step, which must not become infinite. */
const MIN_SPAN = 1e-290;

/** Round numbers between two ends, evenly spaced by 1, 2 or 5 times a power of ten, at most `max` of them. */
export function roundTicks(first: number, last: number, max: number): number[] {
  if (!(last >= first) || !Number.isFinite(last - first)) return [];
  if (last - first < MIN_SPAN) return max >= 1 ? [first] : [];
  // D3 takes the number as a wish.
  for (let count = Math.floor(max); count >= 1; count--) {
    const found = ticks(first, last, count);
    if (found.length <= max) return found;
  }
  return [];
}

/** The same for indices: whole numbers alone. */
export function indexTicks(first: number, last: number, max: number): number[] {
  const whole = Math.floor(last) - Math.ceil(first) + 1;
  if (whole <= max)
    return Array.from({ length: Math.max(0, whole) }, (_, i) => Math.ceil(first) + i);
  return roundTicks(first, last, Math.max(1, max)).filter(Number.isInteger);
}

/** Powers of ten between two positive numbers, thinned to at most `max`; the largest stays. */
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
