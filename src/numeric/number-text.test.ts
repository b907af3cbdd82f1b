import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal, parseList, parseSigned, parseInteger } from './parse';

fc.configureGlobal({ seed: 4180 });

const LARGE = 1e9;

interface Spelling {
  readonly text: string;
  readonly whole?: number;
  readonly decimal?: number;
  readonly signed: number;
}

const spellings: readonly Spelling[] = [
  { text: '0', whole: 0, decimal: 0, signed: 0 },
  { text: '12', whole: 12, decimal: 12, signed: 12 },
  { text: '0.50', decimal: 0.5, signed: 0.5 },
  { text: '-3', signed: -3 },
  { text: '-0.25', signed: -0.25 },
  { text: '1e-7', signed: 1e-7 },
  { text: '1e3', signed: 1000 },
];
const none = ['', ' 1', '1 ', '01', '+1', '1.', '.5', '0x10', 'NaN', 'Infinity', '1_000', '1e+3'];

describe('numbers in links', () => {
  it.each(spellings)('%o', ({ text, whole, decimal, signed }) => {
    expect(parseInteger(text, 0, LARGE)).toBe(whole);
    expect(parseDecimal(text, 0, LARGE)).toBe(decimal);
    expect(parseSigned(text, -LARGE, LARGE)).toBe(signed);
  });

  it.each(none)('“%s” is none', (text) => {
    const read = [parseInteger, parseDecimal, parseSigned].map((it) => it(text, -LARGE, LARGE));
    expect(read).toEqual([undefined, undefined, undefined]);
  });

  it('keep to their limits, both of which are allowed', () => {
    const wholes = ['3', '4', '9', '10'].map((text) => parseInteger(text, 4, 9));
    expect(wholes).toEqual([undefined, 4, 9, undefined]);
    expect(parseDecimal('0.01', 0.01, 1)).toBe(0.01);
    expect(parseDecimal('1.001', 0.01, 1)).toBeUndefined();
    expect(parseSigned('-1.5', -1, 1)).toBeUndefined();
  });

  it('are read as JavaScript writes them', () => {
    const most = 1e20;
    fc.assert(
      fc.property(fc.double({ min: -most, max: most, noNaN: true }), (value) => {
        expect(parseSigned(String(value), -most, most)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe('readList', () => {
  const digits = (text: string) => parseList(text, ',', (part) => parseInteger(part, 0, 9));

  it('reads all or nothing', () => {
    expect(digits('1,2,3')).toEqual([1, 2, 3]);
    expect(digits('1')).toEqual([1]);
    for (const text of ['', '1,', ',1', '1,10', '1;2']) expect(digits(text)).toBeUndefined();
  });
});
