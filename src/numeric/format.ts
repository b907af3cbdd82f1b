/** Formats of numbers and words, shared by pages, terminal and files. */

const counts = new Intl.NumberFormat('en-US');

/** "65,536" */
export const formatCount = (count: number): string => counts.format(count);

/** "1 query", "65,536 queries" */
export const formatCounted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** "Light": the first letter in upper case. */
export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "NaN", "∞" or "−∞" */
export function formatNonFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '∞' : '−∞';
}

/**
 * Creating a format is far slower than using it, and the lesson formats hundreds of numbers a frame.
 *
 * @param options The format for a number of digits.
 */
function cachedFormats(options: (digits: number) => Intl.NumberFormatOptions) {
  const formats = new Map<number, Intl.NumberFormat>();
  return (digits: number): Intl.NumberFormat => {
    const format = formats.get(digits) ?? new Intl.NumberFormat('en-US', options(digits));
    formats.set(digits, format);
    return format;
  };
}

const significant = cachedFormats((maximumSignificantDigits) => ({ maximumSignificantDigits }));

/** "0.0457", "1,230": up to `digits` significant digits. */
export const formatSignificant = (value: number, digits: number): string =>
  significant(digits).format(value);

const fixed = cachedFormats((places) => ({
  minimumFractionDigits: places,
  maximumFractionDigits: places,
}));

/** A fixed number of decimals, with a true minus: 0.562, −0.362, 1,024. */
export function formatFixed(value: number, places = 3): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const text = fixed(places).format(Math.abs(value));
  // Values that round to zero have no sign.
  return value < 0 && Number(text.replaceAll(',', '')) !== 0 ? `−${text}` : text;
}

/** At most `places` decimals, without trailing zeros: 0.75, 1, 0.333. For numbers that can be edited. */
export const formatDecimal = (value: number, places = 3): string =>
  Number.isFinite(value)
    ? String(Number(value.toFixed(places))).replace('-', '−')
    : formatNonFinite(value);

/** Two significant digits: 53 %, 7.2 %, 0.47 %. */
export function formatPercent(share: number): string {
  const value = 100 * share;
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const size = Math.abs(value);
  const places = size >= 10 || size === 0 ? 0 : size >= 1 ? 1 : size >= 0.1 ? 2 : 4;
  return `${formatFixed(value, places)} %`;
}

/** Parses typed text with either minus sign and decimal mark; undefined if it is not a number. */
export function parseTypedNumber(text: string): number | undefined {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  const value = plain === '' ? NaN : Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** "−0.2341", "1.235e-5": four significant digits of a float32. */
export function formatFloat(value: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const size = Math.abs(value);
  const isPlain = size === 0 || (size >= 1e-3 && size < 1e5);
  const text = isPlain ? size.toPrecision(4) : size.toExponential(3);
  return value < 0 ? `−${text}` : text;
}
