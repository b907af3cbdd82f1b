import { raceAbort, type WorkOptions } from '../../../async/abort';
import { attention } from '../../../attention/attention';
import { assertFits } from '../../../attention/fit';
import { AttentionMaps } from '../../../attention/maps/attention-maps';
import { createTensor, type Tensor } from '../../../attention/tensor';
import type { ElementType } from '../../../numeric/float16';
import { Cleanup } from '../../../webgpu/buffers';
import type { Gpu } from '../../../webgpu/device';
import { headsProblem, problemOptions, type HeadControls } from '../model/controls';
import type { HeadsSource } from '../model/source';
import type { HeadMaps, MapBackend } from './map-backend';

/** A source's tensors on one device, in one type. Maps share them; the last to release them frees them. */
class Upload {
  readonly query: Promise<Tensor>;
  readonly key: Promise<Tensor>;
  #value: Promise<Tensor> | null = null;
  readonly #owned = new Cleanup();
  /** Maps, work in progress, and the backend until it drops this. */
  #users = 1;

  constructor(
    readonly gpu: Gpu,
    readonly source: HeadsSource,
    readonly type: ElementType,
  ) {
    const { layers, heads, kvHeads, queryLength, keyLength, headSize } = source;
    this.query = this.#put('query', [layers, heads, queryLength, headSize], source.query);
    // One after the other: two uploads at once would block twice as long between two frames.
    this.key = this.query.then(() =>
      this.#put('key', [layers, kvHeads, keyLength, headSize], source.key),
    );
    this.key.catch(() => {});
  }

  /** Uploaded when first read: maps need no values. For sources with values. */
  get value(): Promise<Tensor> {
    const { layers, kvHeads, keyLength, valueSize, value } = this.source;
    if (!this.#value) {
      const putting = this.#put('value', [layers, kvHeads, keyLength, valueSize], value!);
      this.#value = putting;
      // A failure is not kept: there may be memory at the next try.
      putting.catch(() => (this.#value = null));
    }
    return this.#value;
  }

  acquire(): void {
    this.#users++;
  }

  release(): void {
    this.#users--;
    if (this.#users === 0) this.#owned.destroy();
  }

  async #put(label: string, shape: readonly number[], data: Float32Array): Promise<Tensor> {
    const tensor = await createTensor(this.gpu, shape, data, { label, type: this.type });
    if (this.#users === 0) tensor.destroy();
    else this.#owned.add(tensor);
    return tensor;
  }
}

export class GpuBackend implements MapBackend {
  /** Of the last source on the open device, one for each element type. */
  #uploads: Upload[] = [];

  constructor(private readonly acquire: () => Promise<Gpu>) {}

  async prepare(
    source: HeadsSource,
    controls: HeadControls,
    signal: AbortSignal,
  ): Promise<HeadMaps> {
    const gpu = await raceAbort(this.acquire(), signal);
    // Checked first, because a buffer that is too large fails without a reason. Maps need no values.
    assertFits(headsProblem(source, controls, source.headSize), gpu.device.limits);
    const upload = this.#upload(gpu, source, controls);
    upload.acquire();
    try {
      const [query, key] = await raceAbort(Promise.all([upload.query, upload.key]), signal);
      const { marks } = source;
      const options = problemOptions(controls, source);
      const prepared = AttentionMaps.prepare(gpu, { ...options, query, key, marks });
      const maps = await raceAbort(prepared, signal, (late) => late.destroy());
      return new GpuMaps(maps, upload, controls);
    } catch (error) {
      upload.release();
      // The next call must not use tensors that failed.
      if (!signal.aborted) this.#drop((one) => one === upload);
      throw error;
    }
  }

  release(): void {
    this.#drop(() => true);
  }

  #upload(gpu: Gpu, source: HeadsSource, { type }: HeadControls): Upload {
    this.#drop((upload) => upload.gpu !== gpu || upload.source !== source);
    const known = this.#uploads.find((upload) => upload.type === type);
    if (known) return known;
    const upload = new Upload(gpu, source, type);
    this.#uploads.push(upload);
    return upload;
  }

  #drop(which: (upload: Upload) => boolean): void {
    for (const upload of this.#uploads.filter(which)) upload.release();
    this.#uploads = this.#uploads.filter((upload) => !which(upload));
  }
}

class GpuMaps implements HeadMaps {
  constructor(
    private readonly maps: AttentionMaps,
    private readonly upload: Upload,
    private readonly controls: HeadControls,
  ) {}

  get problem() {
    return this.maps.problem;
  }

  statistics(layer: number, head: number, work?: WorkOptions) {
    return this.maps.statistics(layer, head, work);
  }

  map(layer: number, head: number) {
    return this.maps.map(layer, head);
  }

  async outputs({ signal, onProgress }: WorkOptions = {}): Promise<Float32Array> {
    const { upload, controls } = this;
    const { gpu, source } = upload;
    const options = problemOptions(controls, source);
    upload.acquire();
    try {
      assertFits(headsProblem(source, controls, source.valueSize), gpu.device.limits);
      const [query, key, value] = await raceAbort(
        Promise.all([upload.query, upload.key, upload.value]),
        signal,
      );
      const inputs = { ...options, query, key, value, signal, onProgress };
      const { output } = await attention(gpu, inputs);
      try {
        return await raceAbort(output.read(), signal);
      } finally {
        output.destroy();
      }
    } finally {
      upload.release();
    }
  }

  with(controls: HeadControls): HeadMaps | null {
    const { upload } = this;
    if (upload.gpu.isLost || controls.type !== upload.type) return null;
    const { type: _, ...options } = problemOptions(controls, upload.source);
    const maps = this.maps.with(options);
    if (!maps) return null;
    upload.acquire();
    return new GpuMaps(maps, upload, controls);
  }

  destroy(): void {
    this.maps.destroy();
    this.upload.release();
  }
}
