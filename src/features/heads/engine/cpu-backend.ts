import type { WorkOptions } from '../../../async/abort';
import { RpcClient } from '../../../async/rpc';
import { InputError } from '../../../attention/input-error';
import type { WeightMap } from '../../../attention/maps/weight-map';
import type { Problem } from '../../../attention/problem';
import { headsProblem, type HeadControls } from '../model/controls';
import type { HeadsSource } from '../model/source';
import type { MapTasks } from './cpu-worker';
import type { HeadMaps, MapBackend } from './map-backend';

/** Pairs of queries and keys of all heads, times the head size: about ten seconds of float64. */
const MAX_PRODUCTS = 2 ** 33;

export const openCpuWorker = (onAbort: 'cancel' | 'terminate' = 'cancel'): RpcClient<MapTasks> =>
  new RpcClient(
    () =>
      new Worker(new URL('./cpu-worker.ts', import.meta.url), {
        type: 'module',
        name: 'attention-heads',
      }),
    { name: 'CPU worker', onAbort },
  );

/** Computes maps in float64, in a worker: the page's own thread stays free. */
export class CpuBackend implements MapBackend {
  #worker: RpcClient<MapTasks> | null = null;
  #loaded: HeadsSource | null = null;

  async prepare(
    source: HeadsSource,
    controls: HeadControls,
    signal: AbortSignal,
  ): Promise<HeadMaps> {
    if (!fitsCpu(source)) {
      const { layers, heads, queryLength, keyLength } = source;
      throw new InputError(
        'length',
        `${queryLength} × ${keyLength}`,
        `up to ${maxLengthOnCpu(source)} tokens for ${layers * heads} such heads without a GPU`,
      );
    }
    if (this.#worker?.hasStopped) this.release();
    this.#worker ??= openCpuWorker();
    if (this.#loaded !== source) {
      this.#loaded = source;
      await this.#worker.call('load', source, { signal });
    }
    return new CpuMaps(this.#worker, source, controls);
  }

  release(): void {
    this.#worker?.destroy();
    this.#worker = null;
    this.#loaded = null;
  }
}

export function fitsCpu({ layers, heads, queryLength, keyLength, headSize }: HeadsSource): boolean {
  return layers * heads * queryLength * keyLength * headSize <= MAX_PRODUCTS;
}

/** The longest sequence of such heads that the CPU takes: a power of two. */
export function maxLengthOnCpu({ layers, heads, headSize }: HeadsSource): number {
  return 2 ** Math.floor(Math.log2(Math.sqrt(MAX_PRODUCTS / (layers * heads * headSize))));
}

class CpuMaps implements HeadMaps {
  readonly problem: Problem;

  constructor(
    private readonly worker: RpcClient<MapTasks>,
    private readonly source: HeadsSource,
    private readonly controls: HeadControls,
  ) {
    this.problem = headsProblem(source, controls);
  }

  statistics(layer: number, head: number, options?: WorkOptions) {
    return this.worker.call('statistics', { controls: this.controls, layer, head }, options);
  }

  map(layer: number, head: number): WeightMap {
    const { worker, controls, source } = this;
    return {
      rows: source.queryLength,
      columns: source.keyLength,
      cells: (region, { signal, onPart } = {}) =>
        worker.call('cells', { controls, layer, head, region }, { signal, onProgress: onPart }),
    };
  }

  outputs(options?: WorkOptions) {
    return this.worker.call('outputs', this.controls, options);
  }

  /** `prepare` costs nothing where the source is loaded already, and knows whether it is. */
  with(): null {
    return null;
  }

  /** Nothing to free: the worker caches rows for whoever reads next. */
  destroy(): void {}
}
