import { formatFixed, formatDecimal } from '../../../../numeric/format';
import { printedFractions, softmax } from '../../model/attention';
import { pairOf } from '../../model/scores';
import type { LessonState } from '../../model/state';
import { texDigits, texFactor, texNumber } from '../../parts/arithmetic';

/** The divisor of the exponentials: e to the sum of the scores, as printed, or the sum of the exponentials. */
export type Denominator = 'printed' | 'correct';

/** The pair with its softmax shares; in a sentence of one word a single word. */
export function pairWithShares(state: LessonState) {
  const { names, scores, positions } = pairOf(state);
  const { temperature } = state;
  const own = positions[0] === positions[1] ? scores.slice(0, 1) : scores;
  return { names, positions, scores: own, temperature, shares: softmax(own, { temperature }) };
}

export interface Fractions {
  readonly scores: readonly number[];
  readonly denominator: Denominator;
  /** 1 for the deck's fractions. */
  readonly temperature: number;
  readonly powers: readonly number[];
  readonly divisor: number;
  readonly shares: readonly number[];
  readonly sum: number;
}

export function fractionsOf(
  scores: readonly number[],
  temperature: number,
  denominator: Denominator,
): Fractions {
  const printed = denominator === 'printed' ? printedFractions(scores) : undefined;
  // The deck's fractions know no temperature.
  const used = printed ? 1 : temperature;
  const powers = scores.map((score) => Math.exp(score / used));
  const divisor = printed?.denominator ?? powers.reduce((a, b) => a + b, 0);
  const shares = powers.map((power) => power / divisor);
  const sum = shares.reduce((a, b) => a + b);
  return { scores, denominator, temperature: used, powers, divisor, shares, sum };
}

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

/** `needed` is the temperature at which the first word has `share` of the weight, if there is one. */
export function describeTemperature(
  { names, shares, temperature }: ReturnType<typeof pairWithShares>,
  needed: number | undefined,
  share: number,
): string {
  const text = `At temperature ${formatDecimal(temperature)} ${names[0]} has ${formatFixed(shares[0])}`;
  if (shares.length === 1) return `${text}: there is nothing to share with.`;
  const printed = `The deck’s ${formatDecimal(share)} and ${formatDecimal(1 - share)}`;
  const where =
    needed === undefined
      ? `No temperature gives ${names[0]} more than half.`
      : `${printed} would need temperature ${formatFixed(needed)}.`;
  return `${text} and ${names[1]} ${formatFixed(shares[1])}. ${where}`;
}
