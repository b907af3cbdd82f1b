import type { MapCells, MapRegion, RowStatistics } from '../../attention/maps/weight-map';
import type { HeadControls } from '../../heads/controls';
import type { HeadsSource } from '../../heads/source';

/** What the CPU's worker needs of a source. */
export type CpuSource = Pick<
  HeadsSource,
  | 'layers'
  | 'heads'
  | 'kvHeads'
  | 'queryLength'
  | 'keyLength'
  | 'headSize'
  | 'valueSize'
  | 'query'
  | 'key'
  | 'value'
  | 'marks'
>;

interface OfHead {
  readonly controls: HeadControls;
  readonly layer: number;
  readonly head: number;
}

/** Tasks for the worker, each with its result. */
export interface CpuTasks {
  load: { readonly request: { readonly source: CpuSource }; readonly result: null };
  statistics: { readonly request: OfHead; readonly result: RowStatistics };
  cells: { readonly request: OfHead & { readonly region: MapRegion }; readonly result: MapCells };
  outputs: { readonly request: { readonly controls: HeadControls }; readonly result: Float32Array };
}

export type CpuTask = keyof CpuTasks;

export type CpuRequest = {
  [T in CpuTask]: { readonly task: T; readonly id: number } & CpuTasks[T]['request'];
}[CpuTask];

/** `abort` ends the request of that number. */
export type ToCpuWorker = CpuRequest | { readonly abort: number };

export type FromCpuWorker = { readonly id: number } & (
  | { readonly progress: number }
  | { readonly part: MapCells }
  | { readonly result: CpuTasks[CpuTask]['result'] }
  | { readonly name: string; readonly error: string }
);
