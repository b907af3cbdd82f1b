/** Numbers in links, each in one spelling only; undefined for anything else. */

const INTEGER = /^(0|[1-9]\d*)$/;
const DECIMAL = /^(0|[1-9]\d*)(\.\d+)?$/;
/** The spelling of `String(number)`. */
const SIGNED = /^-?(0|[1-9]\d*)(\.\d+)?(e-?\d+)?$/;

/** Digits only: "1e3", "0x10", "+1", "1.0" and "" are rejected. */
export const parseInteger = (text: string, min: number, max: number): number | undefined =>
  parse(INTEGER, text, min, max);

/** "0.5": digits with or without a decimal point. */
export const parseDecimal = (text: string, min: number, max: number): number | undefined =>
  parse(DECIMAL, text, min, max);

/** "-0.5", "1e-7": with sign and exponent where needed. */
export const parseSigned = (text: string, min: number, max: number): number | undefined =>
  parse(SIGNED, text, min, max);

function parse(spelling: RegExp, text: string, min: number, max: number): number | undefined {
  if (!spelling.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

/** Items between separators; undefined if any of them is not allowed. */
export function parseList<Value>(
  text: string,
  separator: string,
  readPart: (part: string) => Value | undefined,
): Value[] | undefined {
  const values = text.split(separator).map((part) => readPart(part));
  return values.every((value) => value !== undefined) ? values : undefined;
}
