/// <reference lib="webworker" />
import { referenceMaps } from '../../attention/maps/reference-maps';
import { createProblem, type Problem } from '../../attention/problem';
import { reference } from '../../attention/reference';
import { problemOptions, type HeadControls } from '../../heads/controls';
import { decodeFloat16, encodeFloat16 } from '../../numeric/float16';
import type {
  CpuRequest,
  CpuSource,
  CpuTask,
  CpuTasks,
  FromCpuWorker,
  ToCpuWorker,
} from './cpu-protocol';

/** The worker's side of `cpu-host.ts`: maps of one source's heads in float64. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

type ReferenceMaps = ReturnType<typeof referenceMaps>;

/** A head's maps remember what they computed of its rows: those asked for last are kept. */
const KEPT_MAPS = 64;
const kept = new Map<string, ReferenceMaps>();

let source: CpuSource | null = null;
const rounded = new Map<string, CpuSource>();
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
      rounded.clear();
      kept.clear();
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
  const known = kept.get(name);
  const operands = operandsOf(controls);
  const maps =
    known ?? referenceMaps(problemOf(operands, controls), operands, layer, head, operands.marks);
  // Deleted and set again, it is the one used last.
  kept.delete(name);
  kept.set(name, maps);
  if (kept.size > KEPT_MAPS) kept.delete(kept.keys().next().value!);
  return maps;
}

function problemOf(operands: CpuSource, controls: HeadControls): Problem {
  const { layers, valueSize } = operands;
  const shape = { ...operands, batch: layers, valueSize: Math.max(1, valueSize) };
  return createProblem(shape, problemOptions(controls, operands));
}

/** The source's values as the controls' type stores them. */
function operandsOf({ type }: HeadControls): CpuSource {
  if (!source) throw new Error('no source is loaded');
  if (type === 'f32') return source;
  let stored = rounded.get(type);
  if (!stored) {
    const { query, key, value } = source;
    const round = (values: Float32Array) => decodeFloat16(encodeFloat16(values));
    stored = { ...source, query: round(query), key: round(key), value: value && round(value) };
    rounded.set(type, stored);
  }
  return stored;
}

/** Rows between two looks at what else there is to do. */
const ROWS_AT_ONCE = 64;

async function outputs(
  controls: HeadControls,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<Float32Array> {
  const operands = operandsOf(controls);
  const problem = problemOf(operands, controls);
  const { layers, heads, queryLength, valueSize } = operands;
  const rows = layers * heads * queryLength;
  const out = new Float32Array(rows * valueSize);
  const values = { ...operands, value: operands.value! };
  for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
    signal.throwIfAborted();
    const count = Math.min(ROWS_AT_ONCE, rows - first);
    const chosen = Array.from({ length: count }, (_, i) => first + i);
    out.set(reference(problem, values, { rows: chosen }).output, first * valueSize);
    onProgress((first + count) / rows);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return out;
}
