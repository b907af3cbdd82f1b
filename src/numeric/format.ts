/** Number formats shared by pages, terminal and files. */

const counts = new Intl.NumberFormat('en-US');

/** "65,536" */
export const formatCount = (count: number): string => counts.format(count);

/** "1 query", "65,536 queries" */
export const formatCounted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** "NaN", "∞" or "−∞" */
export function formatNonFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '∞' : '−∞';
}

const significant = new Map<number, Intl.NumberFormat>();

/** "0.0457", "1,230": up to `digits` significant digits. */
export function formatSignificant(value: number, digits: number): string {
  let format = significant.get(digits);
  if (!format) {
    format = new Intl.NumberFormat('en-US', { maximumSignificantDigits: digits });
    significant.set(digits, format);
  }
  return format.format(value);
}
