import { type Shape, elementCounts } from '../../shape';
import type { MemoryPlan } from './memory-plan';

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
