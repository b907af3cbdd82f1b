import type { CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import type { BindingKind, CompiledPipeline } from '../../webgpu/pipelines';
import type { Operands } from './kernel';
import type { Uniforms } from './uniforms';

/** Binding numbers of group 0, the same in every kernel. */
const SLOTS = {
  parameters: [0, 'uniform'],
  piece: [1, 'uniform'],
  query: [2, 'read'],
  key: [3, 'read'],
  value: [4, 'read'],
  output: [5, 'read-write'],
  logSumExp: [6, 'read-write'],
  scores: [7, 'read-write'],
} as const satisfies Record<string, readonly [number, BindingKind]>;

export type Slot = keyof typeof SLOTS;

/** A pipeline's binding layout: the uniforms and the slots it uses. */
export function bindingKinds(slots: readonly Slot[]): Record<number, BindingKind> {
  return Object.fromEntries(
    (['parameters', 'piece', ...slots] as Slot[]).map((slot) => SLOTS[slot]),
  );
}

/** Binds buffers to the slots a pipeline uses. */
export function bind(
  gpu: Gpu,
  label: string,
  pipeline: CompiledPipeline,
  slots: readonly Slot[],
  uniforms: Uniforms,
  buffers: Operands & { readonly scores?: CountedBuffer },
): GPUBindGroup {
  const all: Partial<Record<Slot, CountedBuffer>> = {
    ...buffers,
    parameters: uniforms.parameters,
    piece: uniforms.piece,
  };
  return gpu.device.createBindGroup({
    label,
    layout: pipeline.layout,
    entries: (['parameters', 'piece', ...slots] as Slot[]).map((slot) => ({
      binding: SLOTS[slot][0],
      resource: { buffer: all[slot]!.raw },
    })),
  });
}
