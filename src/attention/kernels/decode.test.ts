import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Extents, shapeOf } from '../../../tests/support/problems';
import { InputError } from '../input-error';
import type { Shape } from '../layout';
import { rankKernels, planAttention } from '../plan';
import { createProblem } from '../problem';
import { decode, MAX_QUERIES } from './decode';
import { flash } from './flash';
import { threePass } from './three-pass';
import type { Target } from './tile';

fc.configureGlobal({ seed: 214 });

const MEBIBYTE = 2 ** 20;
const LIMITS = {
  maxStorageBufferBindingSize: 2 ** 40,
  maxBufferSize: 2 ** 40,
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeWorkgroupsPerDimension: 65535,
} as GPUSupportedLimits;
const DEVICE: Target = {
  device: { limits: LIMITS, features: new Set() },
  info: { architecture: 'hopper' },
};
const SOFTWARE: Target = {
  device: { limits: LIMITS, features: new Set(['subgroups']) },
  info: { architecture: 'swiftshader', subgroupMinSize: 4, subgroupMaxSize: 4 },
};

const problemOf = (extents: Extents) => createProblem(shapeOf(extents));
const bytesOf = (shape: Extents) => decode.scratchBytes(problemOf(shape), LIMITS);

describe('decode', () => {
  it('refuses more queries than 32, by name, and nothing else', () => {
    expect(MAX_QUERIES).toBe(32);
    for (const queryLength of [1, 31, 32]) {
      expect(decode.unsupported!(problemOf({ queryLength, keyLength: 1 }))).toBeNull();
    }
    for (const queryLength of [33, 4096]) {
      expect(decode.unsupported!(problemOf({ queryLength }))).toEqual({
        field: 'queryLength',
        value: queryLength,
        allowed: '1 to 32 for decode',
      });
    }
    for (const kernel of [flash, threePass]) {
      expect(kernel.unsupported?.(problemOf({ queryLength: 4096 })) ?? null).toBeNull();
    }
  });

  const shapes = fc
    .record({
      batch: fc.integer({ min: 1, max: 600 }),
      kvHeads: fc.integer({ min: 1, max: 64 }),
      sharing: fc.integer({ min: 1, max: 16 }),
      queryLength: fc.integer({ min: 1, max: 32 }),
      keyLength: fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 2 ** 24 })),
      valueSize: fc.integer({ min: 1, max: 256 }),
    })
    .map(({ sharing, ...rest }): Shape => ({
      ...rest,
      heads: rest.kvHeads * sharing,
      headSize: 64,
    }));

  it('holds 64 MiB of partial results at a time at the most, and at least one unit’s', () => {
    let full = 0;
    fc.assert(
      fc.property(shapes, (shape) => {
        const bytes = bytesOf(shape);
        if (bytes > 48 * MEBIBYTE) full++;
        // One unit alone is never more: 1024 splits of 32 rows of 256 values are half of it.
        expect(bytes).toBeLessThanOrEqual(64 * MEBIBYTE);
        // At the least: a value row, a maximum and a sum for each of the rows that share a key head.
        const rows = Math.min(32, (shape.heads / shape.kvHeads) * shape.queryLength);
        expect(bytes).toBeGreaterThanOrEqual(rows * (shape.valueSize + 2) * 4);
      }),
      { numRuns: 500 },
    );
    expect(full).toBeGreaterThan(10);
  });

  it.each<[string, Extents, number]>([
    // Rows of a unit, splits, and then quads of values with a maximum and a sum.
    ['8 rows, one split', { queryLength: 1, keyLength: 10 }, 8 * 1 * (4 * 16 + 8)],
    ['8 rows, four splits', { queryLength: 8, keyLength: 1024 }, 8 * 4 * (4 * 16 + 8)],
    ['9 rows are 16', { queryLength: 9, keyLength: 1024 }, 16 * 4 * (4 * 16 + 8)],
    [
      'heads that share a key head share a unit',
      { heads: 12, kvHeads: 2, queryLength: 3, keyLength: 512 },
      2 * 32 * 2 * (4 * 16 + 8),
    ],
    [
      'more rows than 32 are several units',
      { heads: 16, kvHeads: 1, queryLength: 5, keyLength: 512 },
      3 * 32 * 2 * (4 * 16 + 8),
    ],
    ['5 values are 2 quads', { queryLength: 1, keyLength: 9, valueSize: 5 }, 8 * (2 * 16 + 8)],
    [
      'enough units already: keys are not split',
      { batch: 1024, queryLength: 1, keyLength: 9000 },
      1024 * 8 * (4 * 16 + 8),
    ],
  ])('cuts its work so: %s', (_name, extents, bytes) => expect(bytesOf(extents)).toBe(bytes));
});

