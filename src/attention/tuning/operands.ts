import { type ElementType, decodeElements, encodeElements } from '../../numeric/element-type';
import { toFloat16Bits } from '../../numeric/float16';
import { fillRandom } from '../../numeric/random';
import { Cleanup } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { fill, upload } from '../../webgpu/transfer';
import type { Operands as GpuOperands } from '../kernels/kernel';
import type { Problem } from '../problem';
import type { Operands } from '../reference';
import { elementCounts } from '../shape';
import { type Tensor, createTensor } from '../tensor';

/** Drawing values takes time on the page's thread; a prime number of them, repeated, makes no two rows alike. */
const DRAWN = 65521;
const SEED = 20;

/** NaN in every element of a float32 word: for float16, in both of its halves. */
const POISON: Readonly<Record<ElementType, number>> = {
  f32: NaN,
  f16: new Float32Array(new Uint16Array(2).fill(toFloat16Bits(NaN)).buffer)[0],
};

/** Seeded operands of a problem, here and on the GPU, and one output that all candidates write in turn. */
export class SyntheticOperands {
  private constructor(
    private readonly gpu: Gpu,
    /** The values as stored. */
    readonly host: Operands,
    private readonly tensors: Record<keyof GpuOperands, Tensor>,
    private readonly owned: Cleanup,
  ) {}

  /** @throws OutOfMemoryError, DeviceLostError. */
  static async create(gpu: Gpu, { shape, type }: Problem): Promise<SyntheticOperands> {
    const counts = elementCounts(shape);
    const owned = new Cleanup();
    const make = async (name: 'query' | 'key' | 'value' | 'output', stream?: number) => {
      const options = { label: `tuning ${name}`, type };
      const tensor = owned.add(await createTensor(gpu, [counts[name]], undefined, options));
      if (stream === undefined) return { tensor, values: new Float32Array() };
      const drawn = fillRandom(new Float32Array(DRAWN), { seed: SEED, stream });
      const stored = encodeElements(drawn, type).subarray(0, DRAWN);
      const bytes = tensor.buffer.size / stored.BYTES_PER_ELEMENT;
      await upload(gpu, tensor.buffer, repeat(stored, bytes));
      const rounded = decodeElements(stored.buffer as ArrayBuffer, type, DRAWN);
      return { tensor, values: repeat(rounded, counts[name]) };
    };
    try {
      const [query, key, value, output] = [
        await make('query', 0),
        await make('key', 1),
        await make('value', 2),
        await make('output'),
      ];
      const host = { query: query.values, key: key.values, value: value.values };
      const tensors = {
        query: query.tensor,
        key: key.tensor,
        value: value.tensor,
        output: output.tensor,
      };
      return new SyntheticOperands(gpu, host, tensors as Record<keyof GpuOperands, Tensor>, owned);
    } catch (error) {
      owned.destroy();
      throw error;
    }
  }

  get buffers(): GpuOperands {
    const { query, key, value, output } = this.tensors;
    return {
      query: query.buffer,
      key: key.buffer,
      value: value.buffer,
      output: output.buffer,
    };
  }

  /** Fills the output with NaN, so that whatever a kernel forgets to write is seen. */
  poisonOutput(): Promise<void> {
    const { buffer, type } = this.tensors.output;
    return fill(this.gpu, buffer, POISON[type]);
  }

  readOutput(): Promise<Float32Array> {
    return this.tensors.output.read();
  }

  destroy(): void {
    this.owned.destroy();
  }
}

/** The values over and over, `length` of them. */
function repeat<T extends Float32Array | Uint16Array>(values: T, length: number): T {
  const result = new (values.constructor as new (length: number) => T)(length);
  result.set(values.subarray(0, length));
  for (let done = Math.min(values.length, length); done < length; done *= 2) {
    result.copyWithin(done, 0, Math.min(done, length - done));
  }
  return result;
}
