import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../tests/support/problems';
import { operandBytes } from '../attention/fit';
import { flash } from '../attention/kernels/flash';
import { threePass } from '../attention/kernels/three-pass';
import { LimitError } from '../webgpu/errors';
import type { BenchmarkCase } from './case';
import { type MemoryLimits, assertEnoughMemory } from './memory';

fc.configureGlobal({ seed: 404 });

const caseOf = (queryLength: number, keyLength = queryLength): BenchmarkCase => ({
  shape: shapeOf({ heads: 8, queryLength, keyLength, headSize: 64 }),
  mask: 'none',
  dtype: 'f32',
});

const limits = {
  maxStorageBufferBindingSize: 2 ** 27,
  maxBufferSize: 2 ** 28,
  maxComputeWorkgroupStorageSize: 16384,
  maxComputeWorkgroupsPerDimension: 65535,
} as GPUSupportedLimits;

const CPU = null;
const FLASH = { kernel: flash, limits };
const THREE_PASS = { kernel: threePass, limits };

function refusal(benchmarkCase: BenchmarkCase, memoryBytes: number, gpu: MemoryLimits['gpu']) {
  try {
    assertEnoughMemory(benchmarkCase, { memoryBytes, gpu });
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(LimitError);
    return error as LimitError;
  }
}

describe('memory', () => {
  const operands = 2 * operandBytes(caseOf(4096).shape, 'f32');

  it('holds operands twice: the host’s and the device’s', () => {
    expect(refusal(caseOf(4096), operands, CPU)).toBeNull();
    expect(refusal(caseOf(4096), operands - 1, CPU)).toMatchObject({
      limit: 'memory',
      needed: operands,
      available: operands - 1,
    });
  });

  it('holds float16 decoded as well: the host computes in float32', () => {
    const half = { ...caseOf(4096), dtype: 'f16' as const };
    const { shape } = half;
    const needed = 2 * operandBytes(shape, 'f16') + operandBytes(shape, 'f32');
    expect(refusal(half, needed, CPU)).toBeNull();
    expect(refusal(half, needed - 1, CPU)).toMatchObject({ limit: 'memory', needed });
  });

  it('holds what a kernel needs besides, but not what its rivals need', () => {
    const short = 2 * operandBytes(caseOf(1024).shape, 'f32');
    expect(refusal(caseOf(1024), short, FLASH)).toBeNull();
    expect(refusal(caseOf(1024), short, THREE_PASS)!.needed).toBeGreaterThan(short);
    // Enough keys for a slow device to meet them part by part.
    const carried = refusal(caseOf(4096), operands, FLASH)!.needed - operands;
    expect(carried).toBeGreaterThan(0);
    expect(carried).toBeLessThanOrEqual(8 * 2 ** 20);
  });
});

it('a device’s own limits come first', () => {
  const error = refusal(caseOf(2 ** 20), 2 ** 20, FLASH)!;
  expect(error.limit).toMatch(/^max(StorageBufferBinding|Buffer)Size$/);
  expect(refusal(caseOf(2 ** 20), 2 ** 40, CPU)).toBeNull();
});

it('the lengths it suggests fit, and one more does not', () => {
  const length = fc.integer({ min: 1, max: 2 ** 20 });
  let suggested = 0;
  fc.assert(
    fc.property(
      length,
      length,
      fc.integer({ min: 2 ** 16, max: 2 ** 32 }),
      fc.constantFrom(CPU, FLASH, THREE_PASS),
      (queries, keys, memoryBytes, gpu) => {
        const error = refusal(caseOf(queries, keys), memoryBytes, gpu);
        const found = error && /would fit with at most (\d+) queries and keys/.exec(error.message);
        if (!found) return;
        suggested++;
        const at = (max: number) =>
          refusal(caseOf(Math.min(queries, max), Math.min(keys, max)), memoryBytes, gpu);
        expect(at(Number(found[1]))).toBeNull();
        expect(at(Number(found[1]) + 1)).not.toBeNull();
      },
    ),
    { numRuns: 200 },
  );
  expect(suggested).toBeGreaterThan(50);
});

it('says so where no length fits', () => {
  expect(refusal(caseOf(1), 100, CPU)!.message).toContain('use fewer heads or a smaller batch');
});
