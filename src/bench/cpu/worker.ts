/// <reference lib="webworker" />
import { plainAttention } from '../../attention/cpu/plain';
import type { Problem } from '../../attention/problem';
import { reference } from '../../attention/reference';
import { problemOfCase } from '../case';
import { measureThread } from '../roofline/cpu-probe';
import { allocateOperands, allocateStored } from './operands';
import { fillOperands } from './operands';
import type { HostOperands, CpuMessage, CpuReply, CpuRequest, StoredOperands } from './operands';

/** The worker's side of `host.ts`: holds one case's operands and computes rows of it on the CPU. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

let loaded: { problem: Problem; operands: HostOperands } | null = null;

scope.addEventListener('message', ({ data }: MessageEvent<CpuMessage>) => {
  try {
    const { result, transfer } = answer(data);
    scope.postMessage({ id: data.id, result } as CpuReply, transfer);
  } catch (error) {
    const { name, message } = error as Error;
    scope.postMessage({ id: data.id, name, error: message ?? String(error) } satisfies CpuReply);
  }
});

function answer(request: CpuRequest) {
  switch (request.task) {
    case 'load':
      return load(request);
    case 'reference':
      return referenceRows(request.rows);
    case 'plain':
      return plainRows(request.rows);
    case 'peak':
      return { result: measureThread(request.probe), transfer: [] };
    case 'unload':
      loaded = null;
      return { result: null, transfer: [] };
  }
}

function load(request: Extract<CpuRequest, { task: 'load' }>) {
  const { benchmarkCase, shared, wantCopy } = request;
  const problem = problemOfCase(benchmarkCase);
  const operands = shared?.operands ?? allocateOperands(problem.shape, false);
  const stored = shared?.stored ?? allocateStored(operands, benchmarkCase.dtype, false);
  const part = shared ? request.part : { index: 0, count: 1 };
  fillOperands(operands, stored, { ...request, part });
  loaded = { problem, operands };
  return wantCopy ? sendAway(stored, operands) : { result: null, transfer: [] };
}

/** What to upload. Values that this worker computes with it keeps, and sends a copy. */
function sendAway(stored: StoredOperands, operands: HostOperands) {
  const { query, key, value } = stored;
  const result =
    stored === operands ? { query: query.slice(), key: key.slice(), value: value.slice() } : stored;
  return { result, transfer: Object.values(result).map(({ buffer }) => buffer) };
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
