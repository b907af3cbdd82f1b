import { formatFixed, formatDecimal } from '../../../../numeric/format';
import type { Existence, SimilarityTable } from '../../model/similarity-table';

/** Pairs that differ from their mirror images: three at most, then the number of others. */
export function describeAsymmetries(
  { names, values }: SimilarityTable,
  pairs: readonly { row: number; column: number }[],
): string {
  if (pairs.length === 0) return 'It is the same on both sides of its diagonal.';
  const named = pairs
    .slice(0, 3)
    .map(
      ({ row, column }) =>
        `${names[row]} to ${names[column]} is ${formatDecimal(values[row][column])}, and back ${formatDecimal(values[column][row])}`,
    );
  const rest = pairs.length - named.length;
  const more = rest > 0 ? `; so do ${rest} more` : '';
  const count =
    pairs.length === 1
      ? 'One pair differs from its mirror image'
      : `${pairs.length} pairs differ from their mirror images`;
  return `${count}: ${named.join('; ')}${more}.`;
}

/** "0.705 Cell − 0.414 Tissue": the largest parts first, those that round to 0 left out. */
export function formatMixture(names: readonly string[], mix: readonly number[]): string {
  const parts = mix
    .map((part, i) => ({ part, name: names[i] }))
    .filter(({ part }) => Math.abs(part) >= 0.0005)
    .sort((a, b) => Math.abs(b.part) - Math.abs(a.part));
  return parts
    .map(({ part, name }, i) => {
      const sign = i === 0 ? (part < 0 ? '−' : '') : part < 0 ? ' − ' : ' + ';
      return `${sign}${formatFixed(Math.abs(part))} ${name}`;
    })
    .join('');
}

export const describeExistence = (words: string, { exists, minEigenvalue }: Existence): string =>
  `${words}: ${exists ? 'such vectors exist' : 'no such vectors'} (smallest eigenvalue ${formatFixed(minEigenvalue)})`;

/** "0.83 × 0.29 + (−0.21) × 0.44": the terms of a dot product, negligible ones left out. */
export function formatTerms(a: readonly number[], b: readonly number[]): string {
  const format = (value: number) =>
    value < 0 ? `(${formatFixed(value, 2)})` : formatFixed(value, 2);
  const terms = a
    .map((value, i) => [value, b[i]])
    .filter((pair) => Math.abs(pair[0] * pair[1]) >= 0.0005)
    .map((pair) => pair.map(format).join(' × '));
  return terms.length > 0 ? terms.join(' + ') : 'no terms but 0';
}
