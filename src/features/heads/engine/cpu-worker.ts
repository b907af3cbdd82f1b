/// <reference lib="webworker" />
import { serveRpc } from '../../../async/rpc';
import { TimeSlice } from '../../../async/yield';
import { referenceMaps } from '../../../attention/maps/cpu-maps';
import type { MapCells, MapRegion, RowStatistics } from '../../../attention/maps/weight-map';
import { reference } from '../../../attention/reference';
import { roundToFloat16 } from '../../../numeric/float16';
import { headsProblem, type HeadControls } from '../model/controls';
import { principalComponents, type PrincipalComponents } from '../model/pca';
import type { HeadsSource } from '../model/source';

type Head = { readonly controls: HeadControls; readonly layer: number; readonly head: number };

/** Work on one source beside the page. Maps and outputs are computed in float64. */
export interface MapTasks {
  /** The source of all later calls. */
  load: { request: HeadsSource; result: void };
  statistics: { request: Head; result: RowStatistics; progress: number };
  /** Reports the cells that are done while it computes the others. */
  cells: { request: Head & { readonly region: MapRegion }; result: MapCells; progress: MapCells };
  /** (layers, heads, queryLength, valueSize) */
  outputs: { request: HeadControls; result: Float32Array; progress: number };
  components: {
    request: { readonly values: Float32Array; readonly size: number };
    result: PrincipalComponents;
  };
}

type ReferenceMaps = ReturnType<typeof referenceMaps>;

/** Maps remember the rows that they computed; those used last are kept. */
const MAX_CACHED_MAPS = 64;
const mapCache = new Map<string, ReferenceMaps>();

let source: HeadsSource | null = null;
let float16Source: HeadsSource | null = null;

serveRpc<MapTasks>(globalThis as unknown as DedicatedWorkerGlobalScope, {
  load: (loaded) => {
    source = loaded;
    float16Source = null;
    mapCache.clear();
  },
  statistics: (request, { signal, progress }) =>
    mapsOf(request).statistics({ signal, onProgress: progress }),
  cells: (request, { signal, progress }) =>
    mapsOf(request).map.cells(request.region, { signal, onPart: progress }),
  outputs: (controls, { signal, progress }) => outputs(controls, signal, progress),
  components: ({ values, size }) => principalComponents(values, size),
});

function mapsOf({ controls, layer, head }: Head): ReferenceMaps {
  const name = JSON.stringify([controls, layer, head]);
  const operands = operandsOf(controls);
  const maps =
    mapCache.get(name) ??
    referenceMaps(headsProblem(operands, controls), operands, layer, head, operands.marks);
  // Deleted and set again, it is the one used last.
  mapCache.delete(name);
  mapCache.set(name, maps);
  if (mapCache.size > MAX_CACHED_MAPS) mapCache.delete(mapCache.keys().next().value!);
  return maps;
}

/** The source's values as the controls' type stores them. */
function operandsOf({ type }: HeadControls): HeadsSource {
  if (!source) throw new Error('no source is loaded');
  if (type === 'f32') return source;
  if (!float16Source) {
    const { query, key, value } = source;
    const round = (values: Float32Array) => values.map(roundToFloat16);
    float16Source = {
      ...source,
      query: round(query),
      key: round(key),
      value: value && round(value),
    };
  }
  return float16Source;
}

/** Rows computed between two looks at the clock. */
const ROWS_PER_STEP = 64;

async function outputs(
  controls: HeadControls,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<Float32Array> {
  const operands = operandsOf(controls);
  const problem = headsProblem(operands, controls);
  const { layers, heads, queryLength, valueSize } = operands;
  const rows = layers * heads * queryLength;
  const out = new Float32Array(rows * valueSize);
  const values = { ...operands, value: operands.value! };
  const slice = new TimeSlice(signal);
  for (let first = 0; first < rows; first += ROWS_PER_STEP) {
    const count = Math.min(ROWS_PER_STEP, rows - first);
    const chosen = Array.from({ length: count }, (_, i) => first + i);
    out.set(reference(problem, values, { rows: chosen }).output, first * valueSize);
    onProgress((first + count) / rows);
    await slice.yield();
  }
  return out;
}
