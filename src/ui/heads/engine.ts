import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Gpu } from '../../webgpu/device';
import { DeviceSource } from '../../webgpu/device-source';
import { DeviceLostError, GpuUnavailableError } from '../../webgpu/errors';
import { CpuHost, longestOnCpu } from './cpu-host';
import { drawHeads, emptyPicture } from './draw-heads';
import { GpuHost } from './gpu-host';
import { Latest } from './latest';
import type { Picture, PictureRequest } from './picture';
import { describeTrouble, LOST_AGAIN, REBUILT, withoutWebGpu, type Trouble } from './trouble';

/** A picture is worked on for at least so long before a newer request ends it: dragging shows something. */
const PATIENCE_MS = 100;

/**
 * Draws pictures for an element: all heads of a source under the controls, the preferred one first, each head as
 * it is done. One picture at a time: a new request ends what runs. `picture` stays what it was until there is
 * something newer; `isCurrent` tells whether it is of the latest request.
 */
export class HeadsEngine implements ReactiveController {
  picture: Picture | null = null;
  trouble: Trouble | null = null;
  /** The device at hand; false where there is none, null until that is known. */
  gpu: Gpu | false | null = null;
  /** The head to compute before the others. */
  preferred = 0;
  readonly gpuHost = new GpuHost(() => this.#acquire());
  readonly cpuHost = new CpuHost();
  #wanted: PictureRequest | null = null;
  /** Whether a device was replaced since the last picture was finished. */
  #isRebuilt = false;
  readonly #devices = new DeviceSource({
    onUncapturedError: (error) => globalThis.reportError(error),
  });
  readonly #latest = new Latest<PictureRequest>(
    (request, signal) => this.#draw(request, signal),
    (error) => this.#failed(error),
    PATIENCE_MS,
    () => this.host.requestUpdate(),
  );

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** Whether the picture is what was asked for last. */
  get isCurrent(): boolean {
    const { picture } = this;
    return picture?.source === this.#wanted?.source && picture?.controls === this.#wanted?.controls;
  }

  /** Whether there is more to come. */
  get isRunning(): boolean {
    return this.#latest.isRunning;
  }

  /** Draws this; what is drawn now is given up. */
  draw(request: PictureRequest): void {
    if (this.trouble?.kind === 'error') this.trouble = null;
    this.#wanted = request;
    this.#latest.request(request);
    this.host.requestUpdate();
  }

  /** The picture wanted last, once more. */
  retry(): void {
    this.trouble = null;
    this.#isRebuilt = false;
    if (this.#wanted) this.draw(this.#wanted);
  }

  dismissTrouble(): void {
    this.trouble = null;
    this.host.requestUpdate();
  }

  hostConnected(): void {
    if (this.#wanted && !(this.picture?.isDone && this.isCurrent)) this.draw(this.#wanted);
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

  async #draw(request: PictureRequest, signal: AbortSignal): Promise<void> {
    const since = performance.now();
    const place = await this.#prepare(request, signal);
    const before = this.picture;
    const publish = (picture: Picture) => {
      this.picture = picture;
      this.host.requestUpdate();
    };
    const empty = emptyPicture(request, place, before);
    publish(empty);
    // Views hold maps of the picture before: they let go of them when they are given the new ones.
    if (before) void this.host.updateComplete.then(() => setTimeout(() => before.maps.destroy()));
    const preferred = () => this.preferred;
    await drawHeads(empty, { since, signal, preferred, publish });
    this.#isRebuilt = false;
  }

  /** On the GPU, or on the CPU where there is none. */
  async #prepare({ source, controls }: PictureRequest, signal: AbortSignal) {
    if (this.gpu !== false) {
      try {
        const maps = await this.gpuHost.prepare(source, controls, signal);
        return { on: 'gpu' as const, maps };
      } catch (error) {
        if (!(error instanceof GpuUnavailableError)) throw error;
        this.gpu = false;
        this.#say(withoutWebGpu(error, longestOnCpu(source), source.layers * source.heads));
      }
    }
    const maps = await this.cpuHost.prepare(source, controls, signal);
    return { on: 'cpu' as const, maps };
  }

  /** Work on a lost device fails at once; the loss itself is told by the device. */
  #failed(error: unknown): void {
    if (!(error instanceof DeviceLostError)) this.#say(describeTrouble(error));
  }

  #lost(gpu: Gpu): void {
    if (this.gpu !== gpu) return;
    this.gpu = null;
    this.gpuHost.release();
    if (this.#isRebuilt) {
      this.#say(LOST_AGAIN);
      return;
    }
    this.#isRebuilt = true;
    if (this.#wanted) this.draw({ ...this.#wanted });
    this.#say(REBUILT);
  }

  #say(trouble: Trouble): void {
    this.trouble = trouble;
    this.host.requestUpdate();
  }
}
