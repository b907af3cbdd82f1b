import { Cleanup, type CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import type { CompiledPipeline } from '../../webgpu/pipelines';
import { composeModifiers } from '../modifiers/compose';
import type { Problem } from '../problem';
import { type Slot, bind, bindingKinds } from './bindings';
import type { Execution } from './kernel';
import { assembleModule } from './module';
import type { Tile } from './tile';
import { Uniforms } from './uniforms';

/** One pass of a kernel: a pipeline, what it binds, and how many workgroups it wants. */
export interface PassPlan {
  readonly label: string;
  /** The kernel's own WGSL files. */
  readonly files: readonly string[];
  readonly slots: readonly Slot[];
  /** Workgroups for a number of units. */
  readonly workgroups: (units: number) => readonly [number, number?];
}

/** A kernel as a list of passes over units of work. */
export interface KernelPlan {
  readonly label: string;
  readonly tile: Tile;
  /** Whose rows make a tile; see `assembleModule`. */
  readonly rows: 'head' | 'group';
  readonly passes: readonly PassPlan[];
  readonly units: number;
  /** The most units at a time, by memory or by the dispatch limit. */
  readonly maxUnits: number;
  /** A number of keys for the uniform, with a meaning of the kernel's own. */
  readonly keyStretch?: number;
  /** Bytes of the buffers that hold results between passes. */
  readonly scratch?: { readonly scratch?: number; readonly ends?: number };
}

type Buffers = Parameters<typeof bind>[5];

/** Compiles a plan's passes, allocates what they share, and binds it all. */
export async function prepareExecution(
  gpu: Gpu,
  problem: Problem,
  buffers: Buffers,
  plan: KernelPlan,
): Promise<Execution> {
  const modifiers = composeModifiers(problem.mask, problem.scoreModifiers, problem.sinks);
  const pipelines = await Promise.all(
    plan.passes.map(({ label, files, slots }) => {
      const storeLogSumExp = slots.includes('logSumExp');
      const { tile, rows } = plan;
      const code = assembleModule({ problem, tile, modifiers, storeLogSumExp, rows, files });
      return gpu.unlessLost(gpu.pipelines.get({ label, code, bindings: bindingKinds(slots) }));
    }),
  );
  const owned = new Cleanup();
  try {
    const shared: Record<string, CountedBuffer> = {};
    for (const [name, bytes] of Object.entries(plan.scratch ?? {})) {
      const label = `${plan.label} ${name}`;
      shared[name] = owned.add(await gpu.buffers.create(label, bytes, GPUBufferUsage.STORAGE));
    }
    const uniforms = owned.add(await Uniforms.create(gpu, problem, modifiers, plan.keyStretch));
    const groups = plan.passes.map(({ label, slots }, i) =>
      bind(gpu, label, pipelines[i], slots, uniforms, { ...buffers, ...shared }),
    );
    return {
      label: plan.label,
      units: plan.units,
      maxUnits: Math.min(plan.maxUnits, gpu.device.limits.maxComputeWorkgroupsPerDimension),
      compileMs: pipelines.reduce((total, { compileMs }) => total + compileMs, 0),
      prepare: (first, count) => uniforms.writePiece(first, count),
      encode: (pass, _first, count) => encodePasses(pass, plan.passes, pipelines, groups, count),
      destroy: () => owned.destroy(),
    };
  } catch (error) {
    owned.destroy();
    throw error;
  }
}

function encodePasses(
  pass: GPUComputePassEncoder,
  plans: readonly PassPlan[],
  pipelines: readonly CompiledPipeline[],
  groups: readonly GPUBindGroup[],
  units: number,
): void {
  plans.forEach(({ workgroups }, i) => {
    pass.setPipeline(pipelines[i].raw);
    pass.setBindGroup(0, groups[i]);
    pass.dispatchWorkgroups(...workgroups(units));
  });
}
