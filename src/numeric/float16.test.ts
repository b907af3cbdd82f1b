import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeFloat16,
  encodeFloat16,
  fromFloat16Bits,
  roundToFloat16,
  toFloat16Bits,
} from './float16';

fc.configureGlobal({ seed: 104 });

/** All finite magnitudes by their definition, in order: index = bits. */
const MAGNITUDES = Array.from({ length: 0x7c00 }, (_, bits) => {
  const exponent = Math.floor(bits / 1024);
  const fraction = bits % 1024;
  return exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
});

/** Nearest by bisection over all numbers there are; ties to the even bits; slow and obvious. */
function slowBits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  let low = 0;
  let high = MAGNITUDES.length - 1;
  if (magnitude > MAGNITUDES[high]) return sign | (magnitude >= 65520 ? 0x7c00 : high);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (MAGNITUDES[middle] <= magnitude) low = middle;
    else high = middle;
  }
  const [below, above] = [magnitude - MAGNITUDES[low], MAGNITUDES[high] - magnitude];
  if (below === above) return sign | (low % 2 === 0 ? low : high);
  return sign | (below < above ? low : high);
}

describe('every bit pattern', () => {
  it('decodes to the number it stands for, and back', () => {
    for (let bits = 0; bits < 0x7c00; bits++) {
      if (fromFloat16Bits(bits) !== MAGNITUDES[bits]) expect.fail(`bits ${bits}`);
      if (!Object.is(fromFloat16Bits(bits | 0x8000), -MAGNITUDES[bits]))
        expect.fail(`−bits ${bits}`);
      if (toFloat16Bits(MAGNITUDES[bits]) !== bits) expect.fail(`value ${MAGNITUDES[bits]}`);
      if (toFloat16Bits(-MAGNITUDES[bits]) !== (bits | 0x8000)) expect.fail(`−${MAGNITUDES[bits]}`);
    }
    for (let fraction = 1; fraction < 1024; fraction++) {
      if (!Number.isNaN(fromFloat16Bits(0x7c00 | fraction))) expect.fail(`NaN ${fraction}`);
      if (!Number.isNaN(fromFloat16Bits(0xfc00 | fraction))) expect.fail(`−NaN ${fraction}`);
    }
    expect([fromFloat16Bits(0x7c00), fromFloat16Bits(0xfc00)]).toEqual([Infinity, -Infinity]);
  });
});

describe('rounding', () => {
  it('takes midpoints to the even neighbour, and all else to the nearer one', () => {
    for (let bits = 0; bits < 0x7bff; bits++) {
      const middle = (MAGNITUDES[bits] + MAGNITUDES[bits + 1]) / 2;
      const even = bits % 2 === 0 ? bits : bits + 1;
      if (toFloat16Bits(middle) !== even) expect.fail(`midpoint above ${bits}`);
      // The nearest doubles on both sides: nearer than binary32 could tell.
      const step = middle * 2 ** -52;
      if (toFloat16Bits(middle - step) !== bits) expect.fail(`below the midpoint above ${bits}`);
      if (toFloat16Bits(middle + step) !== bits + 1)
        expect.fail(`beyond the midpoint above ${bits}`);
    }
  });

  it('agrees with a slow, independent search', () => {
    const scaled = fc
      .tuple(fc.double({ min: 1, max: 2, noNaN: true }), fc.integer({ min: -30, max: 17 }))
      .map(([mantissa, exponent]) => mantissa * 2 ** exponent);
    const value = fc.oneof(scaled, fc.double(), fc.float());
    fc.assert(
      fc.property(value, fc.boolean(), (magnitude, negative) => {
        const signed = negative ? -magnitude : magnitude;
        expect(toFloat16Bits(signed)).toBe(slowBits(signed));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    [65504, 65504],
    [65519.999999999, 65504],
    [65520, Infinity],
    [1e300, Infinity],
    [-65520, -Infinity],
    [2 ** -24, 2 ** -24],
    [2 ** -25, 0],
    [2 ** -25 * (1 + 2 ** -52), 2 ** -24],
    [-(2 ** -26), -0],
    [2 ** -14 - 2 ** -26, 2 ** -14],
    [-0, -0],
    [Number.MIN_VALUE, 0],
    [NaN, NaN],
  ])('takes %d to %d', (value, rounded) => expect(roundToFloat16(value)).toBe(rounded));
});

it('converts arrays element by element', () => {
  const values = [1, -2.5, 0.1, 1e6, NaN];
  const decoded = decodeFloat16(encodeFloat16(values));
  expect([...decoded]).toEqual([1, -2.5, 0.0999755859375, Infinity, NaN]);
});
