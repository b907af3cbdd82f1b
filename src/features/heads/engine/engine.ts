import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Latest } from '../../../async/latest';
import { type Gpu, DeviceSource } from '../../../webgpu/device';
import { DeviceLostError, GpuUnavailableError } from '../../../webgpu/errors';
import { CpuBackend, maxLengthOnCpu } from './cpu-backend';
import { GpuBackend } from './gpu-backend';
import {
  errorNotice,
  DEVICE_LOST_AGAIN,
  DEVICE_REPLACED,
  withoutWebGpu,
  type HeadsNotice,
} from './notices';
import { computeHeads, emptyResult, type HeadsResult, type HeadsRequest } from './result';

/** A picture is worked on for at least so long before a newer request ends it: dragging shows something. */
const MIN_RUN_MS = 100;

/**
 * Draws pictures for an element: all heads of a source under the controls, the preferred one first, each head as
 * it is done. One picture at a time: a new request ends what runs. `picture` stays what it was until there is
 * something newer; `isCurrent` tells whether it is of the latest request.
 */
export class HeadsEngine implements ReactiveController {
  result: HeadsResult | null = null;
  notice: HeadsNotice | null = null;
  /** The device at hand; false where there is none, null until that is known. */
  gpu: Gpu | false | null = null;
  /** The head to compute before the others. */
  preferred = 0;
  readonly gpuBackend = new GpuBackend(() => this.#acquire());
  readonly cpuBackend = new CpuBackend();
  #wanted: HeadsRequest | null = null;
  /** Whether a device was replaced since the last picture was finished. */
  #isRebuilt = false;
  readonly #devices = new DeviceSource({
    onUncapturedError: (error) => globalThis.reportError(error),
  });
  readonly #latest = new Latest<HeadsRequest>(
    (request, signal) => this.#draw(request, signal),
    (error) => this.#failed(error),
    MIN_RUN_MS,
    () => this.host.requestUpdate(),
  );

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Whether the picture is what was asked for last. */
  get isCurrent(): boolean {
    const { result: picture } = this;
    return picture?.source === this.#wanted?.source && picture?.controls === this.#wanted?.controls;
  }

  /** Whether there is more to come. */
  get isRunning(): boolean {
    return this.#latest.isRunning;
  }

  /** Draws this; what is drawn now is given up. */
  compute(request: HeadsRequest): void {
    if (this.notice?.kind === 'error') this.notice = null;
    this.#wanted = request;
    this.#latest.request(request);
    this.host.requestUpdate();
  }

  /** The picture wanted last, once more. */
  retry(): void {
    this.notice = null;
    this.#isRebuilt = false;
    if (this.#wanted) this.compute(this.#wanted);
  }

  dismissNotice(): void {
    this.notice = null;
    this.host.requestUpdate();
  }

  hostConnected(): void {
    if (this.#wanted && !(this.result?.isDone && this.isCurrent)) this.compute(this.#wanted);
  }

  hostDisconnected(): void {
    this.#latest.stop();
  }

  async #acquire(): Promise<Gpu> {
    const gpu = await this.#devices.acquire();
    if (this.gpu !== gpu) {
      this.gpu = gpu;
      void gpu.lost.then(() => this.#lost(gpu));
      this.host.requestUpdate();
    }
    return gpu;
  }

  async #draw(request: HeadsRequest, signal: AbortSignal): Promise<void> {
    const since = performance.now();
    const place = await this.#prepare(request, signal);
    const before = this.result;
    const publish = (picture: HeadsResult) => {
      this.result = picture;
      this.host.requestUpdate();
    };
    const empty = emptyResult(request, place, before);
    publish(empty);
    // Views hold maps of the picture before: they let go of them when they are given the new ones.
    if (before) void this.host.updateComplete.then(() => setTimeout(() => before.maps.destroy()));
    const preferred = () => this.preferred;
    await computeHeads(empty, { since, signal, preferred, publish });
    this.#isRebuilt = false;
  }

  /** On the GPU, or on the CPU where there is none. */
  async #prepare({ source, controls }: HeadsRequest, signal: AbortSignal) {
    if (this.gpu !== false) {
      try {
        const maps = await this.gpuBackend.prepare(source, controls, signal);
        return { on: 'gpu' as const, maps };
      } catch (error) {
        if (!(error instanceof GpuUnavailableError)) throw error;
        this.gpu = false;
        this.#say(withoutWebGpu(error, maxLengthOnCpu(source), source.layers * source.heads));
      }
    }
    const maps = await this.cpuBackend.prepare(source, controls, signal);
    return { on: 'cpu' as const, maps };
  }

  /** Work on a lost device fails at once; the loss itself is told by the device. */
  #failed(error: unknown): void {
    if (!(error instanceof DeviceLostError)) this.#say(errorNotice(error));
  }

  #lost(gpu: Gpu): void {
    if (this.gpu !== gpu) return;
    this.gpu = null;
    this.gpuBackend.release();
    if (this.#isRebuilt) {
      this.#say(DEVICE_LOST_AGAIN);
      return;
    }
    this.#isRebuilt = true;
    if (this.#wanted) this.compute({ ...this.#wanted });
    this.#say(DEVICE_REPLACED);
  }

  #say(trouble: HeadsNotice): void {
    this.notice = trouble;
    this.host.requestUpdate();
  }
}
