import { Cleanup, type CountedBuffer } from '../../webgpu/buffers';
import { upload } from '../../webgpu/transfer';
import type { Gpu } from '../../webgpu/device';
import { type ComposedModifiers, MAX_NUMBERS } from '../modifiers/compose';
import type { Problem } from '../problem';

/** Byte size of `Parameters` in shaders/shared/parameters.wgsl: 4 lengths, 4 strides, 4 numbers, modifiers. */
const PARAMETERS_BYTES = 16 + 4 * 16 + 16 + MAX_NUMBERS * 4;
const PIECE_BYTES = 8;

/** What every kernel binds besides tensors: two uniforms, and the modifiers' lists. */
export class Uniforms {
  private constructor(
    private readonly gpu: Gpu,
    readonly parameters: CountedBuffer,
    readonly piece: CountedBuffer,
    readonly data: CountedBuffer,
  ) {}

  /** `keyStretch` is a number of keys that the kernel gives a meaning to. */
  static async create(
    gpu: Gpu,
    problem: Problem,
    modifiers: ComposedModifiers,
    keyStretch = 0,
  ): Promise<Uniforms> {
    const words = packParameters(problem, modifiers, keyStretch);
    const uniform = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    const owned = new Cleanup();
    try {
      const make = async (...args: Parameters<typeof gpu.buffers.create>) =>
        owned.add(await gpu.buffers.create(...args));
      const parameters = await make('parameters', PARAMETERS_BYTES, uniform);
      const piece = await make('piece', PIECE_BYTES, uniform);
      // A binding cannot be empty.
      const data = await make('modifier data', Math.max(4, modifiers.data.byteLength), storage);
      await upload(gpu, parameters, words);
      await upload(gpu, data, modifiers.data);
      return new Uniforms(gpu, parameters, piece, data);
    } catch (error) {
      owned.destroy();
      throw error;
    }
  }

  /** Tells the next dispatches which units are theirs. */
  writePiece(first: number, count: number): void {
    this.gpu.device.queue.writeBuffer(this.piece.raw, 0, new Uint32Array([first, count]));
  }

  destroy(): void {
    this.parameters.destroy();
    this.piece.destroy();
    this.data.destroy();
  }
}

function packParameters(
  problem: Problem,
  modifiers: ComposedModifiers,
  keyStretch: number,
): Uint32Array {
  const { shape, strides, scale, scoreModifiers } = problem;
  const words = new Uint32Array(PARAMETERS_BYTES / 4);
  const floats = new Float32Array(words.buffer);
  words.set([shape.heads, shape.kvHeads, shape.queryLength, shape.keyLength], 0);
  [strides.query, strides.key, strides.value, strides.output].forEach((stride, i) => {
    words.set([stride.batch, stride.head, stride.row, 0], 4 + 4 * i);
  });
  // Score modifiers work on natural scores; without them log₂e is folded into the queries for exp2.
  floats[20] = scoreModifiers.length > 0 ? scale : scale * Math.LOG2E;
  floats[21] = -Infinity;
  words[22] = keyStretch;
  words[23] = modifiers.sinks ?? 0;
  words.set(modifiers.numbers, 24);
  return words;
}
