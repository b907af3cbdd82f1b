import { bytesPerElement, type ElementType } from '../../numeric/float16';
import { Cleanup, type CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import type { BindingKind, CompiledPipeline } from '../../webgpu/pipelines';
import { upload } from '../../webgpu/transfer';
import type { Slice, Window } from '../fit';
import type { Operand } from '../layout';
import { type ComposedModifiers, MAX_NUMBERS } from '../modifiers/compose';
import type { Problem } from '../problem';
import type { OperandBuffers } from './kernel';
import type { UnitPosition } from './tile';

/** Byte size of `Parameters` in shaders/shared/parameters.wgsl: 4 lengths, 4 strides, 8 numbers, modifiers. */
const PARAMETERS_BYTES = 16 + 4 * 16 + 32 + MAX_NUMBERS * 4;
const PIECE_BYTES = 20;
/** In the order of their strides. */
const OPERANDS: readonly Operand[] = ['query', 'key', 'value', 'output'];

/** The modifiers' lists, which every kernel binds. */
export async function createModifierData(
  gpu: Gpu,
  modifiers: ComposedModifiers,
): Promise<CountedBuffer> {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
  // A binding cannot be empty.
  const bytes = Math.max(4, modifiers.data.byteLength);
  const buffer = await gpu.buffers.create('modifier data', bytes, usage);
  try {
    await upload(gpu, buffer, modifiers.data);
    return buffer;
  } catch (error) {
    buffer.destroy();
    throw error;
  }
}

/** The two uniforms of a slice of the work. */
export class Uniforms {
  #written: Problem | null = null;

  private constructor(
    private readonly gpu: Gpu,
    private readonly slice: Slice,
    private readonly keysPerSplit: number,
    readonly parameters: CountedBuffer,
    readonly piece: CountedBuffer,
  ) {}

  static async create(
    gpu: Gpu,
    problem: Problem,
    modifiers: ComposedModifiers,
    slice: Slice,
    keysPerSplit = 0,
  ): Promise<Uniforms> {
    const uniform = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const owned = new Cleanup();
    try {
      const make = async (...args: Parameters<typeof gpu.buffers.create>) =>
        owned.add(await gpu.buffers.create(...args));
      const parameters = await make('parameters', PARAMETERS_BYTES, uniform);
      const piece = await make('piece', PIECE_BYTES, uniform);
      const uniforms = new Uniforms(gpu, slice, keysPerSplit, parameters, piece);
      uniforms.writeParameters(problem, modifiers);
      return uniforms;
    } catch (error) {
      owned.destroy();
      throw error;
    }
  }

  /** Sets the numbers of a problem for what is submitted next; nothing where they are there already. */
  writeParameters(problem: Problem, modifiers: ComposedModifiers): void {
    if (this.#written === problem) return;
    this.#written = problem;
    const words = packParameters(problem, modifiers, this.slice, this.keysPerSplit);
    this.gpu.device.queue.writeBuffer(this.parameters.raw, 0, words);
  }

  /** Sets which units the next dispatches compute, from a position on. */
  writePiece({ tile, slot, firstKey, endKey }: UnitPosition, count: number): void {
    const words = new Uint32Array([tile, count, slot, firstKey, endKey]);
    this.gpu.device.queue.writeBuffer(this.piece.raw, 0, words);
  }

  destroy(): void {
    this.parameters.destroy();
    this.piece.destroy();
  }
}

function packParameters(
  problem: Problem,
  modifiers: ComposedModifiers,
  { windows }: Slice,
  keysPerSplit: number,
): Uint32Array<ArrayBuffer> {
  const { shape, strides, scale, scoreModifiers } = problem;
  const words = new Uint32Array(PARAMETERS_BYTES / 4);
  const floats = new Float32Array(words.buffer);
  words.set([shape.heads, shape.kvHeads, shape.queryLength, shape.keyLength], 0);
  OPERANDS.forEach((operand, i) => {
    const { batch, head, row } = strides[operand];
    words.set([batch, head, row, windows[operand].first], 4 + 4 * i);
  });
  // Score modifiers work on scaled scores. Without them only differences are scaled, which rounds less.
  const modified = scoreModifiers.length > 0;
  floats[20] = modified ? scale : Math.sign(scale);
  floats[21] = -Infinity;
  words[22] = keysPerSplit;
  words[23] = modifiers.sinks ?? 0;
  floats[24] = (modified ? 1 : Math.abs(scale)) * Math.LOG2E;
  words[25] = 16;
  words.set(modifiers.numbers, 28);
  return words;
}

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
  rowState: [9, 'read-write'],
} as const satisfies Record<string, readonly [number, BindingKind]>;

/** Every pipeline has these. */
const COMMON: readonly Slot[] = ['parameters', 'piece', 'data'];

export type Slot = keyof typeof SLOTS;

/** A pipeline's binding layout: the uniforms and the slots it uses. */
export function bindingKinds(slots: readonly Slot[]): Record<number, BindingKind> {
  return Object.fromEntries([...COMMON, ...slots].map((slot) => SLOTS[slot]));
}

/** Binds a slice's windows of the operands, and all other buffers whole, to a pipeline's slots. */
export function bind(
  gpu: Gpu,
  label: string,
  pipeline: CompiledPipeline,
  slots: readonly Slot[],
  uniforms: Uniforms,
  type: ElementType,
  { windows }: Slice,
  buffers: Partial<OperandBuffers> & {
    readonly scratch?: CountedBuffer;
    readonly rowState?: CountedBuffer;
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
