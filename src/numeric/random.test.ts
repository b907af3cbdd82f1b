import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RandomOptions, fillRandom } from './random';

fc.configureGlobal({ seed: 101 });

const values = (count: number, options: RandomOptions) => [
  ...fillRandom(new Float32Array(count), options),
];

/**
 * Computed once with 40 digits (Philox in exact integers, the quantile by inverse erfc) and rounded to
 * float32: every engine and thread must give these bits.
 */
const GOLDEN: readonly [RandomOptions, readonly number[]][] = [
  [{ seed: 0 }, [0xbe82fa50, 0x3f96bb4f, 0x3f2153b7, 0x3e88fdeb]],
  [
    { seed: 1 },
    [
      0x3f9d2c14, 0x3fa03c14, 0x3e5dc2f8, 0x3f0e9da7, 0x3ee41069, 0x3f92b1a2, 0xbd7abe99,
      0x3ecdbf6b,
    ],
  ],
  [{ seed: 1, stream: 1 }, [0xbff5b67c, 0xbf24da45, 0xbf434628, 0xbe39222b]],
  [{ seed: 4294967295, stream: 2, start: 5 }, [0x3d6e9c22, 0x3f32d3f6, 0xbe3074b8, 0x3e98dbdb]],
  [{ seed: 7, start: 2 ** 35 + 3 }, [0x3f1d4783, 0x3f050dd4, 0xbfc85c20, 0xbf87b25a]],
  [{ seed: 1, distribution: 'uniform' }, [0x3f47d00d, 0x3f4a141d, 0x3e2f9116, 0x3ed856a9]],
  [
    { seed: 123456789, stream: 1, distribution: 'uniform', start: 1000001 },
    [0xbf1cd51e, 0xbe9f2edb, 0x3c127967, 0x3e6b86fb],
  ],
];

it.each(GOLDEN)('gives the same numbers everywhere: %j', (options, bits) => {
  const filled = fillRandom(new Float32Array(bits.length), options);
  expect([...new Uint32Array(filled.buffer)]).toEqual(bits);
});

it('keeps more digits where the array does', () => {
  const filled = fillRandom(new Float64Array(3), { seed: 1 });
  const exact = [1.2279076052549578, 1.251833425737022, 0.216564051831438];
  exact.forEach((value, i) => expect(Math.abs(filled[i] / value - 1)).toBeLessThan(2e-15));
});

describe('a sequence', () => {
  it('is the same in parts as in one piece', () => {
    const options = fc.record({
      seed: fc.nat(0xffffffff),
      stream: fc.nat(5),
      start: fc.oneof(fc.nat(40), fc.integer({ min: 2 ** 34 - 9, max: 2 ** 34 + 9 })),
      distribution: fc.constantFrom('normal' as const, 'uniform' as const),
    });
    fc.assert(
      fc.property(options, fc.nat(23), fc.nat(23), (chosen, first, rest) => {
        const whole = values(first + rest, chosen);
        const parts = [
          ...values(first, chosen),
          ...values(rest, { ...chosen, start: chosen.start + first }),
        ];
        expect(parts).toEqual(whole);
      }),
    );
  });

  it('does not repeat after 2³² blocks of four', () => {
    expect(values(8, { seed: 3, start: 2 ** 34 })).not.toEqual(values(8, { seed: 3 }));
  });

  it.each([
    ['seed', { seed: 5 }, { seed: 6 }],
    ['stream', { seed: 5 }, { seed: 5, stream: 1 }],
    // Were streams and seeds added together, these two would be one.
    ['seed and stream', { seed: 5, stream: 1 }, { seed: 6, stream: 0 }],
  ])('shares nothing with that of another %s', (_what, left, right) => {
    const seen = new Set(values(4000, left));
    // Equal values come up by chance: 24 bits of mantissa, 4000 draws.
    const common = values(4000, right).filter((value) => seen.has(value));
    expect(common.length).toBeLessThan(20);
  });
});
