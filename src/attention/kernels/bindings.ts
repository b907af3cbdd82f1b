import { bytesPerElement, type ElementType } from '../../numeric/float16';
import { type CountedBuffer, destroyOnError } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import type { BindingKind, CompiledPipeline } from '../../webgpu/pipelines';
import { upload } from '../../webgpu/transfer';
import type { Slice, Window } from '../fit';
import type { Operand } from '../layout';
import { type ComposedModifiers, MAX_NUMBERS } from '../modifiers/compose';
import type { Problem } from '../problem';
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
  return destroyOnError(async (owned) => {
    const buffer = owned.add(await gpu.buffers.create('modifier data', bytes, usage));
    await upload(gpu, buffer, modifiers.data);
    return buffer;
  });
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
    const { buffers } = gpu;
    return destroyOnError(async (owned) => {
      const parameters = owned.add(await buffers.create('parameters', PARAMETERS_BYTES, uniform));
      const piece = owned.add(await buffers.create('piece', PIECE_BYTES, uniform));
      const uniforms = new Uniforms(gpu, slice, keysPerSplit, parameters, piece);
      uniforms.writeParameters(problem, modifiers);
      return uniforms;
    });
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

export type BoundSlice = Slice & { readonly uniforms: Uniforms };

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

export type Slot = keyof typeof SLOTS;

/** What a pipeline binds in group 0, and where, by name. */
export type Slots = Readonly<Record<string, readonly [binding: number, kind: BindingKind]>>;

/** The slots of these names, and those that every pipeline has. */
export const slotsNamed = (names: readonly Slot[]): Slots =>
  Object.fromEntries(
    (['parameters', 'piece', 'data', ...names] as const).map((name) => [name, SLOTS[name]]),
  );

export const bindingKinds = (slots: Slots): Record<number, BindingKind> =>
  Object.fromEntries(Object.values(slots));

/** Binds a slice's windows of the operands, and all other buffers whole, to a pipeline's slots. */
export function bind(
  { device }: Gpu,
  label: string,
  { layout }: CompiledPipeline,
  slots: Slots,
  type: ElementType,
  { windows, uniforms }: BoundSlice,
  buffers: Readonly<Record<string, CountedBuffer | GPUBufferBinding | undefined>>,
): GPUBindGroup {
  const { parameters, piece } = uniforms;
  const all: typeof buffers = { ...buffers, parameters, piece };
  const entries = Object.entries(slots).map(([slot, [binding]]) => {
    const buffer = all[slot]!;
    if (!('raw' in buffer)) return { binding, resource: buffer };
    const window = slot in windows ? windows[slot as Operand] : null;
    const resource = window ? bindWindow(buffer, window, type) : { buffer: buffer.raw };
    return { binding, resource };
  });
  return device.createBindGroup({ label, layout, entries });
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
