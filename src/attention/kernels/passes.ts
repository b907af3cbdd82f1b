import { Cleanup, type CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import type { CompiledPipeline } from '../../webgpu/pipelines';
import { assertFits } from '../fit';
import { composeModifiers } from '../modifiers/compose';
import type { Problem } from '../problem';
import { type Sequences, type Slice, sequencesOf } from '../fit';
import { type Slot, bind, bindingKinds } from './bindings';
import type { Execution } from './kernel';
import { KeyParts, type KeyRange } from './tile';
import { assembleModule } from './module';
import type { Tile } from './tile';
import { Uniforms, createModifierData } from './bindings';

/** One pass of a kernel: a pipeline, its bindings and its number of workgroups. */
export interface PassPlan {
  readonly label: string;
  /** The kernel's own WGSL files. */
  readonly files: readonly string[];
  readonly slots: readonly Slot[];
  /** Workgroups for a number of units and the keys of this submission; null if the pass is not due in it. */
  readonly workgroups: (units: number, keys: KeyRange) => readonly [number, number?] | null;
}

/** A kernel as a list of passes over units of work. */
export interface KernelPlan {
  readonly label: string;
  readonly tile: Tile;
  /** Whose rows make a tile; see `assembleModule`. */
  readonly rows: Sequences;
  /** How its modules read operands; see `assembleModule`. */
  readonly operands?: 'scalar';
  /** Constants of its modules besides the tile's, by name. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Language extensions of WGSL that it needs. */
  readonly enable?: readonly string[];
  readonly passes: readonly PassPlan[];
  /** Total work units; every sequence has the same number, stored contiguously. */
  readonly units: number;
  /** Most units in one submission, by memory or by the dispatch limit. */
  readonly maxUnits: number;
  /** Keys that units process in one submission; all by default. With fewer, units count once per chunk of keys. */
  readonly keysAtOnce?: number;
  /** Keys of a split, for kernels that split them. */
  readonly keysPerSplit?: number;
  /** Bytes of the buffers that hold results between passes. */
  readonly scratch?: { readonly scratch?: number; readonly rowState?: number };
}

type PassBuffers = Omit<Parameters<typeof bind>[7], 'data'>;

/**
 * Compiles a plan's passes, allocates their shared buffers, and binds everything, once for each slice of the work
 * where operands exceed a binding.
 */
export async function prepareExecution(
  gpu: Gpu,
  problem: Problem,
  buffers: PassBuffers,
  plan: KernelPlan,
): Promise<Execution> {
  const slices = assertFits(problem, gpu.device.limits, plan.rows);
  const modifiers = composeModifiers(problem.mask, problem.scoreModifiers, problem.sinks);
  const pipelines = await Promise.all(
    plan.passes.map(({ label, files, slots }) => {
      const storeLogSumExp = slots.includes('logSumExp');
      const { tile, rows, operands, enable, constants } = plan;
      const own = { tile, rows, operands, enable, constants };
      const code = assembleModule({ ...own, problem, modifiers, storeLogSumExp, files });
      return gpu.raceLoss(gpu.pipelines.get({ label, code, bindings: bindingKinds(slots) }));
    }),
  );
  const owned = new Cleanup();
  try {
    const shared: Record<string, CountedBuffer> = {};
    for (const [name, bytes] of Object.entries(plan.scratch ?? {})) {
      const label = `${plan.label} ${name}`;
      shared[name] = owned.add(await gpu.buffers.create(label, bytes, GPUBufferUsage.STORAGE));
    }
    const data = owned.add(await createModifierData(gpu, modifiers));
    const bound: BoundSlice[] = [];
    for (const slice of slices) {
      const { keysPerSplit: keyStretch } = plan;
      const uniforms = owned.add(await Uniforms.create(gpu, problem, modifiers, slice, keyStretch));
      const groups = plan.passes.map(({ label, slots }, i) =>
        bind(gpu, label, pipelines[i], slots, uniforms, problem.type, slice, {
          ...buffers,
          ...shared,
          data,
        }),
      );
      bound.push({ ...unitsOf(slice, problem, plan), uniforms, groups });
    }
    const maxUnits = Math.min(
      plan.maxUnits,
      plan.units,
      gpu.device.limits.maxComputeWorkgroupsPerDimension,
    );
    const { keyLength } = problem.shape;
    const { units, keysAtOnce = keyLength } = plan;
    // With all keys in one submission any units may be combined, as there is no saved state.
    const width = keysAtOnce < keyLength ? maxUnits : units;
    const parts = new KeyParts(units, width, keysAtOnce, keyLength);
    return {
      label: plan.label,
      units: parts.units,
      maxUnits,
      maxUnitsFrom: (first) => parts.maxUnitsFrom(first),
      compileMs: pipelines.reduce((total, { compileMs }) => total + compileMs, 0),
      prepare(first, count) {
        const position = parts.at(first);
        eachSlice(bound, position.tile, count, ({ uniforms }, tile, units) =>
          uniforms.writePiece(
            { ...position, tile, slot: position.slot + tile - position.tile },
            units,
          ),
        );
      },
      encode(pass, first, count) {
        const position = parts.at(first);
        eachSlice(bound, position.tile, count, ({ groups }, _tile, units) =>
          encodePasses(pass, plan.passes, pipelines, groups, units, position),
        );
      },
      destroy: () => owned.destroy(),
    };
  } catch (error) {
    owned.destroy();
    throw error;
  }
}

/** A slice of the work, units [first, end), with its uniforms and bind groups. */
interface BoundSlice {
  readonly first: number;
  readonly end: number;
  readonly uniforms: Uniforms;
  readonly groups: readonly GPUBindGroup[];
}

function unitsOf({ first, end }: Slice, problem: Problem, { units, rows }: KernelPlan) {
  const unitsOfSequence = units / sequencesOf(problem, rows);
  return { first: first * unitsOfSequence, end: end * unitsOfSequence };
}

/** Calls `visit` for each slice that contains some of the units, with those units. */
function eachSlice(
  slices: readonly BoundSlice[],
  first: number,
  count: number,
  visit: (slice: BoundSlice, first: number, count: number) => void,
): void {
  for (const slice of slices) {
    const from = Math.max(first, slice.first);
    const units = Math.min(first + count, slice.end) - from;
    if (units > 0) visit(slice, from, units);
  }
}

function encodePasses(
  pass: GPUComputePassEncoder,
  plans: readonly PassPlan[],
  pipelines: readonly CompiledPipeline[],
  groups: readonly GPUBindGroup[],
  units: number,
  keys: KeyRange,
): void {
  plans.forEach(({ workgroups }, i) => {
    const count = workgroups(units, keys);
    if (!count) return;
    pass.setPipeline(pipelines[i].raw);
    pass.setBindGroup(0, groups[i]);
    pass.dispatchWorkgroups(...count);
  });
}
