import { attention } from '../../attention/attention';
import { assertFits } from '../../attention/fit';
import { AttentionMaps } from '../../attention/maps/attention-maps';
import { createProblem } from '../../attention/problem';
import { problemOptions, type HeadControls } from '../../heads/controls';
import type { HeadsSource } from '../../heads/source';
import { raceAbort } from '../../async/abort';
import type { Gpu } from '../../webgpu/device';
import type { HeadMaps, HeadWork, MapsHost } from './maps-host';
import { Upload } from './upload';

/** Computes maps with the library's kernels. */
export class GpuHost implements MapsHost {
  /** Of the source prepared last, on the device at hand: one for each type that was asked for. */
  #uploads: Upload[] = [];

  constructor(private readonly acquire: () => Promise<Gpu>) {}

  async prepare(
    source: HeadsSource,
    controls: HeadControls,
    signal: AbortSignal,
  ): Promise<HeadMaps> {
    const gpu = await raceAbort(this.acquire(), signal);
    // Before anything is uploaded: a buffer that is too large fails without a reason. Values take no part yet.
    assertRoom(gpu, source, controls, source.headSize);
    const upload = this.#upload(gpu, source, controls);
    upload.enter();
    try {
      const [query, key] = await raceAbort(Promise.all([upload.query, upload.key]), signal);
      const { marks } = source;
      const options = problemOptions(controls, source);
      const prepared = AttentionMaps.prepare(gpu, { ...options, query, key, marks });
      const maps = await raceAbort(prepared, signal, (late) => late.destroy());
      return new GpuMaps(maps, upload, controls);
    } catch (error) {
      upload.leave();
      // What failed is not tried again, with the same tensors, by the next call.
      if (!signal.aborted) this.#retire((one) => one === upload);
      throw error;
    }
  }

  release(): void {
    this.#retire(() => true);
  }

  #upload(gpu: Gpu, source: HeadsSource, { type }: HeadControls): Upload {
    this.#retire((upload) => !upload.isOf(gpu, source));
    const known = this.#uploads.find((upload) => upload.isOf(gpu, source, type));
    if (known) return known;
    const upload = new Upload(gpu, source, type);
    this.#uploads.push(upload);
    return upload;
  }

  #retire(which: (upload: Upload) => boolean): void {
    const gone = this.#uploads.filter(which);
    this.#uploads = this.#uploads.filter((upload) => !gone.includes(upload));
    for (const upload of gone) upload.retire();
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

  statistics(layer: number, head: number, work?: HeadWork) {
    return this.maps.statistics(layer, head, work);
  }

  map(layer: number, head: number) {
    return this.maps.map(layer, head);
  }

  async outputs({ signal, onProgress }: HeadWork = {}): Promise<Float32Array> {
    const { upload, controls } = this;
    const { gpu, source } = upload;
    const options = problemOptions(controls, source);
    upload.enter();
    try {
      assertRoom(gpu, source, controls, source.valueSize);
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
      upload.leave();
    }
  }

  destroy(): void {
    this.maps.destroy();
    this.upload.leave();
  }
}

/** @throws LimitError naming the operand that does not fit, the device's limit, and the largest length that does. */
function assertRoom(
  { device }: Gpu,
  source: HeadsSource,
  controls: HeadControls,
  valueSize: number,
): void {
  const shape = { ...source, batch: source.layers, valueSize };
  assertFits(createProblem(shape, problemOptions(controls, source)), device.limits);
}
