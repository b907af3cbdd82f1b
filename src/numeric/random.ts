/**
 * The quantile function of the standard normal distribution: Wichura's algorithm AS 241, PPND16
 * (Applied Statistics 37, 1988), with relative error below 1e-15. Only +, −, ×, ÷ and √ are used, which
 * IEEE 754 rounds exactly, so every engine returns the same bits.
 */
export function normalQuantile(probability: number): number {
  const q = probability - 0.5;
  if (Math.abs(q) <= 0.425) return q * rational(CENTRE, 0.180625 - q * q);
  const tail = q < 0 ? probability : 1 - probability;
  const r = Math.sqrt(-portableLog(tail));
  const value = r <= 5 ? rational(MIDDLE, r - 1.6) : rational(FAR, r - 5);
  return q < 0 ? -value : value;
}

/**
 * Natural logarithm of a positive normal number, by the series of the inverse hyperbolic tangent.
 * `Math.log` may differ in its last bit from engine to engine; this does not.
 */
export function portableLog(x: number): number {
  double[0] = x;
  let exponent = (doubleWords[1] >>> 20) - 1023;
  doubleWords[1] = (doubleWords[1] & 0x000fffff) | 0x3ff00000;
  let mantissa = double[0];
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = sum * square + 1 / n;
  return exponent * Math.LN2 + 2 * s * sum;
}

const double = new Float64Array(1);
const doubleWords = new Uint32Array(double.buffer);

interface Rational {
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

function rational({ numerator, denominator }: Rational, x: number): number {
  let above = 0;
  let below = 0;
  for (let i = 7; i >= 0; i--) {
    above = above * x + numerator[i];
    below = below * x + denominator[i];
  }
  return above / below;
}

// Coefficients of the published algorithm, lowest power first, rounded to float64.
const CENTRE: Rational = {
  numerator: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  denominator: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597,
    39307.89580009271, 28729.085735721943, 5226.495278852854,
  ],
};
const MIDDLE: Rational = {
  numerator: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
    1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  denominator: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
    0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
  ],
};
const FAR: Rational = {
  numerator: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
    0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  denominator: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

/**
 * Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3" (SC 2011). Each block can be computed alone, so threads share a
 * sequence without communication, and a seed gives the same numbers everywhere.
 */
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

/** Writes the four 32-bit words of block `counter` (c0, c1, c2, c3) under `key` (k0, k1) to `out`. */
export function philox(
  out: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): void {
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** The upper 32 bits of the 64-bit product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + ((middle / 65536) >>> 0) + ((carry / 65536) >>> 0)) | 0;
}

export type Distribution = 'normal' | 'uniform';

export interface RandomOptions {
  /** A whole number from 0 to 2³² − 1. */
  readonly seed: number;
  /** Independent sequences of one seed: for example one for queries, one for keys. */
  readonly stream?: number;
  /** Standard normal, or uniform on (−1, 1). */
  readonly distribution?: Distribution;
  /** Index of the first value in the sequence, so that it can be filled in parts. */
  readonly start?: number;
}

/** Fills `out` with seeded values: the same for the same options, on every engine and thread. */
export function fillRandom<T extends Float32Array | Float64Array>(
  out: T,
  options: RandomOptions,
): T {
  const { seed, stream = 0, distribution = 'normal', start = 0 } = options;
  const words = new Uint32Array(4);
  let block = -1;
  for (let i = 0; i < out.length; i++) {
    const position = start + i;
    const wanted = Math.floor(position / 4);
    if (wanted !== block) {
      block = wanted;
      philox(words, block, Math.floor(block / 2 ** 32), stream, 0, seed, 0);
    }
    // Half a step in from both ends: neither 0 nor 1, so the normal quantile is finite.
    const uniform = (words[position % 4] + 0.5) * 2 ** -32;
    out[i] = distribution === 'normal' ? normalQuantile(uniform) : 2 * uniform - 1;
  }
  return out;
}

/** `count` distinct whole numbers below `limit`, ascending: a seeded sample without replacement. */
export function sampleIndices(count: number, limit: number, seed: number): number[] {
  if (count >= limit) return Array.from({ length: limit }, (_, i) => i);
  const chosen = new Set<number>();
  const words = new Uint32Array(4);
  // Floyd's algorithm: each subset is equally likely, with one draw an element.
  for (let i = limit - count; i < limit; i++) {
    philox(words, i, 0, 0x5a4d, 0, seed, 0);
    const draw = Math.floor((words[0] * 2 ** -32 + words[1] * 2 ** -64) * (i + 1));
    chosen.add(chosen.has(draw) ? i : draw);
  }
  return [...chosen].sort((a, b) => a - b);
}
