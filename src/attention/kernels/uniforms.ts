import type { CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import type { Strides } from '../layout';
import { type ComposedModifiers, MAX_MODIFIERS } from '../modifiers/compose';
import { InputError } from '../input-error';
import type { Problem } from '../problem';

/** Byte size of `Parameters` in shaders/shared/parameters.wgsl: 4 lengths, 4 strides, 4 numbers, modifiers. */
const PARAMETERS_BYTES = 16 + 4 * 16 + 16 + MAX_MODIFIERS * 16;
const PIECE_BYTES = 8;

/** The two uniforms of every kernel. */
export class Uniforms {
  private constructor(
    private readonly gpu: Gpu,
    readonly parameters: CountedBuffer,
    readonly piece: CountedBuffer,
  ) {}

  static async create(
    gpu: Gpu,
    problem: Problem,
    modifiers: ComposedModifiers,
    scoreStride = 0,
  ): Promise<Uniforms> {
    const data = packParameters(problem, modifiers, scoreStride);
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const [parameters, piece] = await Promise.all([
      gpu.buffers.create('parameters', PARAMETERS_BYTES, usage),
      gpu.buffers.create('piece', PIECE_BYTES, usage),
    ]);
    gpu.device.queue.writeBuffer(parameters.raw, 0, data);
    return new Uniforms(gpu, parameters, piece);
  }

  /** Tells the next dispatches which units are theirs. */
  writePiece(first: number, count: number): void {
    this.gpu.device.queue.writeBuffer(this.piece.raw, 0, new Uint32Array([first, count]));
  }

  destroy(): void {
    this.parameters.destroy();
    this.piece.destroy();
  }
}

function packParameters(
  problem: Problem,
  modifiers: ComposedModifiers,
  scoreStride: number,
): ArrayBuffer {
  const { shape, strides, scale, scoreModifiers } = problem;
  if (modifiers.parameters.length > MAX_MODIFIERS) {
    throw new InputError(
      'mask',
      `${modifiers.parameters.length} modifiers`,
      `up to ${MAX_MODIFIERS}`,
    );
  }
  const data = new ArrayBuffer(PARAMETERS_BYTES);
  const words = new Uint32Array(data);
  const floats = new Float32Array(data);
  words.set([shape.heads, shape.heads / shape.kvHeads, shape.queryLength, shape.keyLength], 0);
  [strides.query, strides.key, strides.value, strides.output].forEach((stride: Strides, i) => {
    words.set([stride.batch, stride.head, stride.row, 0], 4 + 4 * i);
  });
  // Score modifiers work on natural scores; without them log₂e is folded into the queries for exp2.
  floats[20] = scoreModifiers.length > 0 ? scale : scale * Math.LOG2E;
  floats[21] = -Infinity;
  words[22] = scoreStride;
  modifiers.parameters.forEach(({ type, values }, i) => {
    const row = type === 'i32' ? new Int32Array(data, 96 + 16 * i, 4) : floats.subarray(24 + 4 * i);
    row.set(values);
  });
  return data;
}
