import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../tests/support/problems';
import type { ElementType } from '../../numeric/float16';
import { rankKernels, planAttention } from '../plan';
import { createProblem } from '../problem';
import { flashMatrix, chooseMatrixTile } from './flash-matrix';
import type { Target } from './tile';

const block = (M: number, N: number, K: number, resultComponentType = 'f32') => ({
  M,
  N,
  K,
  componentType: 'f16',
  resultComponentType,
});

/** A device with these blocks and subgroups, and 32 KiB of workgroup memory unless told. */
function deviceOf(
  subgroupMatrixConfigs: ReturnType<typeof block>[],
  [subgroupMinSize, subgroupMaxSize]: readonly [number, number],
  maxComputeWorkgroupStorageSize = 32768,
): Target {
  const limits = {
    maxStorageBufferBindingSize: 2 ** 30,
    maxBufferSize: 2 ** 30,
    maxComputeWorkgroupStorageSize,
    maxComputeInvocationsPerWorkgroup: 256,
    maxComputeWorkgroupSizeX: 256,
    maxComputeWorkgroupsPerDimension: 65535,
  } as GPUSupportedLimits;
  const features = ['shader-f16', 'subgroups', 'chromium-experimental-subgroup-matrix'];
  return {
    device: { limits, features: new Set(features) },
    info: { architecture: '', subgroupMinSize, subgroupMaxSize, subgroupMatrixConfigs },
  };
}

const NVIDIA = deviceOf([block(16, 8, 16), block(16, 16, 16), block(16, 16, 16, 'f16')], [32, 32]);
const problemOf = (headSize: number, type: ElementType = 'f16') =>
  createProblem(shapeOf({ queryLength: 100, headSize }), { type });

describe('the tile of subgroup matrices', () => {
  it.each<[string, Target, number, number, number]>([
    ['subgroups of 32, blocks of 16', NVIDIA, 64, 32, 64],
    ['large heads: fewer rows', NVIDIA, 256, 16, 64],
    ['subgroups of 8, blocks of 8', deviceOf([block(8, 8, 8)], [8, 8]), 64, 16, 64],
    ['subgroups of 32, blocks of 8', deviceOf([block(8, 8, 8)], [32, 32]), 128, 16, 64],
    ['wide blocks: more keys', deviceOf([block(8, 32, 16)], [32, 32]), 64, 16, 128],
  ])('suits %s', (_name, target, headSize, queries, keys) => {
    expect(flashMatrix.missingFeature!(target)).toBeNull();
    const tile = chooseMatrixTile(problemOf(headSize), target)!;
    expect(tile.keys).toBe(keys);
    expect(tile.queries).toBe(tile.rowBlocks * tile.block.M);
    expect(tile.queries).toBe(queries);
    // Rows share the lanes evenly, keys the subgroups, and a tile is whole steps of a block's depth.
    expect((tile.subgroups * tile.subgroupSize) % tile.queries).toBe(0);
    expect(tile.keys % (tile.subgroups * tile.block.N)).toBe(0);
    expect(tile.keys % tile.block.K).toBe(0);
  });

  it.each<[string, Target]>([
    [
      'subgroup matrices',
      { ...NVIDIA, device: { ...NVIDIA.device, features: new Set(['shader-f16']) } },
    ],
    ['subgroups of one size', deviceOf([block(8, 16, 16)], [8, 32])],
    ['subgroup matrices of float16 that add up', deviceOf([block(16, 16, 16, 'f16')], [32, 32])],
    ['subgroup matrices of float16 that add up', deviceOf([block(16, 12, 16)], [32, 32])],
    ['workgroup memory', deviceOf([block(16, 16, 16)], [32, 32], 16384)],
  ])('is none without %s, and says so', (lack, target) => {
    expect(flashMatrix.missingFeature!(target)).toContain(lack);
    const problem = problemOf(64);
    expect(planAttention(problem, target).kernel.name).toBe('flash');
    expect(() => planAttention(problem, target, 'flash-matrix')).toThrow(lack);
  });
});

describe('the plan', () => {
  const VARIANTS = ['flash-wide', 'flash-staged'];
  const names = (type: ElementType, target: Target) =>
    rankKernels(problemOf(64, type), target).map(({ kernel }) => kernel.name);

  it('has the tuner try subgroup matrices for float16, but not where a processor plays the GPU', () => {
    expect(names('f16', NVIDIA)).toEqual(['flash', ...VARIANTS, 'flash-matrix']);
    expect(names('f32', NVIDIA)).toEqual(['flash', ...VARIANTS]);
    const software = { ...NVIDIA, info: { ...NVIDIA.info, architecture: 'software' } };
    expect(names('f16', software)).toEqual(['flash-direct', 'flash']);
    expect(() => planAttention(problemOf(64, 'f32'), NVIDIA, 'flash-matrix')).toThrow(
      `type is "f32"; allowed: 'f16' for flash-matrix`,
    );
  });
});
