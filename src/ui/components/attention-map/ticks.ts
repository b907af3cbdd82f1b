/** Round numbers from `first` to `last`, evenly spaced by 1, 2 or 5 times a power of ten, at most `most`. */
export function roundTicks(first: number, last: number, most: number): number[] {
  const span = last - first;
  if (!(span >= 0) || !Number.isFinite(span) || most < 1) return [];
  if (span === 0) return [first];
  const step = roundStep(span, most);
  const start = Math.ceil(first / step - 1e-9);
  const count = Math.floor(last / step + 1e-9) - start + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => tidy((start + i) * step));
}

/** Indices with ticks: the same, with whole steps alone. */
export function indexTicks(first: number, last: number, most: number): number[] {
  const step = Math.max(1, roundStep(last - first, most));
  const start = Math.ceil(first / step);
  const count = Math.floor(last / step) - start + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => (start + i) * step);
}

/** Powers of ten between two positive numbers, thinned to at most `most`. */
export function logTicks(low: number, high: number, most: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, most)));
  const ticks: number[] = [];
  for (let exponent = last; exponent >= first; exponent -= stride) ticks.push(10 ** exponent);
  return ticks.reverse().map(tidy);
}

function roundStep(span: number, most: number): number {
  const least = Math.max(span, Number.MIN_VALUE) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const digit = [1, 2, 5, 10].find((d) => d * power >= least * (1 - 1e-9)) ?? 10;
  return digit * power;
}

/** Without the rounding errors of adding up steps. */
const tidy = (value: number): number => Number(value.toPrecision(12));
