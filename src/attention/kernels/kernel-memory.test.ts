import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../tests/support/problems';
import { LimitError } from '../../webgpu/errors';
import { planAttention } from '../plan';
import { createProblem } from '../problem';
import { threePass } from './three-pass';
import { chooseTile, unitCount } from './tile';

fc.configureGlobal({ seed: 211 });

const limitsOf = (changes: Partial<GPUSupportedLimits> = {}) =>
  ({
    maxStorageBufferBindingSize: 2 ** 27,
    maxBufferSize: 2 ** 28,
    maxComputeWorkgroupStorageSize: 16384,
    maxComputeWorkgroupsPerDimension: 65535,
    ...changes,
  }) as GPUSupportedLimits;

describe('three-pass scores', () => {
  const shapes = fc.record({
    heads: fc.integer({ min: 1, max: 64 }),
    queryLength: fc.integer({ min: 1, max: 5000 }),
    keyLength: fc.integer({ min: 1, max: 2 ** 20 }),
  });

  it('hold at least a tile of whole rows, at most all of them, and never outgrow a buffer', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 27, max: 32 }), (extents, exponent) => {
        const limits = limitsOf({ maxStorageBufferBindingSize: 2 ** exponent });
        const problem = createProblem(shapeOf(extents));
        const tile = chooseTile(problem, limits);
        const bytes = threePass.scratchBytes(problem, limits);
        const rowBytes = 4 * extents.keyLength;
        expect(bytes).toBeLessThanOrEqual(Math.min(limits.maxBufferSize, 2 ** exponent));
        expect(bytes).toBeGreaterThanOrEqual(tile.queries * rowBytes);
        const padded = 4 * (extents.keyLength + tile.keys);
        expect(bytes).toBeLessThan(unitCount(problem, tile) * tile.queries * padded);
      }),
    );
  });

  it('name the longest row of keys that fits: one more does not', () => {
    const limits = limitsOf({ maxStorageBufferBindingSize: 10_000_000 });
    const bytesFor = (keyLength: number) =>
      threePass.scratchBytes(createProblem(shapeOf({ queryLength: 1, keyLength })), limits);
    let message = '';
    try {
      bytesFor(2 ** 20);
    } catch (error) {
      expect(error).toBeInstanceOf(LimitError);
      message = (error as Error).message;
    }
    const largest = Number(/the largest keyLength that fits is (\d+)/.exec(message)![1]);
    expect(bytesFor(largest)).toBeLessThanOrEqual(10_000_000);
    expect(() => bytesFor(largest + 1)).toThrow(LimitError);
  });
});

it('units are the tiles that cover every query of every head', () => {
  const extents = fc.record({
    batch: fc.integer({ min: 1, max: 4 }),
    heads: fc.integer({ min: 1, max: 8 }),
    queryLength: fc.integer({ min: 1, max: 300 }),
  });
  fc.assert(
    fc.property(extents, (shape) => {
      const problem = createProblem(shapeOf(shape));
      const tile = chooseTile(problem, limitsOf());
      const perHead = unitCount(problem, tile) / (shape.batch * shape.heads);
      expect(perHead * tile.queries).toBeGreaterThanOrEqual(shape.queryLength);
      expect((perHead - 1) * tile.queries).toBeLessThan(shape.queryLength);
    }),
  );
});

it('queries stay in workgroup memory only where it has room for them', () => {
  const isResident = (headSize: number, bytes: number, valuesStaged = false) =>
    chooseTile(
      createProblem(shapeOf({ queryLength: 32, headSize })),
      limitsOf({ maxComputeWorkgroupStorageSize: bytes }),
      32,
      { valuesStaged },
    ).queriesResident;
  // 32 rows of 64 floats are 8 KiB, and scratch space takes another 8 KiB.
  expect(isResident(64, 16384)).toBe(true);
  expect(isResident(68, 16384)).toBe(false);
  expect(isResident(256, 32768)).toBe(false);
  expect(isResident(256, 40960)).toBe(true);
  // Values have no room of the weights: 8 KiB more.
  expect(isResident(64, 16384, true)).toBe(false);
  expect(isResident(64, 24576, true)).toBe(true);
});

describe('the plan', () => {
  const problem = createProblem(shapeOf({ queryLength: 10 }));
  const deviceOf = (changes: Partial<GPUSupportedLimits> = {}, features: string[] = []) => ({
    device: { limits: limitsOf(changes), features: new Set(features) },
    info: { architecture: 'hopper' },
  });

  it('says why, whoever chose', () => {
    expect(planAttention(problem, deviceOf()).reasons.join(' ')).toContain('flash');
    const asked = planAttention(problem, deviceOf(), 'three-pass');
    expect(asked.kernel).toBe(threePass);
    expect(asked.reasons).toEqual(['three-pass was asked for.']);
  });

  it('refuses before any GPU work what does not exist or does not fit', () => {
    expect(() => planAttention(problem, deviceOf(), 'magic')).toThrow(/kernel is "magic"/);
    const small = deviceOf({ maxStorageBufferBindingSize: 512 });
    expect(() => planAttention(problem, small)).toThrow(LimitError);
    const half = createProblem(problem.shape, { type: 'f16' });
    expect(() => planAttention(half, deviceOf())).toThrow(/no shader-f16/);
    expect(planAttention(half, deviceOf({}, ['shader-f16'])).kernel.name).toBe('flash');
    const long = createProblem(shapeOf({ queryLength: 1, keyLength: 2 ** 22, headSize: 1 }));
    expect(() => planAttention(long, deviceOf(), 'three-pass')).toThrow(LimitError);
    expect(planAttention(long, deviceOf(), 'flash').kernel.name).toBe('flash');
  });
});
