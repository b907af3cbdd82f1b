/**
 * What a score must reach so that the `sharers` keys meant hold `odds` times the weight of all others.
 * The others score gain · x with x the product of two unlike codes of `width` values; their average
 * exponential is that of width / 2 cosines at random angles, I₀(gain / pairs)^pairs.
 */
export function gainFor(keys: number, sharers: number, width: number, odds: number): number {
  const pairs = width / 2;
  const wanted = Math.log(Math.max(1, keys / sharers)) + Math.log(odds);
  const reached = (gain: number) => gain - pairs * logBesselI0(gain / pairs);
  // It grows with the gain, ever slower; where the width is too small for what is wanted, the most is taken.
  let [low, high] = [0, LARGEST_GAIN];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (reached(middle) < wanted) low = middle;
    else high = middle;
  }
  return high;
}

/** Scores of this size are still whole and fractional in float16's products. */
const LARGEST_GAIN = 60;

/** ln I₀(x) by its power series: Σ (x²/4)^k / (k!)², which all of our arguments need few terms of. */
function logBesselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= (x * x) / 4 / (k * k);
    sum += term;
  }
  return Math.log(sum);
}
