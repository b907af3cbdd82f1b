import type { CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import type { BindingKind, CompiledPipeline } from '../../webgpu/pipelines';
import { bytesPerElement, type ElementType } from '../../numeric/element-type';
import type { Operand } from '../layout';
import type { Slice, Window } from '../windows';
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
  /** Results between passes. */
  scratch: [7, 'read-write'],
  data: [8, 'read'],
  ends: [9, 'read-write'],
} as const satisfies Record<string, readonly [number, BindingKind]>;

/** Every pipeline has these. */
const COMMON: readonly Slot[] = ['parameters', 'piece', 'data'];

export type Slot = keyof typeof SLOTS;

/** A pipeline's binding layout: the uniforms and the slots it uses. */
export function bindingKinds(slots: readonly Slot[]): Record<number, BindingKind> {
  return Object.fromEntries([...COMMON, ...slots].map((slot) => SLOTS[slot]));
}

/** Binds a slice's windows, and the rest whole, to the slots a pipeline uses. */
export function bind(
  gpu: Gpu,
  label: string,
  pipeline: CompiledPipeline,
  slots: readonly Slot[],
  uniforms: Uniforms,
  type: ElementType,
  { windows }: Slice,
  buffers: Partial<Operands> & {
    readonly scratch?: CountedBuffer;
    readonly ends?: CountedBuffer;
    readonly data: CountedBuffer;
  },
): GPUBindGroup {
  const all: Partial<Record<Slot, CountedBuffer>> = {
    ...buffers,
    parameters: uniforms.parameters,
    piece: uniforms.piece,
  };
  return gpu.device.createBindGroup({
    label,
    layout: pipeline.layout,
    entries: [...COMMON, ...slots].map((slot) => ({
      binding: SLOTS[slot][0],
      resource:
        slot in windows
          ? bindWindow(all[slot]!, windows[slot as Operand], type)
          : { buffer: all[slot]!.raw },
    })),
  });
}

/** A window of a buffer, as a binding. Bindings are whole words. */
export function bindWindow(
  { raw }: CountedBuffer,
  { first, end }: Window,
  type: ElementType,
): GPUBufferBinding {
  const offset = first * bytesPerElement[type];
  return { buffer: raw, offset, size: Math.ceil((end * bytesPerElement[type]) / 4) * 4 - offset };
}
