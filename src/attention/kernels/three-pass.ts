import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import storeBlockWgsl from '../../../shaders/shared/store_block.wgsl?raw';
import valueBlockWgsl from '../../../shaders/shared/value_block.wgsl?raw';
import scoresWgsl from '../../../shaders/three_pass_scores.wgsl?raw';
import softmaxWgsl from '../../../shaders/three_pass_softmax.wgsl?raw';
import valuesWgsl from '../../../shaders/three_pass_values.wgsl?raw';
import { Cleanup } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { LimitError, formatBytes } from '../../webgpu/errors';
import { type ComposedModifiers, composeModifiers } from '../modifiers/compose';
import type { Problem } from '../problem';
import { type Slot, bind, bindingKinds } from './bindings';
import type { Execution, Kernel } from './kernel';
import { assembleModule } from './module';
import { type Tile, chooseTile, unitCount } from './tile';
import { Uniforms } from './uniforms';

/** Columns of the output that one workgroup of the third pass computes. */
const COLUMNS = 64;
/** More scores than this at a time gain nothing: the GPU is full, and its caches are not larger. */
const LARGEST_SCORES_BYTES = 256 * 2 ** 20;

/**
 * Scores, softmax and values as three passes with the scores stored. Works on a block of query tiles at a
 * time, so that the scores never outgrow a binding.
 */
export const threePass: Kernel = {
  name: 'three-pass',
  summary: 'Scores, softmax and values as three stored passes.',

  scratchBytes(problem, limits) {
    return scoreBlock(problem, chooseTile(problem, limits), limits).bytes;
  },

  async prepare(gpu, problem, operands): Promise<Execution> {
    const tile = chooseTile(problem, gpu.device.limits);
    const block = scoreBlock(problem, tile, gpu.device.limits);
    const modifiers = composeModifiers(problem.mask, problem.scoreModifiers, problem.sinks);
    const storeLogSumExp = operands.logSumExp !== undefined;
    const passes = await compilePasses(gpu, problem, tile, modifiers, storeLogSumExp);
    const cleanup = new Cleanup();
    try {
      const scores = cleanup.add(
        await gpu.buffers.create('three-pass scores', block.bytes, GPUBufferUsage.STORAGE),
      );
      const uniforms = cleanup.add(await Uniforms.create(gpu, problem, modifiers, block.stride));
      const groups = passes.map(({ label, pipeline, slots }) =>
        bind(gpu, label, pipeline, slots, uniforms, { ...operands, scratch: scores }),
      );
      const widths = [
        block.stride / tile.keys,
        tile.queries,
        Math.ceil(problem.shape.valueSize / COLUMNS),
      ];
      return {
        label: 'three-pass',
        units: unitCount(problem, tile),
        maxUnits: block.units,
        compileMs: passes.reduce((total, { pipeline }) => total + pipeline.compileMs, 0),
        prepare: (first, count) => uniforms.writePiece(first, count),
        encode(pass, _first, count) {
          passes.forEach(({ pipeline }, i) => {
            pass.setPipeline(pipeline.raw);
            pass.setBindGroup(0, groups[i]);
            pass.dispatchWorkgroups(widths[i], count);
          });
        },
        destroy: () => cleanup.destroy(),
      };
    } catch (error) {
      cleanup.destroy();
      throw error;
    }
  },
};

/** How many query tiles' scores fit at a time. A row of scores is padded to whole tiles of keys. */
function scoreBlock(problem: Problem, tile: Tile, limits: GPUSupportedLimits) {
  const stride = Math.ceil(problem.shape.keyLength / tile.keys) * tile.keys;
  const unitBytes = tile.queries * stride * 4;
  const binding = limits.maxStorageBufferBindingSize;
  const available = Math.min(LARGEST_SCORES_BYTES, binding, limits.maxBufferSize);
  const largestKeys = Math.floor(available / (tile.queries * 4 * tile.keys)) * tile.keys;
  if (problem.shape.keyLength > largestKeys) {
    throw new LimitError(
      'maxStorageBufferBindingSize',
      unitBytes,
      available,
      `three-pass stores ${tile.queries} rows of scores at a time: ${formatBytes(unitBytes)} for keyLength ` +
        `${problem.shape.keyLength}, but a block may hold ${formatBytes(available)}; ` +
        `the largest keyLength that fits is ${largestKeys}.`,
    );
  }
  const units = Math.min(
    unitCount(problem, tile),
    Math.floor(available / unitBytes),
    limits.maxComputeWorkgroupsPerDimension,
  );
  return { stride, units, bytes: units * unitBytes };
}

function compilePasses(
  gpu: Gpu,
  problem: Problem,
  tile: Tile,
  modifiers: ComposedModifiers,
  storeLogSumExp: boolean,
) {
  const passes: { label: string; files: string[]; slots: Slot[] }[] = [
    {
      label: 'three-pass scores',
      files: [blockWgsl, scoreTileWgsl, scoresWgsl],
      slots: ['query', 'key', 'scratch'],
    },
    {
      label: 'three-pass softmax',
      files: [softmaxWgsl],
      slots: storeLogSumExp ? ['logSumExp', 'scratch'] : ['scratch'],
    },
    {
      label: 'three-pass values',
      files: [blockWgsl, scoreTileWgsl, valueBlockWgsl, storeBlockWgsl, valuesWgsl],
      slots: ['value', 'output', 'scratch'],
    },
  ];
  return Promise.all(
    passes.map(async ({ label, files, slots }) => {
      const parts = { problem, tile, modifiers, storeLogSumExp, files };
      const code = assembleModule({ ...parts, rows: 'head' });
      const request = { label, code, bindings: bindingKinds(slots) };
      return { label, slots, pipeline: await gpu.unlessLost(gpu.pipelines.get(request)) };
    }),
  );
}
