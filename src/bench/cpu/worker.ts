/// <reference lib="webworker" />
import { plainAttention } from '../../attention/cpu/plain';
import type { Problem } from '../../attention/problem';
import { reference } from '../../attention/reference';
import { fillRandom } from '../../numeric/random';
import { problemOfCase } from '../case';
import { allocateOperands } from './allocate';
import { type HostOperands, type Message, type Reply, type Request, STREAMS } from './protocol';

/** The worker's side of `host.ts`: holds one case's operands and computes rows of it on the CPU. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

let loaded: { problem: Problem; operands: HostOperands } | null = null;

scope.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  try {
    const { result, transfer } = answer(data);
    scope.postMessage({ id: data.id, result } as Reply, transfer);
  } catch (error) {
    const { name, message } = error as Error;
    scope.postMessage({ id: data.id, name, error: message ?? String(error) } satisfies Reply);
  }
});

function answer(request: Request) {
  switch (request.task) {
    case 'load':
      return load(request);
    case 'reference':
      return referenceRows(request.rows);
    case 'plain':
      return plainRows(request.rows);
    case 'unload':
      loaded = null;
      return { result: null, transfer: [] };
  }
}

function load(request: Extract<Request, { task: 'load' }>) {
  const problem = problemOfCase(request.benchmarkCase);
  const operands = request.shared ?? allocateOperands(problem.shape, false);
  const part = request.shared ? request.part : { index: 0, count: 1 };
  for (const name of ['query', 'key', 'value'] as const) {
    const whole = operands[name];
    const start = Math.floor((whole.length * part.index) / part.count);
    const end = Math.floor((whole.length * (part.index + 1)) / part.count);
    const { seed, distribution } = request;
    fillRandom(whole.subarray(start, end), { seed, distribution, stream: STREAMS[name], start });
  }
  loaded = { problem, operands };
  if (!request.wantCopy) return { result: null, transfer: [] };
  const copy = {
    query: operands.query.slice(),
    key: operands.key.slice(),
    value: operands.value.slice(),
  };
  return { result: copy, transfer: Object.values(copy).map(({ buffer }) => buffer) };
}

function requireLoaded() {
  if (!loaded) throw new Error('no case is loaded');
  return loaded;
}

function referenceRows(rows: Int32Array) {
  const { problem, operands } = requireLoaded();
  const { output, outputBound: bound } = reference(problem, operands, { rows });
  return { result: { output, bound }, transfer: [output.buffer, bound.buffer] };
}

function plainRows(rows: Int32Array) {
  const { problem, operands } = requireLoaded();
  const output = new Float32Array(rows.length * problem.shape.valueSize);
  const start = performance.now();
  plainAttention(problem, operands, rows, output);
  const milliseconds = performance.now() - start;
  return { result: { output, milliseconds }, transfer: [output.buffer] };
}
