/** Numbers as links write them, in one spelling each; undefined for what is not allowed. */

const INTEGER = /^(0|[1-9]\d*)$/;
const DECIMAL = /^(0|[1-9]\d*)(\.\d+)?$/;
/** As JavaScript writes them. */
const SIGNED = /^-?(0|[1-9]\d*)(\.\d+)?(e-?\d+)?$/;

/** Digits only: "1e3", "0x10", "+1", "1.0" and "" are no whole numbers. */
export const parseInteger = (text: string, least: number, most: number): number | undefined =>
  parse(INTEGER, text, least, most);

/** "0.5": digits, with a point or without. */
export const parseDecimal = (text: string, least: number, most: number): number | undefined =>
  parse(DECIMAL, text, least, most);

/** "-0.5", "1e-7": with a sign and a power of ten where they are needed. */
export const parseSigned = (text: string, least: number, most: number): number | undefined =>
  parse(SIGNED, text, least, most);

function parse(spelling: RegExp, text: string, least: number, most: number): number | undefined {
  if (!spelling.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}

/** What a separator stands between, all of it or nothing. */
export function parseList<Value>(
  text: string,
  separator: string,
  readPart: (part: string) => Value | undefined,
): Value[] | undefined {
  const values = text.split(separator).map((part) => readPart(part));
  return values.every((value) => value !== undefined) ? values : undefined;
}
