import { type CountedBuffer, destroyOnError } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { dispatch } from '../../webgpu/pipelines';
import { type SubmissionOptions, runInPieces } from '../../webgpu/submission';
import { assertFits, sequencesOf } from '../fit';
import { composeModifiers } from '../modifiers/compose';
import type { Problem } from '../problem';
import {
  type Slot,
  Uniforms,
  bind,
  bindingKinds,
  createModifierData,
  slotsNamed,
} from './bindings';
import type { Execution } from './kernel';
import { type ModuleParts, assembleModule } from './module';
import { KeyParts, type KeyRange } from './tile';

/** One pass of a kernel: a pipeline, its bindings and its number of workgroups. */
export interface PassPlan {
  /** The plan's own by default. */
  readonly label?: string;
  /** The kernel's own WGSL files. */
  readonly files: readonly string[];
  /** Those that get no buffer are left out: `logSumExp` where it is not wanted, scratch where none is planned. */
  readonly slots: readonly Slot[];
  /**
   * Workgroups for a number of units and the keys of this submission; null if the pass is not due in it. One for each
   * unit by default.
   */
  readonly workgroups?: (units: number, keys: KeyRange) => readonly [number, number?] | null;
}

/** A kernel as a list of passes over units of work. */
interface KernelPlan extends Pick<
  ModuleParts,
  'tile' | 'rows' | 'operands' | 'constants' | 'enable'
> {
  readonly label: string;
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

/**
 * Compiles a plan's passes, allocates their shared buffers, and binds everything, once for each slice of the work
 * where operands exceed a binding.
 */
export async function prepareExecution(
  gpu: Gpu,
  problem: Problem,
  buffers: Partial<Record<Slot, CountedBuffer>>,
  plan: KernelPlan,
): Promise<Execution> {
  const slices = assertFits(problem, gpu.device.limits, plan.rows);
  const modifiers = composeModifiers(problem.mask, problem.scoreModifiers, problem.sinks);
  const given: Partial<Record<Slot, unknown>> = { ...buffers, ...plan.scratch };
  const passes = await Promise.all(
    plan.passes.map(async (pass) => {
      const { label = plan.label, files, slots: names } = pass;
      const workgroups: NonNullable<PassPlan['workgroups']> = pass.workgroups ?? oneEach;
      const slots = slotsNamed(names.filter((name) => given[name]));
      const storeLogSumExp = 'logSumExp' in slots;
      const code = assembleModule({ ...plan, problem, modifiers, storeLogSumExp, files });
      const request = { label, code, bindings: bindingKinds(slots) };
      return { label, slots, workgroups, pipeline: await gpu.raceLoss(gpu.pipelines.get(request)) };
    }),
  );
  return destroyOnError(async (owned) => {
    const shared: Record<string, CountedBuffer> = {};
    for (const [name, bytes] of Object.entries(plan.scratch ?? {})) {
      const label = `${plan.label} ${name}`;
      shared[name] = owned.add(await gpu.buffers.create(label, bytes, GPUBufferUsage.STORAGE));
    }
    shared.data = owned.add(await createModifierData(gpu, modifiers));
    const { keyLength } = problem.shape;
    const { units, keysAtOnce = keyLength, keysPerSplit } = plan;
    const unitsOfSequence = units / sequencesOf(problem, plan.rows);
    const bound: BoundUnits[] = [];
    for (const slice of slices) {
      const uniforms = owned.add(
        await Uniforms.create(gpu, problem, modifiers, slice, keysPerSplit),
      );
      const part = { ...slice, uniforms };
      const groups = passes.map(({ label, pipeline, slots }) =>
        bind(gpu, label, pipeline, slots, problem.type, part, { ...buffers, ...shared }),
      );
      const [first, end] = [slice.first * unitsOfSequence, slice.end * unitsOfSequence];
      bound.push({ first, end, uniforms, groups });
    }
    const { maxComputeWorkgroupsPerDimension } = gpu.device.limits;
    const maxUnits = Math.min(plan.maxUnits, units, maxComputeWorkgroupsPerDimension);
    // With all keys in one submission any units may be combined, as there is no saved state.
    const width = keysAtOnce < keyLength ? maxUnits : units;
    const parts = new KeyParts(units, width, keysAtOnce, keyLength);
    return {
      label: plan.label,
      units: parts.units,
      maxUnits,
      maxUnitsFrom: (first) => parts.maxUnitsFrom(first),
      compileMs: passes.reduce((total, { pipeline }) => total + pipeline.compileMs, 0),
      prepare(first, count) {
        const position = parts.at(first);
        eachSlice(bound, position.tile, count, ({ uniforms }, tile, units) => {
          const slot = position.slot + tile - position.tile;
          uniforms.writePiece({ ...position, tile, slot }, units);
        });
      },
      encode(pass, first, count) {
        const position = parts.at(first);
        eachSlice(bound, position.tile, count, ({ groups }, _tile, units) =>
          passes.forEach(({ workgroups, pipeline }, i) => {
            const counts = workgroups(units, position);
            if (counts) dispatch(pass, pipeline, groups[i], ...counts);
          }),
        );
      },
      destroy: () => owned.destroy(),
    };
  });
}

const oneEach = (units: number) => [units] as const;

/** Runs a prepared call once, and frees its memory. */
export async function runExecution(
  gpu: Gpu,
  execution: Execution,
  options: SubmissionOptions,
): Promise<void> {
  try {
    await runInPieces(gpu, execution, options);
  } finally {
    execution.destroy();
  }
}

/** Units [first, end) of the work, with their uniforms and bind groups. */
interface BoundUnits {
  readonly first: number;
  readonly end: number;
  readonly uniforms: Uniforms;
  readonly groups: readonly GPUBindGroup[];
}

/** Calls `visit` for each slice that contains some of the units, with those units. */
function eachSlice(
  slices: readonly BoundUnits[],
  first: number,
  count: number,
  visit: (slice: BoundUnits, first: number, count: number) => void,
): void {
  for (const slice of slices) {
    const from = Math.max(first, slice.first);
    const units = Math.min(first + count, slice.end) - from;
    if (units > 0) visit(slice, from, units);
  }
}
