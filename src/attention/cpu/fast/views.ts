import { type Shape, elementCounts } from '../../shape';
import type { Problem } from '../../problem';
import { locateRow } from '../../reference';
import type { MemoryPlan } from './memory-plan';

export interface FastResult {
  /** (B, H, S, E), or as the problem's layout says; or E values for each row asked for. */
  readonly output: Float32Array;
  /** (B, H, S), or one for each row asked for; −∞ for a row that sees nothing. */
  readonly logSumExp: Float32Array;
}

/** Copies of results, of all rows or of these; the rows' flat indices are (b · H + h) · S + s. */
export function copyResults(
  { output, logSumExp }: FastResult,
  { shape, strides }: Pick<Problem, 'shape' | 'strides'>,
  rows: ArrayLike<number> | null,
): FastResult {
  if (!rows) return { output: output.slice(), logSumExp: logSumExp.slice() };
  const { valueSize } = shape;
  const picked = new Float32Array(rows.length * valueSize);
  const sums = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const { batch, head, query } = locateRow({ shape }, rows[i]);
    const { batch: byBatch, head: byHead, row } = strides.output;
    const start = batch * byBatch + head * byHead + query * row;
    picked.set(output.subarray(start, start + valueSize), i * valueSize);
    sums[i] = logSumExp[rows[i]];
  }
  return { output: picked, logSumExp: sums };
}

/** Operands and results in WebAssembly's memory. */
export function viewsOf(shape: Shape, plan: MemoryPlan, { buffer }: WebAssembly.Memory) {
  const counts = elementCounts(shape);
  const view = (name: keyof typeof counts) => new Float32Array(buffer, plan[name], counts[name]);
  return {
    query: view('query'),
    key: view('key'),
    value: view('value'),
    output: view('output'),
    logSumExp: view('logSumExp'),
  };
}
