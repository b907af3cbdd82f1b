import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDecimal, readList, readSigned, readWhole } from '../../../src/numeric/number-text';

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
    expect(readWhole(text, 0, LARGE)).toBe(whole);
    expect(readDecimal(text, 0, LARGE)).toBe(decimal);
    expect(readSigned(text, -LARGE, LARGE)).toBe(signed);
  });

  it.each(none)('“%s” is none', (text) => {
    const read = [readWhole, readDecimal, readSigned].map((it) => it(text, -LARGE, LARGE));
    expect(read).toEqual([undefined, undefined, undefined]);
  });

  it('keep to their limits, both of which are allowed', () => {
    const wholes = ['3', '4', '9', '10'].map((text) => readWhole(text, 4, 9));
    expect(wholes).toEqual([undefined, 4, 9, undefined]);
    expect(readDecimal('0.01', 0.01, 1)).toBe(0.01);
    expect(readDecimal('1.001', 0.01, 1)).toBeUndefined();
    expect(readSigned('-1.5', -1, 1)).toBeUndefined();
  });

  it('are read as JavaScript writes them', () => {
    const most = 1e20;
    fc.assert(
      fc.property(fc.double({ min: -most, max: most, noNaN: true }), (value) => {
        expect(readSigned(String(value), -most, most)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe('readList', () => {
  const digits = (text: string) => readList(text, ',', (part) => readWhole(part, 0, 9));

  it('reads all or nothing', () => {
    expect(digits('1,2,3')).toEqual([1, 2, 3]);
    expect(digits('1')).toEqual([1]);
    for (const text of ['', '1,', ',1', '1,10', '1;2']) expect(digits(text)).toBeUndefined();
  });
});
