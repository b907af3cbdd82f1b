import type { Problem } from '../../problem';
import type { Operands } from '../../reference';
import { FastAttention } from './fast';
import { allocate, planMemory } from './memory-plan';
import { compileFast, instantiate } from './module';
import { splitProblem } from './plain-problem';
import { type FastResult, viewsOf } from './views';

export interface FastOptions {
  /** Another build than the best one; its memory must not be shared. */
  readonly module?: WebAssembly.Module;
}

/**
 * The fast CPU path on the calling thread, all at once: for workers, Node and tests. See `FastPool` for
 * threads that share the work.
 * @throws SimdUnavailableError; LimitError beyond 4 GiB; RangeError where there is no memory for a copy of the operands.
 */
export async function fastAttention(
  problem: Problem,
  operands: Operands,
  options: FastOptions = {},
): Promise<FastResult> {
  const { shape } = problem;
  const plan = planMemory(shape, 1);
  const memory = allocate(plan, false);
  const module = options.module ?? (await compileFast(false)).module;
  const views = viewsOf(shape, plan, memory);
  for (const name of ['query', 'key', 'value'] as const) views[name].set(operands[name]);
  const { plain, functions } = splitProblem(problem);
  const wasm = await instantiate(module, memory);
  const attention = new FastAttention(wasm, memory, plan, plain, functions);
  for (let unit = 0; unit < attention.units.count; unit++) attention.compute(unit);
  return { output: views.output.slice(), logSumExp: views.logSumExp.slice() };
}
