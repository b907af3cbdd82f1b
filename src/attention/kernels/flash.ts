import attendWgsl from '../../../shaders/shared/attend.wgsl?raw';
import flashWgsl from '../../../shaders/flash.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import storeBlockWgsl from '../../../shaders/shared/store_block.wgsl?raw';
import valueBlockWgsl from '../../../shaders/shared/value_block.wgsl?raw';
import { composeModifiers } from '../modifiers/compose';
import { type Slot, bind, bindingKinds } from './bindings';
import type { Execution, Kernel } from './kernel';
import { assembleModule } from './module';
import { chooseTile, unitCount } from './tile';
import { Uniforms } from './uniforms';

const FILES = [blockWgsl, scoreTileWgsl, valueBlockWgsl, storeBlockWgsl, attendWgsl, flashWgsl];

/** Fused attention with an online softmax; see shaders/flash.wgsl. */
export const flash: Kernel = {
  name: 'flash',
  summary: 'Fused: online softmax, scores never stored.',
  scratchBytes: () => 0,

  async prepare(gpu, problem, operands): Promise<Execution> {
    const tile = chooseTile(problem, gpu.device.limits);
    const modifiers = composeModifiers(problem.mask, problem.scoreModifiers, problem.sinks);
    const storeLogSumExp = operands.logSumExp !== undefined;
    const slots: Slot[] = ['query', 'key', 'value', 'output'];
    if (storeLogSumExp) slots.push('logSumExp');
    const pipeline = await gpu.unlessLost(
      gpu.pipelines.get({
        label: 'flash',
        code: assembleModule({
          ...{ problem, tile, modifiers, storeLogSumExp },
          rows: 'head',
          files: FILES,
        }),
        bindings: bindingKinds(slots),
      }),
    );
    const uniforms = await Uniforms.create(gpu, problem, modifiers);
    const group = bind(gpu, 'flash', pipeline, slots, uniforms, operands);
    return {
      label: 'flash',
      units: unitCount(problem, tile),
      maxUnits: gpu.device.limits.maxComputeWorkgroupsPerDimension,
      compileMs: pipeline.compileMs,
      prepare: (first, count) => uniforms.writePiece(first, count),
      encode(pass, _first, count) {
        pass.setPipeline(pipeline.raw);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(count);
      },
      destroy: () => uniforms.destroy(),
    };
  },
};
