import { formatFixed, formatDecimal } from '../../../numeric/format';
import { logSumExp } from '../model/attention';
import type { Vector } from '../model/matrix';

/** Arithmetic with its numbers filled in, as TeX. */

/** 0.75, -0.2, \infty */
export const texNumber = (value: number, decimals = 3): string =>
  asTex(formatDecimal(value, decimals));

/** 0.750, 1{,}024.000: with all decimals. */
export const texDigits = (value: number, decimals = 3): string =>
  asTex(formatFixed(value, decimals));

const asTex = (text: string): string =>
  text
    .replaceAll(',', '{,}')
    .replace('−', '-')
    .replace('∞', '\\infty ')
    .replace('NaN', '\\text{NaN}');

/** As a factor or a later term: a negative number is in brackets. */
export const texFactor = (value: number, decimals = 3): string => {
  const text = texNumber(value, decimals);
  return text.startsWith('-') ? `(${text})` : text;
};

/** A word as text, without TeX's special characters, which no word has. */
export const texWord = (word: string): string => `\\text{${word.replace(/[\\{}$%&#^_~]/g, '')}}`;

/** In the colour of a role. */
export const texIn = (role: string, tex: string): string =>
  role ? `\\htmlClass{${role}}{${tex}}` : tex;

/** Nobody reads more terms than these one by one. */
const MAX_TERMS = 8;

/** Terms joined by plus signs; dots stand for the rest of very many. */
export function texSum(terms: readonly string[]): string {
  if (terms.length === 0) return '0';
  const shown = terms.length > MAX_TERMS ? [...terms.slice(0, MAX_TERMS - 2), '\\cdots'] : terms;
  return shown.join(' + ');
}

/** Smaller terms show as 0 and are left out. */
const MIN_TERM = 1e-9;

/** a₁·b₁ + a₂·b₂ + …, each side in the colour of its role; terms of 0 are left out. */
export function texProducts(
  a: Vector,
  b: Vector,
  [left, right]: readonly [left: string, right: string] = ['', ''],
): string {
  const terms = a.flatMap((value, i) =>
    Math.abs(value * b[i]) < MIN_TERM
      ? []
      : // Braces keep a product on one line.
        `{${texIn(left, texFactor(value))} \\cdot ${texIn(right, texFactor(b[i]))}}`,
  );
  return texSum(terms);
}

/** Exponentials of larger scores have more digits than a line has room for. */
const MAX_EXPONENT = 8;

/**
 * The softmax of the score at `index`: e^s / Σ e^s; scores of −∞ are hidden. For large scores the logarithm of the
 * sum is subtracted in the exponent instead, which is equal.
 */
export function texSoftmax(scores: Vector, index: number, weight: number): string {
  const visible = scores.filter((score) => score > -Infinity);
  if (visible.length === 0) return '0 \\quad \\text{(it sees no word)}';
  if (scores[index] === -Infinity) return `e^{-\\infty} = 0`;
  const result = texIn('weight', texNumber(weight));
  const logSum = logSumExp(visible);
  if (Math.max(...visible.map(Math.abs)) > MAX_EXPONENT) {
    const fraction = `e^{${texNumber(scores[index])} - ${texFactor(logSum)}}`;
    return `${fraction} = ${result}, \\quad ${texNumber(logSum)} = \\ln \\textstyle\\sum_j e^{s_j}`;
  }
  const power = (score: number) => `e^{${texNumber(score)}}`;
  const counts = new Map<string, number>();
  for (const one of visible.map(power)) counts.set(one, (counts.get(one) ?? 0) + 1);
  const powers = [...counts].map(([one, count]) => (count > 1 ? `${count}\\,${one}` : one));
  const [top, sum] = [scores[index], logSum].map(Math.exp);
  return (
    `\\dfrac{${power(scores[index])}}{${texSum(powers)}} = ` +
    `\\dfrac{${texNumber(top)}}{${texNumber(sum)}} = ${result}`
  );
}
