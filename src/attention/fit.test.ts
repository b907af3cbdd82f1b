import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shapeOf } from '../../tests/support/problems';
import { LimitError } from '../webgpu/errors';
import { assertFits, operandBytes } from './fit';
import type { Shape } from './layout';
import { createProblem } from './problem';

fc.configureGlobal({ seed: 209 });

type Extent = 'queryLength' | 'keyLength';

const limitsOf = (maxStorageBufferBindingSize: number, maxBufferSize = 2 ** 40) => ({
  maxStorageBufferBindingSize,
  maxBufferSize,
});

function refusal(shape: Shape, available: number, maxBufferSize?: number): LimitError | null {
  try {
    assertFits(createProblem(shape), limitsOf(available, maxBufferSize));
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(LimitError);
    return error as LimitError;
  }
}

/** The length that a refusal suggests. */
function suggestion(error: LimitError): { extent: Extent; length: number } | null {
  const found = /the largest (queryLength|keyLength) that fits is (\d+)/.exec(error.message);
  return found && { extent: found[1] as Extent, length: Number(found[2]) };
}

const shapes = fc
  .record({
    batch: fc.integer({ min: 1, max: 8 }),
    kvHeads: fc.integer({ min: 1, max: 9 }),
    sharing: fc.integer({ min: 1, max: 8 }),
    queryLength: fc.integer({ min: 1, max: 2 ** 20 }),
    keyLength: fc.integer({ min: 1, max: 2 ** 20 }),
    headSize: fc.integer({ min: 1, max: 256 }),
    valueSize: fc.integer({ min: 1, max: 256 }),
  })
  .map(({ sharing, ...rest }) => ({ ...rest, heads: rest.kvHeads * sharing }));

it('suggests the largest length that fits: one more does not', () => {
  let suggested = 0;
  fc.assert(
    fc.property(shapes, fc.integer({ min: 2 ** 10, max: 2 ** 28 }), (shape, words) => {
      const error = refusal(shape, 4 * words);
      const remedy = error && suggestion(error);
      if (!remedy) return;
      const { extent, length } = remedy;
      // The other length is no part of this: one row of it, where one row fits.
      const short = { ...shape, queryLength: 1, keyLength: 1 };
      if (refusal(short, 4 * words)) return;
      suggested++;
      expect(refusal({ ...short, [extent]: length }, 4 * words)).toBeNull();
      expect(refusal({ ...short, [extent]: length + 1 }, 4 * words)).not.toBeNull();
    }),
    { numRuns: 500 },
  );
  expect(suggested).toBeGreaterThan(100);
});

it('suggests it also where it just fits, to the byte', () => {
  const row = shapeOf({ queryLength: 1, keyLength: 1, headSize: 21 });
  for (const length of [3, 49, 1000003]) {
    const error = refusal({ ...row, keyLength: 2 ** 24 - 3 }, 4 * 21 * length)!;
    expect(suggestion(error)).toEqual({ extent: 'keyLength', length });
  }
});

it('accepts what fits exactly', () => {
  const shape = shapeOf({ queryLength: 32, keyLength: 64, headSize: 16 });
  expect(refusal(shape, 4 * 64 * 16)).toBeNull();
  expect(refusal(shape, 4 * 64 * 16 - 1)).toMatchObject({
    needed: 4 * 64 * 16,
    available: 4 * 64 * 16 - 1,
  });
});

it('says so where not even one row fits', () => {
  const shape = shapeOf({ heads: 16, queryLength: 8, headSize: 256 });
  const error = refusal(shape, 1024)!;
  expect(suggestion(error)).toBeNull();
  expect(error.message).toContain('not even queryLength 1 fits; use fewer heads');
});

it('names the smaller of the two limits', () => {
  const shape = shapeOf({ queryLength: 100 });
  expect(refusal(shape, 64)!.limit).toBe('maxStorageBufferBindingSize');
  const error = refusal(shape, 2 ** 30, 64)!;
  expect(error.limit).toBe('maxBufferSize');
  expect(error.message).toContain('maxBufferSize is 64 bytes');
});

it('counts the bytes of all operands and results', () => {
  const shape = shapeOf({ batch: 2, heads: 6, kvHeads: 3, queryLength: 5, keyLength: 7 });
  const sizes = { ...shape, headSize: 11, valueSize: 13 };
  const query = 2 * 6 * 5 * 11;
  const keyAndValue = 2 * 3 * 7 * (11 + 13);
  const output = 2 * 6 * 5 * (13 + 1);
  expect(operandBytes(sizes, 'f32')).toBe(4 * (query + keyAndValue + output));
  // Half as much, but for the log-sum-exp.
  const halves = operandBytes(sizes, 'f32') / 2 + 2 * (2 * 6 * 5);
  expect(operandBytes(sizes, 'f16')).toBe(halves);
});