describe('the plan', () => {
  const plan = (extents: Extents, wanted?: string) =>
    planAttention(problemOf(extents), DEVICE, wanted);

  it.each<[string, Extents]>([
    ['one query on many keys', { heads: 8, queryLength: 1, keyLength: 4096 }],
    ['a few queries on many keys', { queryLength: 16, keyLength: 512 }],
    ['grouped', { batch: 3, heads: 8, kvHeads: 2, queryLength: 4, keyLength: 100_000 }],
  ])('is decode for %s, and says why', (_name, extents) => {
    const { kernel, reasons } = plan(extents);
    expect(kernel).toBe(decode);
    expect(kernel.unsupported!(problemOf(extents))).toBeNull();
    const why = reasons.join(' ');
    expect(why).toContain(`${extents.queryLength} quer`);
    expect(why).toContain(`${extents.keyLength} keys`);
    expect(why).toContain('decode');
  });

  it('leaves barriers out on a software adapter, where it can', () => {
    const names = (extents: Extents, target: Target) =>
      rankKernels(problemOf(extents), target).map(({ kernel }) => kernel.name);
    const few = { queryLength: 1, keyLength: 4096 };
    expect(names(few, SOFTWARE)).toEqual(['decode-direct', 'decode', 'flash-direct', 'flash']);
    expect(names({ queryLength: 512 }, SOFTWARE)).toEqual(['flash-direct', 'flash']);
    expect(names(few, DEVICE)).toEqual(['decode', 'flash']);
    const old = { ...SOFTWARE, device: DEVICE.device };
    expect(names(few, old)).toEqual(['decode', 'flash-direct', 'flash']);
    expect(() => planAttention(problemOf(few), old, 'decode-direct')).toThrow(
      /kernel is "decode-direct"; allowed: one that does without subgroups/,
    );
    expect(planAttention(problemOf(few), SOFTWARE).reasons.join(' ')).toContain('software adapter');
  });

  it.each<[string, Extents]>([
    ['as many queries as keys', { queryLength: 1024 }],
    ['more queries than decode is for', { queryLength: 33, keyLength: 4096 }],
    ['few queries on few keys', { queryLength: 4, keyLength: 100 }],
    ['one query on one key', { queryLength: 1 }],
  ])('is flash for %s, and says why', (_name, extents) => {
    const { kernel, reasons } = plan(extents);
    expect(kernel).toBe(flash);
    expect(reasons.join(' ')).toContain('flash');
  });

  it('is what was asked for, where that is possible', () => {
    expect(plan({ queryLength: 32, keyLength: 40 }, 'decode')).toEqual({
      kernel: decode,
      reasons: ['decode was asked for.'],
    });
    expect(plan({ queryLength: 1, keyLength: 4096 }, 'flash').kernel).toBe(flash);
    let refusal: unknown;
    try {
      plan({ queryLength: 33, keyLength: 4096 }, 'decode');
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(InputError);
    expect(refusal).toMatchObject({
      field: 'queryLength',
      value: 33,
      message: 'queryLength is 33; allowed: 1 to 32 for decode.',
    });
  });
});
