import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import scoreMapWgsl from '../../../shaders/score_map.wgsl?raw';
import { Cleanup, type CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { composeModifiers } from '../modifiers/compose';
import type { Problem } from '../problem';
import { type Slot, bind, bindingKinds } from './bindings';
import type { Execution } from './kernel';
import { assembleModule } from './module';
import { chooseTile, unitCount } from './tile';
import { Uniforms } from './uniforms';

export interface ScoreMapBuffers {
  readonly query: CountedBuffer;
  readonly key: CountedBuffer;
  /** (B, H, S, L), of the problem's type. */
  readonly map: CountedBuffer;
  /** Makes weights of the scores. */
  readonly logSumExp?: CountedBuffer;
}

/** Stores the scores, or with a log-sum-exp the weights; see shaders/score_map.wgsl. */
export async function prepareScoreMap(
  gpu: Gpu,
  problem: Problem,
  buffers: ScoreMapBuffers,
): Promise<Execution> {
  const tile = chooseTile(problem, gpu.device.limits);
  const modifiers = composeModifiers(problem.mask, problem.scoreModifiers);
  const weights = buffers.logSumExp !== undefined;
  const slots: Slot[] = ['query', 'key', 'logSumExp', 'scratch'];
  const files = [`const WEIGHTS: bool = ${weights};`, blockWgsl, scoreTileWgsl, scoreMapWgsl];
  const code = assembleModule({
    ...{ problem, tile, modifiers, files },
    storeLogSumExp: false,
    rows: 'head',
  });
  const label = weights ? 'weight map' : 'score map';
  const pipeline = await gpu.unlessLost(
    gpu.pipelines.get({ label, code, bindings: bindingKinds(slots) }),
  );
  const owned = new Cleanup();
  try {
    const uniforms = owned.add(await Uniforms.create(gpu, problem, modifiers));
    // Scores need no log-sum-exp, but its binding wants a buffer.
    const logSumExp =
      buffers.logSumExp ??
      owned.add(await gpu.buffers.create('no log-sum-exp', 4, GPUBufferUsage.STORAGE));
    const { query, key, map } = buffers;
    const bound = { query, key, logSumExp, scratch: map };
    const group = bind(gpu, label, pipeline, slots, uniforms, bound);
    return {
      label,
      units: unitCount(problem, tile),
      maxUnits: gpu.device.limits.maxComputeWorkgroupsPerDimension,
      compileMs: pipeline.compileMs,
      prepare: (first, count) => uniforms.writePiece(first, count),
      encode(pass, _first, count) {
        pass.setPipeline(pipeline.raw);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(Math.ceil(problem.shape.keyLength / tile.keys), count);
      },
      destroy: () => owned.destroy(),
    };
  } catch (error) {
    owned.destroy();
    throw error;
  }
}
