import { type Operand, kvHeadOf, rowStart } from '../../layout';
import type { Problem } from '../../problem';
import { type Operands, locateRow } from '../../reference';
import { BlockWriter } from './block-writer';
import { attendWithCallbacks } from './callback-path';
import { type MemoryPlan, allocate, planMemory, type FastResult, viewsOf } from './memory';
import { type FastExports, compileFast, instantiate } from './module';
import { type PlainProblem, type ProblemFunctions, Units, splitProblem } from './problem';

/** Up to so many rows are faster one after another than side by side. */
const MAX_DECODE_ROWS = 4;

/**
 * The fast CPU path on one thread: attention by WebAssembly, 32 rows at a time, on operands that lie in
 * its memory according to `plan`. Same semantics as `reference`; errors stay within its bounds.
 */
export class FastAttention {
  readonly units: Units;
  readonly #block: BlockWriter;
  readonly #sumExp: Float32Array;

  /** `functions` where the problem is not plain. `thread` counts from 0, and has scratch space of its own. */
  constructor(
    private readonly wasm: FastExports,
    memory: WebAssembly.Memory,
    private readonly plan: MemoryPlan,
    private readonly problem: PlainProblem,
    private readonly functions: ProblemFunctions | null = null,
    thread = 0,
  ) {
    const { shape } = problem;
    const { batch, heads, queryLength } = shape;
    this.units = new Units(shape);
    this.#block = new BlockWriter(memory, plan.scratch + thread * plan.scratchBytes, shape);
    this.#sumExp = new Float32Array(memory.buffer, plan.logSumExp, batch * heads * queryLength);
    this.#block.set('keyStride', 4 * problem.strides.key.row);
    this.#block.set('valueStride', 4 * problem.strides.value.row);
    this.#block.scale = problem.scale * (this.#modified ? 1 : Math.LOG2E);
  }

  /** Computes a unit's output rows and log-sum-exps. */
  compute(index: number): void {
    const { first, count } = this.units.rowsOf(index);
    const rows = Array.from({ length: count }, (_, i) => locateRow(this.problem, first + i));
    this.#describe(rows, first);
    const { wasm } = this;
    const { address, maxima, sums } = this.#block;
    if (count <= MAX_DECODE_ROWS && !this.functions) {
      wasm.attendDecode(address);
    } else {
      wasm.begin(address);
      if (!this.functions) wasm.attend(address);
      else attendWithCallbacks(wasm, this.#block, rows, this.functions);
      wasm.finish(address);
    }
    for (let i = 0; i < count; i++) {
      this.#sumExp[first + i] = (maxima[i] + Math.log2(sums[i])) * Math.LN2;
    }
  }

  get #modified(): boolean {
    return (this.functions?.scoreModifiers.length ?? 0) > 0;
  }

  #describe(rows: readonly ReturnType<typeof locateRow>[], first: number): void {
    const { shape, strides, sinks, keys } = this.problem;
    const { plan } = this;
    const block = this.#block;
    block.set('rows', rows.length);
    const { batch } = rows[0];
    const kvHead = kvHeadOf(shape, rows[0].head);
    const address = (operand: Operand, ofHead: number, row: number) =>
      plan[operand] + 4 * rowStart(strides[operand], batch, ofHead, row);
    block.set('keys', address('key', kvHead, 0));
    block.set('values', address('value', kvHead, 0));
    for (const [i, { head, query }] of rows.entries()) {
      block.queryRows[i] = address('query', head, query);
      block.outputRows[i] = address('output', head, query);
      const sink = sinks?.[head] ?? -Infinity;
      block.maxima[i] = sink * Math.LOG2E;
      block.sums[i] = sink === -Infinity ? 0 : 1;
      const row = keys && (first + i) % keys.first.length;
      block.firstKeys[i] = keys ? keys.first[row!] : 0;
      block.endKeys[i] = keys ? keys.end[row!] : shape.keyLength;
    }
    // The last strip is computed whole; results of unused rows are never stored.
    block.queryRows.fill(block.queryRows[0], rows.length);
    block.summarise(rows.length);
  }
}

/**
 * The fast CPU path on the calling thread, all at once: for workers, Node and tests. See `FastPool` for
 * threads that share the work.
 * @throws SimdUnavailableError; LimitError beyond 4 GiB; RangeError where there is no memory for a copy of the operands.
 */
export async function fastAttention(
  problem: Problem,
  operands: Operands,
  /** Another build than the best one; its memory must not be shared. */
  options: { readonly module?: WebAssembly.Module } = {},
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
