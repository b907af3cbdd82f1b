export type ScaleKind = 'linear' | 'log' | 'rank';

export const scaleKinds: readonly ScaleKind[] = ['linear', 'log', 'rank'];

/** What the colours must span: found by looking at what is visible, or told. */
export interface ValueRange {
  /** Smallest and largest finite value; of a signed map, by magnitude, never below 0. */
  readonly low: number;
  readonly high: number;
  /** Finite magnitudes above 0 in ascending order, a sample where there are many: what ranks are read from. */
  readonly sample: Float64Array;
}

export interface ColorScale {
  /** Linear where nothing is above 0, whatever was asked for. */
  readonly kind: ScaleKind;
  readonly signed: boolean;
  readonly low: number;
  readonly high: number;
  /** Where a finite value stands among the colours: 0 to 1. */
  place(value: number): number;
  /** The value that stands there: the other way round, for the legend. */
  valueAt(place: number): number;
}

/** A logarithmic scale goes no deeper than this share of its largest value: below it, all is one colour. */
const LOG_DEPTH = 1e-6;

/** Places of values among colours. Signed scales are symmetric: 0 is in the middle. */
export function colorScale(kind: ScaleKind, signed: boolean, range: ValueRange): ColorScale {
  const up = magnitudeScale(kind, signed, range);
  if (!signed) return { signed, ...up };
  return {
    kind: up.kind,
    signed,
    low: -up.high,
    high: up.high,
    place: (value) => 0.5 + (Math.sign(value) * up.place(Math.abs(value))) / 2,
    valueAt: (place) => Math.sign(place - 0.5) * up.valueAt(Math.abs(2 * place - 1)),
  };
}

const within = (place: number): number => (place > 0 ? Math.min(1, place) : 0);

function magnitudeScale(kind: ScaleKind, signed: boolean, { low, high, sample }: ValueRange) {
  if (!(high > 0)) return linear(0, 1);
  if (kind === 'linear') return linear(0, high);
  if (kind === 'rank' && sample.length > 1) return ranked(sample);
  const floor = Math.max(low > 0 ? low : high * LOG_DEPTH, high * LOG_DEPTH);
  // Around 0 a signed scale has nothing to be logarithmic about: it starts at its floor.
  return logarithmic(signed || floor === high ? high * LOG_DEPTH : floor, high);
}

function linear(low: number, high: number) {
  const span = high - low;
  return {
    kind: 'linear' as const,
    low,
    high,
    place: (value: number) => within((value - low) / span),
    valueAt: (place: number) => low + place * span,
  };
}

function logarithmic(low: number, high: number) {
  const depth = Math.log(high / low);
  return {
    kind: 'log' as const,
    low,
    high,
    place: (value: number) => within(Math.log(value / low) / depth),
    valueAt: (place: number) => low * Math.exp(place * depth),
  };
}

/** Equal shares of the values get equal shares of the colours. */
function ranked(sample: Float64Array) {
  const last = sample.length - 1;
  const place = (value: number) => {
    let [from, to] = [0, last];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (sample[middle] < value) from = middle + 1;
      else to = middle;
    }
    return value > sample[last] ? 1 : from / last;
  };
  const valueAt = (at: number) => sample[Math.round(within(at) * last)];
  return { kind: 'rank' as const, low: sample[0], high: sample[last], place, valueAt };
}
