import { formatFixed, formatDecimal } from '../../../../ui/format-number';
import { printedFractions, softmax } from '../../model/attention';
import { pairOf } from '../../model/scores';
import type { LessonState } from '../../model/state';
import { texDigits, texFactor, texNumber } from '../../parts/arithmetic';

/** What the exponentials are divided by: e to the sum of the scores, as printed, or their own sum. */
export type Denominator = 'printed' | 'correct';

/** The pair with its scores, and the shares that a softmax gives; a sentence of one word has one alone. */
export function pairWithShares(state: LessonState) {
  const { names, scores, positions: places } = pairOf(state);
  const { temperature } = state;
  const own = places[0] === places[1] ? scores.slice(0, 1) : scores;
  return { names, places, scores: own, temperature, shares: softmax(own, { temperature }) };
}

export interface Fractions {
  readonly scores: readonly number[];
  readonly denominator: Denominator;
  /** The temperature that counts: the deck knows none. */
  readonly temperature: number;
  readonly powers: readonly number[];
  /** What they are divided by. */
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
  const heat = printed ? 1 : temperature;
  const powers = scores.map((score) => Math.exp(score / heat));
  const below = printed?.denominator ?? powers.reduce((a, b) => a + b, 0);
  const shares = powers.map((power) => power / below);
  return {
    scores,
    denominator,
    temperature: heat,
    powers,
    divisor: below,
    shares,
    sum: shares.reduce((a, b) => a + b),
  };
}

/** Each fraction with its numbers. */
export function texFractions({
  scores,
  denominator,
  temperature: heat,
  powers,
  divisor: below,
  shares,
}: Fractions) {
  const over = heat === 1 ? '' : `/${texNumber(heat)}`;
  const exponents = scores.map((score) => `${texNumber(score)}${over}`);
  const sum =
    denominator === 'printed'
      ? `e^{${[texNumber(scores[0]), ...scores.slice(1).map((score) => texFactor(score))].join(' + ')}}`
      : exponents.map((exponent) => `e^{${exponent}}`).join(' + ');
  return exponents.map(
    (exponent, i) =>
      String.raw`\frac{e^{${exponent}}}{${sum}} = \frac{${texDigits(powers[i])}}{${texDigits(below)}} = \htmlClass{weight}{${texDigits(shares[i])}}`,
  );
}

/** The fraction that is pointed at, and all of them. */
export function describeFractions(
  { denominator, powers, divisor: below, shares, sum }: Fractions,
  names: readonly string[],
  index: number,
): string {
  const at = Math.min(index, shares.length - 1);
  const told = `${names[at]}: ${formatFixed(powers[at])} / ${formatFixed(below)} = ${formatFixed(shares[at])}.`;
  const all = shares.map((share, i) => `${formatFixed(share)} for ${names[i]}`).join(' and ');
  const written = denominator === 'printed' ? 'As the deck writes it, ' : '';
  return `${told} ${written}${all}: together ${formatFixed(sum)}.`;
}

/** `needed`: the temperature that gives the first word `share` of the weight, where there is one. */
export function describeTemperature(
  { names, shares, temperature }: ReturnType<typeof pairWithShares>,
  needed: number | undefined,
  share: number,
): string {
  const told = `At temperature ${formatDecimal(temperature)} ${names[0]} has ${formatFixed(shares[0])}`;
  if (shares.length === 1) return `${told}: there is nothing to share with.`;
  const printed = `The deck’s ${formatDecimal(share)} and ${formatDecimal(1 - share)}`;
  const where =
    needed === undefined
      ? `No temperature gives ${names[0]} more than half.`
      : `${printed} would need temperature ${formatFixed(needed)}.`;
  return `${told} and ${names[1]} ${formatFixed(shares[1])}. ${where}`;
}
