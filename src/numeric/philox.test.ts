import fc from 'fast-check';
import { expect, it } from 'vitest';
import { philox } from './random';

fc.configureGlobal({ seed: 106 });

/** Known answers of philox4x32-10, from the authors' Random123 library (kat_vectors). */
it.each([
  {
    counter: [0, 0, 0, 0],
    key: [0, 0],
    answer: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    answer: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    answer: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
])('gives the published words for counter $counter', ({ counter, key, answer }) => {
  const [c0, c1, c2, c3] = counter;
  const [k0, k1] = key;
  const out = new Uint32Array(4);
  philox(out, c0, c1, c2, c3, k0, k1);
  expect([...out]).toEqual(answer);
});

it('takes each counter and key word modulo 2³², signed or not', () => {
  const unsigned = new Uint32Array(4);
  const signed = new Uint32Array(4);
  philox(unsigned, 0xfffffffe, 0x80000000, 0xdeadbeef, 0xffffffff, 0x80000001, 0xfffffff0);
  philox(signed, -2, -0x80000000, 0xdeadbeef | 0, -1, 0x80000001 | 0, -16);
  expect(signed).toEqual(unsigned);
});

it('agrees with the definition in integers of any size', () => {
  const word = fc.integer({ min: 0, max: 0xffffffff });
  const out = new Uint32Array(4);
  fc.assert(
    fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
      philox(out, ...counter, ...key);
      expect([...out].map(BigInt)).toEqual(definition(counter.map(BigInt), key.map(BigInt)));
    }),
    { numRuns: 2000 },
  );
});

function definition([c0, c1, c2, c3]: bigint[], [k0, k1]: bigint[]): bigint[] {
  const low = (x: bigint) => x & 0xffffffffn;
  for (let round = 0n; round < 10n; round++) {
    const [p0, p1] = [0xd2511f53n * c0, 0xcd9e8d57n * c2];
    const [w0, w1] = [low(k0 + round * 0x9e3779b9n), low(k1 + round * 0xbb67ae85n)];
    [c0, c1, c2, c3] = [(p1 >> 32n) ^ c1 ^ w0, low(p1), (p0 >> 32n) ^ c3 ^ w1, low(p0)];
  }
  return [c0, c1, c2, c3];
}
