import { createTensor, type Tensor } from '../../attention/tensor';
import type { HeadsSource } from '../../heads/source';
import type { ElementType } from '../../numeric/element-type';
import { Cleanup } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';

/** A source's tensors on one device, in one type. Maps share them; the last to leave frees them. */
export class Upload {
  readonly query: Promise<Tensor>;
  readonly key: Promise<Tensor>;
  #value: Promise<Tensor> | null = null;
  readonly #owned = new Cleanup();
  #users = 0;
  #isRetired = false;
  #isFreed = false;

  constructor(
    readonly gpu: Gpu,
    readonly source: HeadsSource,
    readonly type: ElementType,
  ) {
    const { layers, heads, kvHeads, queryLength, keyLength, headSize } = source;
    this.query = this.#put('query', [layers, heads, queryLength, headSize], source.query);
    // One after the other: pieces of two uploads at once would come twice as thick between two frames.
    this.key = this.query.then(() =>
      this.#put('key', [layers, kvHeads, keyLength, headSize], source.key),
    );
    this.key.catch(() => {});
  }

  /** Uploaded when first asked for: pictures of weights need none. For sources with values. */
  get value(): Promise<Tensor> {
    const { layers, kvHeads, keyLength, valueSize, value } = this.source;
    if (!this.#value) {
      const putting = this.#put('value', [layers, kvHeads, keyLength, valueSize], value!);
      this.#value = putting;
      // A failure is not remembered: there may be room when it is asked for again.
      putting.catch(() => (this.#value = null));
    }
    return this.#value;
  }

  isOf(gpu: Gpu, source: HeadsSource, type?: ElementType): boolean {
    return this.gpu === gpu && this.source === source && (type ?? this.type) === this.type;
  }

  enter(): void {
    this.#users++;
  }

  leave(): void {
    this.#users--;
    this.#freeIfUnused();
  }

  /** Nobody will enter any more. */
  retire(): void {
    this.#isRetired = true;
    this.#freeIfUnused();
  }

  #freeIfUnused(): void {
    if (!this.#isRetired || this.#users > 0) return;
    this.#isFreed = true;
    this.#owned.destroy();
  }

  async #put(label: string, shape: readonly number[], data: Float32Array): Promise<Tensor> {
    const tensor = await createTensor(this.gpu, shape, data, { label, type: this.type });
    if (this.#isFreed) tensor.destroy();
    else this.#owned.add(tensor);
    return tensor;
  }
}
