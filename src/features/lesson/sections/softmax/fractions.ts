import { formatFixed, formatDecimal } from '../../../../numeric/format';
import { printedFractions, softmax, temperatureFor } from '../../model/attention';
import { pairOf } from '../../model/scores';
import type { LessonState } from '../../model/state';
import { texDigits, texFactor, texNumber } from '../../parts/arithmetic';

/** The divisor of the exponentials: e to the sum of the scores, as printed, or the sum of the exponentials. */
export type Denominator = 'printed' | 'correct';

/** The deck's share for the querying word. */
export const PRINTED_SHARE = 0.58;

/** The pair with its softmax shares; in a sentence of one word a single word. */
export function pairWithShares(state: LessonState) {
  const { names, scores: both, positions } = pairOf(state);
  const { temperature } = state;
  const scores = positions[0] === positions[1] ? both.slice(0, 1) : both;
  const lead = both[0] - both[1];
  return {
    names,
    positions,
    scores,
    temperature,
    shares: softmax(scores, { temperature }),
    /** The temperature at which the querying word has the printed share, if there is one. */
    needed: lead > 0 ? temperatureFor(lead, PRINTED_SHARE) : undefined,
  };
}

export type PairWithShares = ReturnType<typeof pairWithShares>;

/** The shares as fractions, in their parts. */
export function fractionsOf(
  scores: readonly number[],
  temperature: number,
  denominator: Denominator,
) {
  const printed = denominator === 'printed' ? printedFractions(scores) : undefined;
  // The deck's fractions know no temperature.
  const used = printed ? 1 : temperature;
  const powers = scores.map((score) => Math.exp(score / used));
  const divisor = printed?.denominator ?? powers.reduce((a, b) => a + b, 0);
  const shares = powers.map((power) => power / divisor);
  const sum = shares.reduce((a, b) => a + b);
  return { scores, denominator, temperature: used, powers, divisor, shares, sum };
}

type Fractions = ReturnType<typeof fractionsOf>;

export function texFractions(fractions: Fractions) {
  const { scores, denominator, temperature, powers, divisor, shares } = fractions;
  const quotient = temperature === 1 ? '' : `/${texNumber(temperature)}`;
  const exponents = scores.map((score) => `${texNumber(score)}${quotient}`);
  const sum =
    denominator === 'printed'
      ? `e^{${[texNumber(scores[0]), ...scores.slice(1).map((score) => texFactor(score))].join(' + ')}}`
      : exponents.map((exponent) => `e^{${exponent}}`).join(' + ');
  return exponents.map(
    (exponent, i) =>
      String.raw`\frac{e^{${exponent}}}{${sum}} = \frac{${texDigits(powers[i])}}{${texDigits(divisor)}} = \htmlClass{weight}{${texDigits(shares[i])}}`,
  );
}

/** The fraction at `index`, then all of them. */
export function describeFractions(
  { denominator, powers, divisor, shares, sum }: Fractions,
  names: readonly string[],
  index: number,
): string {
  const chosen = Math.min(index, shares.length - 1);
  const text = `${names[chosen]}: ${formatFixed(powers[chosen])} / ${formatFixed(divisor)} = ${formatFixed(shares[chosen])}.`;
  const all = shares.map((share, i) => `${formatFixed(share)} for ${names[i]}`).join(' and ');
  const written = denominator === 'printed' ? 'As the deck writes it, ' : '';
  return `${text} ${written}${all}: together ${formatFixed(sum)}.`;
}

export function describeTemperature(pair: PairWithShares): string {
  const { names, shares, temperature, needed } = pair;
  const text = `At temperature ${formatDecimal(temperature)} ${names[0]} has ${formatFixed(shares[0])}`;
  if (shares.length === 1) return `${text}: there is nothing to share with.`;
  const printed = `The deck’s ${formatDecimal(PRINTED_SHARE)} and ${formatDecimal(1 - PRINTED_SHARE)}`;
  const where =
    needed === undefined
      ? `No temperature gives ${names[0]} more than half.`
      : `${printed} would need temperature ${formatFixed(needed)}.`;
  return `${text} and ${names[1]} ${formatFixed(shares[1])}. ${where}`;
}
