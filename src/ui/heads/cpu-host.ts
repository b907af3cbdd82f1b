import { InputError } from '../../attention/input-error';
import type { MapReadOptions, MapRegion, WeightMap } from '../../attention/maps/weight-map';
import { createProblem } from '../../attention/problem';
import { problemOptions, type HeadControls } from '../../heads/controls';
import type { HeadsSource } from '../../heads/source';
import { CpuThread } from './cpu-thread';
import type { HeadMaps, HeadWork, MapsHost } from './maps-host';

/** Pairs of queries and keys, over all heads, times the head size: about ten seconds of float64. */
const MOST_PRODUCTS = 2 ** 33;

/** Computes maps in float64, in a worker: the page's own thread stays free. */
export class CpuHost implements MapsHost {
  #thread: CpuThread | null = null;
  #loaded: HeadsSource | null = null;

  async prepare(
    source: HeadsSource,
    controls: HeadControls,
    signal: AbortSignal,
  ): Promise<HeadMaps> {
    assertAffordable(source);
    if (this.#thread?.hasStopped) this.release();
    this.#thread ??= new CpuThread();
    if (this.#loaded !== source) {
      this.#loaded = source;
      const { layers, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = source;
      const extents = { layers, heads, kvHeads, queryLength, keyLength, headSize, valueSize };
      const { query, key, value, marks } = source;
      await this.#thread.call(
        'load',
        { source: { ...extents, query, key, value, marks } },
        { signal },
      );
    }
    return new CpuMaps(this.#thread, source, controls);
  }

  release(): void {
    this.#thread?.destroy();
    this.#thread = null;
    this.#loaded = null;
  }
}

/** The longest sequence of such heads that the CPU is asked for: a power of two. */
export function longestOnCpu({ layers, heads, headSize }: HeadsSource): number {
  return 2 ** Math.floor(Math.log2(Math.sqrt(MOST_PRODUCTS / (layers * heads * headSize))));
}

function assertAffordable(source: HeadsSource): void {
  const { layers, heads, queryLength, keyLength, headSize } = source;
  if (layers * heads * queryLength * keyLength * headSize <= MOST_PRODUCTS) return;
  const longest = longestOnCpu(source);
  throw new InputError(
    'length',
    `${queryLength} × ${keyLength}`,
    `up to ${longest} tokens for ${layers * heads} such heads without a GPU`,
  );
}

class CpuMaps implements HeadMaps {
  readonly problem;

  constructor(
    private readonly thread: CpuThread,
    private readonly source: HeadsSource,
    private readonly controls: HeadControls,
  ) {
    const shape = { ...source, batch: source.layers, valueSize: Math.max(1, source.valueSize) };
    this.problem = createProblem(shape, problemOptions(controls, source));
  }

  statistics(layer: number, head: number, work?: HeadWork) {
    const { controls } = this;
    return this.thread.call('statistics', { controls, layer, head }, work);
  }

  map(layer: number, head: number): WeightMap {
    const { thread, controls, source } = this;
    return {
      rows: source.queryLength,
      columns: source.keyLength,
      cells: (region: MapRegion, options?: MapReadOptions) =>
        thread.call('cells', { controls, layer, head, region }, options),
    };
  }

  outputs(work?: HeadWork) {
    return this.thread.call('outputs', { controls: this.controls }, work);
  }

  /** The worker keeps what it has for whoever asks next. */
  destroy(): void {}
}
