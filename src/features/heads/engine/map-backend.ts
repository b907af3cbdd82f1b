import type { RowStatistics, WeightMap } from '../../../attention/maps/weight-map';
import type { Problem } from '../../../attention/problem';
import type { HeadControls } from '../model/controls';
import type { HeadsSource } from '../model/source';

export interface HeadTaskOptions {
  readonly signal?: AbortSignal;
  /** Share done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** The maps of all heads of a source under some controls. Whoever prepared them destroys them. */
export interface HeadMaps {
  /** What they are the maps of. */
  readonly problem: Problem;
  /** @throws the signal's reason; DeviceLostError; what the place cannot do. */
  statistics(layer: number, head: number, work?: HeadTaskOptions): Promise<RowStatistics>;
  /** Computed where it is looked at, and of no use once these maps are destroyed. */
  map(layer: number, head: number): WeightMap;
  /** softmax(…) V of all heads: (layers, heads, queryLength, valueSize). For sources with values. */
  outputs(work?: HeadTaskOptions): Promise<Float32Array>;
  destroy(): void;
}

/** A place that computes maps: the GPU, or the CPU beside the page. */
export interface MapBackend {
  /**
   * Readies a source; kept for the next call where only the controls differ.
   * @throws GpuUnavailableError; LimitError, OutOfMemoryError or InputError for what is too large here; the
   * signal's reason.
   */
  prepare(source: HeadsSource, controls: HeadControls, signal: AbortSignal): Promise<HeadMaps>;
  /** Lets go of everything; the next call to `prepare` begins again. */
  release(): void;
}
