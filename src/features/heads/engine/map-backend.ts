import type { WorkOptions } from '../../../async/abort';
import type { RowStatistics, WeightMap } from '../../../attention/maps/weight-map';
import type { Problem } from '../../../attention/problem';
import type { HeadControls } from '../model/controls';
import type { HeadsSource } from '../model/source';

/** The maps of all heads of a source under some controls. Whoever prepared them destroys them. */
export interface HeadMaps {
  readonly problem: Problem;
  /** @throws the signal's reason; DeviceLostError; what the backend cannot do. */
  statistics(layer: number, head: number, options?: WorkOptions): Promise<RowStatistics>;
  /** Computed where it is read; of no use once these maps are destroyed. */
  map(layer: number, head: number): WeightMap;
  /** softmax(…) V of all heads: (layers, heads, queryLength, valueSize). For sources with values. */
  outputs(options?: WorkOptions): Promise<Float32Array>;
  /**
   * Maps of the same source under other controls, which share all that these hold; null where it must be prepared anew.
   * Both stay valid, and both must be destroyed.
   */
  with(controls: HeadControls): HeadMaps | null;
  destroy(): void;
}

export interface MapBackend {
  /**
   * Loads a source; calls that differ in the controls alone reuse it.
   * @throws GpuUnavailableError; LimitError, OutOfMemoryError or InputError for what is too large; the signal's reason.
   */
  prepare(source: HeadsSource, controls: HeadControls, signal: AbortSignal): Promise<HeadMaps>;
  /** Frees everything; the next call to `prepare` loads its source anew. */
  release(): void;
}
