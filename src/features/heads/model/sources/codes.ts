import { normalQuantile, fillRandom } from '../../../../numeric/random';
import { randomDraws } from './planted-tokens';

/**
 * The score at which `sharers` keys together have `odds` times the weight of all other keys. The others score gain · x,
 * where x is the dot product of two unrelated codes of `width` values; their mean exponential is that of width / 2
 * cosines at random angles, I₀(gain / pairs)^pairs.
 */
export function gainFor(keys: number, sharers: number, width: number, odds: number): number {
  const pairs = width / 2;
  const target = Math.log(Math.max(1, keys / sharers)) + Math.log(odds);
  const reached = (gain: number) => gain - pairs * logBesselI0(gain / pairs);
  // `reached` grows with the gain, ever slower. Where the width is too small, the largest gain is taken.
  let [low, high] = [0, MAX_GAIN];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (reached(middle) < target) low = middle;
    else high = middle;
  }
  return high;
}

/** Scores of this size still have fractional bits in float16. */
const MAX_GAIN = 60;

/** ln I₀(x) by its power series Σ (x²/4)^k / (k!)², which needs few terms for these arguments. */
function logBesselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= (x * x) / 4 / (k * k);
    sum += term;
  }
  return Math.log(sum);
}

/**
 * Codes: vectors of length about 1 whose dot products measure the similarity of two positions or words. Stored as rows
 * of `width` values.
 */

/**
 * Codes that distinguish every position: cosines and sines at evenly spread frequencies. The dot product of two codes is 1
 * for the same position and about 0 ± 1/√width for any other, near or far, so a few dozen values distinguish 65,536
 * positions.
 */
export function positionCodes(length: number, width: number, seed: number): Float32Array {
  const draw = randomDraws(seed, 0xc0d1);
  const pairs = width / 2;
  // Stratified: one random frequency in each of equal intervals, so that they are spread but incommensurable.
  const frequencies = Array.from({ length: pairs }, (_, m) => (Math.PI * (m + draw())) / pairs);
  return waves(length, width, frequencies, 1 / Math.sqrt(pairs));
}

/** Codes that are similar for near positions: dot products fall off as a Gaussian of the distance. */
export function nearnessCodes(length: number, width: number, spread: number): Float32Array {
  const pairs = width / 2;
  // Quantiles of the Gaussian's Fourier transform, which is a Gaussian.
  const frequencies = Array.from(
    { length: pairs },
    (_, m) => normalQuantile((m + 0.5) / pairs) / spread,
  );
  return waves(length, width, frequencies, 1 / Math.sqrt(pairs));
}

/**
 * Codes that are similar for positions a whole number of periods apart: harmonics of the period. There are at most
 * width / 2 of them, so a period of more than `width` tokens is blurred to about period / width tokens.
 */
export function strideCodes(length: number, width: number, period: number): Float32Array {
  const harmonics = Math.min(width / 2, Math.floor(period / 2));
  const frequencies = Array.from({ length: harmonics }, (_, m) => (2 * Math.PI * (m + 1)) / period);
  return waves(length, width, frequencies, 1 / Math.sqrt(harmonics));
}

export function randomCodes(rows: number, width: number, seed: number, stream: number) {
  const codes = fillRandom(new Float32Array(rows * width), {
    seed,
    stream,
    distribution: 'uniform',
  });
  for (let row = 0; row < rows; row++) normalise(codes.subarray(row * width, (row + 1) * width));
  return codes;
}

/** A random code for each different word, and the codes of a sequence of words. */
export function wordCodes(ids: Uint32Array, width: number, seed: number): Float32Array {
  const known = new Map<number, number>();
  const codes = new Float32Array(ids.length * width);
  ids.forEach((id, i) => {
    const first = known.get(id);
    if (first !== undefined) {
      codes.copyWithin(i * width, first * width, (first + 1) * width);
      return;
    }
    known.set(id, i);
    const row = codes.subarray(i * width, (i + 1) * width);
    normalise(
      fillRandom(row, { seed, stream: 0xc0d2, distribution: 'uniform', start: id * width }),
    );
  });
  return codes;
}

/** Scales a row to length 1. */
export function normalise(row: Float32Array): void {
  let squares = 0;
  for (const value of row) squares += value * value;
  const scale = 1 / Math.sqrt(squares);
  for (let i = 0; i < row.length; i++) row[i] *= scale;
}

function waves(
  length: number,
  width: number,
  frequencies: readonly number[],
  amplitude: number,
): Float32Array {
  const codes = new Float32Array(length * width);
  for (let i = 0; i < length; i++) {
    for (let m = 0; m < frequencies.length; m++) {
      codes[i * width + 2 * m] = amplitude * Math.cos(frequencies[m] * i);
      codes[i * width + 2 * m + 1] = amplitude * Math.sin(frequencies[m] * i);
    }
  }
  return codes;
}
