import { raceAbort } from '../../../async/abort';
import { LatestTask, type TaskContext, type TaskHost } from '../../../async/latest-task';
import { isSoftware } from '../../../attention/kernels/tile';
import { DeviceSource, type Gpu } from '../../../webgpu/device';
import { DeviceLostError, GpuUnavailableError } from '../../../webgpu/errors';
import { sameControls, type HeadControls } from '../model/controls';
import type { HeadsSource } from '../model/source';
import type { ComputeOn } from '../model/state';
import { CpuBackend, fitsCpu, maxLengthOnCpu } from './cpu-backend';
import { GpuBackend } from './gpu-backend';
import {
  DEVICE_LOST_AGAIN,
  DEVICE_REPLACED,
  errorNotice,
  withoutWebGpu,
  type HeadsNotice,
} from './notices';
import { computeHeads, emptyResult, type HeadsResult } from './result';

/** So that a drag shows something, a run is left at least this long before a newer request ends it. */
const MIN_RUN_MS = 100;

export interface HeadsRequest {
  readonly source: HeadsSource;
  readonly controls: HeadControls;
  readonly computeOn: ComputeOn;
}

/**
 * Computes all heads of a source under the controls, the preferred head first, each published as it is done. The last
 * result stays until there is a newer one.
 */
export class HeadsEngine {
  notice: HeadsNotice | null = null;
  /** The open device; false where there is none, null until that is known. */
  gpu: Gpu | false | null = null;
  /** The head to compute before the others. */
  preferred = 0;
  readonly backends = { gpu: new GpuBackend(() => this.#acquire()), cpu: new CpuBackend() };
  /** Whether a device was replaced since the last result was finished. */
  #isRebuilt = false;
  readonly #devices = new DeviceSource({
    onUncapturedError: (error) => globalThis.reportError(error),
  });
  readonly #task: LatestTask<HeadsRequest, HeadsResult>;

  constructor(private readonly host: TaskHost) {
    this.#task = new LatestTask(host, (request, context) => this.#compute(request, context), {
      minRunMs: MIN_RUN_MS,
      isSame: isSameRequest,
      onError: (error) => {
        // A lost device reports itself.
        if (!(error instanceof DeviceLostError)) this.#notify(errorNotice(error));
      },
    });
  }

  get result(): HeadsResult | null {
    return this.#task.value;
  }

  /** Whether `result` belongs to the latest request. */
  get isCurrent(): boolean {
    return this.#task.isCurrent;
  }

  get isRunning(): boolean {
    return this.#task.isRunning;
  }

  compute(request: HeadsRequest): void {
    if (this.notice?.kind === 'error') this.notice = null;
    this.#task.run(request);
  }

  retry(): void {
    this.notice = null;
    this.#isRebuilt = false;
    this.#task.retry();
  }

  dismissNotice(): void {
    this.#notify(null);
  }

  /** On this adapter the CPU path takes less time. */
  get isCpuFaster(): boolean {
    return this.gpu ? isSoftware(this.gpu) : false;
  }

  async #compute(
    request: HeadsRequest,
    { signal, publish }: TaskContext<HeadsResult>,
  ): Promise<void> {
    const since = performance.now();
    const { source, controls } = request;
    const before = this.result;
    const backend = await this.#chooseBackend(request, signal);
    const isAlike = before?.source === source && before.backend === backend;
    const maps =
      (isAlike ? before.maps.with(controls) : null) ??
      (await this.backends[backend].prepare(source, controls, signal));
    const empty = emptyResult({ source, controls, backend, maps }, before);
    publish(empty);
    // Elements read the old maps until they have rendered with the new ones.
    if (before) setTimeout(() => before.maps.destroy());
    await computeHeads(empty, { since, signal, preferred: () => this.preferred, publish });
    this.#isRebuilt = false;
  }

  /** The GPU, unless there is none or the CPU is faster. */
  async #chooseBackend(
    { source, computeOn }: HeadsRequest,
    signal: AbortSignal,
  ): Promise<'gpu' | 'cpu'> {
    if (this.gpu === false) return 'cpu';
    try {
      await raceAbort(this.#acquire(), signal);
    } catch (error) {
      if (!(error instanceof GpuUnavailableError)) throw error;
      this.gpu = false;
      this.#notify(withoutWebGpu(error, maxLengthOnCpu(source), source.layers * source.heads));
      return 'cpu';
    }
    if (computeOn !== 'auto') return computeOn;
    return this.isCpuFaster && fitsCpu(source) ? 'cpu' : 'gpu';
  }

  async #acquire(): Promise<Gpu> {
    const gpu = await this.#devices.acquire();
    if (this.gpu !== gpu) {
      this.gpu = gpu;
      void gpu.lost.then(() => this.#handleLoss(gpu));
      this.host.requestUpdate();
    }
    return gpu;
  }

  #handleLoss(gpu: Gpu): void {
    if (this.gpu !== gpu) return;
    this.gpu = null;
    this.backends.gpu.release();
    if (this.result?.backend === 'cpu') return;
    if (this.#isRebuilt) return this.#notify(DEVICE_LOST_AGAIN);
    this.#isRebuilt = true;
    this.#task.retry();
    this.#notify(DEVICE_REPLACED);
  }

  #notify(notice: HeadsNotice | null): void {
    this.notice = notice;
    this.host.requestUpdate();
  }
}

const isSameRequest = (a: HeadsRequest, b: HeadsRequest): boolean =>
  a.source === b.source && a.computeOn === b.computeOn && sameControls(a.controls, b.controls);
