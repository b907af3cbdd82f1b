import { Cleanup, type CountedBuffer } from '../../webgpu/buffers';
import { upload } from '../../webgpu/transfer';
import type { Gpu } from '../../webgpu/device';
import { type ComposedModifiers, MAX_NUMBERS } from '../modifiers/compose';
import type { Operand } from '../layout';
import type { Problem } from '../problem';
import type { Slice } from '../windows';
import type { Place } from './key-parts';

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
  private constructor(
    private readonly gpu: Gpu,
    readonly parameters: CountedBuffer,
    readonly piece: CountedBuffer,
  ) {}

  /** `keyStretch` is a number of keys that the kernel gives a meaning to. */
  static async create(
    gpu: Gpu,
    problem: Problem,
    modifiers: ComposedModifiers,
    slice: Slice,
    keyStretch = 0,
  ): Promise<Uniforms> {
    const words = packParameters(problem, modifiers, slice, keyStretch);
    const uniform = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const owned = new Cleanup();
    try {
      const make = async (...args: Parameters<typeof gpu.buffers.create>) =>
        owned.add(await gpu.buffers.create(...args));
      const parameters = await make('parameters', PARAMETERS_BYTES, uniform);
      const piece = await make('piece', PIECE_BYTES, uniform);
      await upload(gpu, parameters, words);
      return new Uniforms(gpu, parameters, piece);
    } catch (error) {
      owned.destroy();
      throw error;
    }
  }

  /** Tells the next dispatches which units are theirs, from `place` on. */
  writePiece({ tile, slot, firstKey, endKey }: Place, count: number): void {
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
  keyStretch: number,
): Uint32Array {
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
  words[22] = keyStretch;
  words[23] = modifiers.sinks ?? 0;
  floats[24] = (modified ? 1 : Math.abs(scale)) * Math.LOG2E;
  words[25] = 16;
  words.set(modifiers.numbers, 28);
  return words;
}
