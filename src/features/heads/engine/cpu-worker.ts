import { referenceMaps } from '../../../attention/maps/cpu-maps';
import type { MapCells, MapRegion, RowStatistics } from '../../../attention/maps/weight-map';
import { createProblem, type Problem } from '../../../attention/problem';
import { reference } from '../../../attention/reference';
import { decodeFloat16, encodeFloat16 } from '../../../numeric/float16';
import { type HeadControls, problemOptions } from '../model/controls';
import type { HeadsSource } from '../model/source';

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

/// <reference lib="webworker" />

/** The worker's side of `cpu-host.ts`: maps of one source's heads in float64. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

type ReferenceMaps = ReturnType<typeof referenceMaps>;

/** A head's maps remember what they computed of its rows: those asked for last are kept. */
const MAX_CACHED_MAPS = 64;
const mapCache = new Map<string, ReferenceMaps>();

let source: CpuSource | null = null;
const roundedSources = new Map<string, CpuSource>();
const running = new Map<number, AbortController>();

scope.addEventListener('message', async ({ data }: MessageEvent<ToCpuWorker>) => {
  if ('abort' in data) {
    running.get(data.abort)?.abort();
    return;
  }
  const { id } = data;
  const abort = new AbortController();
  running.set(id, abort);
  const reply = (message: FromCpuWorker) => scope.postMessage(message);
  try {
    reply({ id, result: await answer(data, abort.signal, reply) });
  } catch (error) {
    const { name, message } = error as Error;
    reply({ id, name, error: message ?? String(error) });
  } finally {
    running.delete(id);
  }
});

async function answer(
  request: CpuRequest,
  signal: AbortSignal,
  reply: (message: FromCpuWorker) => void,
): Promise<CpuTasks[CpuTask]['result']> {
  const { id } = request;
  const onProgress = (progress: number) => reply({ id, progress });
  switch (request.task) {
    case 'load':
      source = request.source;
      roundedSources.clear();
      mapCache.clear();
      return null;
    case 'statistics':
      return mapsOf(request).statistics({ signal, onProgress });
    case 'cells':
      return mapsOf(request).map.cells(request.region, {
        signal,
        onPart: (part) => reply({ id, part }),
      });
    case 'outputs':
      return outputs(request.controls, signal, onProgress);
  }
}

function mapsOf({ controls, layer, head }: Extract<CpuRequest, { task: 'statistics' | 'cells' }>) {
  const name = JSON.stringify([controls, layer, head]);
  const known = mapCache.get(name);
  const operands = roundedOperands(controls);
  const maps =
    known ?? referenceMaps(problemFor(operands, controls), operands, layer, head, operands.marks);
  // Deleted and set again, it is the one used last.
  mapCache.delete(name);
  mapCache.set(name, maps);
  if (mapCache.size > MAX_CACHED_MAPS) mapCache.delete(mapCache.keys().next().value!);
  return maps;
}

function problemFor(operands: CpuSource, controls: HeadControls): Problem {
  const { layers, valueSize } = operands;
  const shape = { ...operands, batch: layers, valueSize: Math.max(1, valueSize) };
  return createProblem(shape, problemOptions(controls, operands));
}

/** The source's values as the controls' type stores them. */
function roundedOperands({ type }: HeadControls): CpuSource {
  if (!source) throw new Error('no source is loaded');
  if (type === 'f32') return source;
  let stored = roundedSources.get(type);
  if (!stored) {
    const { query, key, value } = source;
    const round = (values: Float32Array) => decodeFloat16(encodeFloat16(values));
    stored = { ...source, query: round(query), key: round(key), value: value && round(value) };
    roundedSources.set(type, stored);
  }
  return stored;
}

/** Rows between two looks at what else there is to do. */
const ROWS_PER_SLICE = 64;

async function outputs(
  controls: HeadControls,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<Float32Array> {
  const operands = roundedOperands(controls);
  const problem = problemFor(operands, controls);
  const { layers, heads, queryLength, valueSize } = operands;
  const rows = layers * heads * queryLength;
  const out = new Float32Array(rows * valueSize);
  const values = { ...operands, value: operands.value! };
  for (let first = 0; first < rows; first += ROWS_PER_SLICE) {
    signal.throwIfAborted();
    const count = Math.min(ROWS_PER_SLICE, rows - first);
    const chosen = Array.from({ length: count }, (_, i) => first + i);
    out.set(reference(problem, values, { rows: chosen }).output, first * valueSize);
    onProgress((first + count) / rows);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return out;
}
