import { type RpcPort, serveRpc } from '../../../async/rpc';
import { FastAttention } from './fast-attention';
import {
  CONTROL,
  CONTROL_WORDS,
  type FastResult,
  type MemoryPlan,
  type StoredOperands,
  type WorkShare,
  allocate,
  copyResults,
  fillMemory,
  viewsOf,
} from './memory';
import { instantiate } from './module';
import type { PlainProblem } from './problem';

/** A problem for a worker: in shared memory, or to be copied to its own. */
export interface LoadRequest {
  readonly module: WebAssembly.Module;
  readonly plan: MemoryPlan;
  readonly problem: PlainProblem;
  /** Index of its scratch space. */
  readonly thread: number;
  readonly memory: WebAssembly.Memory | null;
  /** Operands to copy, unless they are in the memory already, and the part of them to copy. */
  readonly operands: StoredOperands | null;
  readonly part: WorkShare;
}

/** The tasks of a `FastPool`'s threads. */
export interface PoolTasks {
  load: { request: LoadRequest; result: void };
  /**
   * Computes units that no other thread has taken, of those listed or of all. Returns the start of the first and
   * the end of the last, in milliseconds of one clock for all threads.
   */
  run: {
    request: { readonly units: Int32Array | null };
    result: { readonly start: number; readonly end: number };
  };
  /** Copies of the results: of these rows, or all. */
  read: { request: { readonly rows: Int32Array | null }; result: FastResult };
}

interface Loaded {
  readonly attention: FastAttention;
  readonly control: Int32Array;
  readonly views: ReturnType<typeof viewsOf>;
  readonly problem: PlainProblem;
}

/** Answers a pool's calls, in a worker. */
export function serve(port: RpcPort): void {
  let loaded: Loaded | null = null;
  const required = () => {
    if (!loaded) throw new Error('no problem is loaded');
    return loaded;
  };
  serveRpc<PoolTasks>(port, {
    async load(request) {
      loaded = await load(request);
    },
    run: ({ units }) => run(required(), units),
    read({ rows }) {
      const { views, problem } = required();
      return copyResults(views, problem, rows);
    },
  });
}

async function load(request: LoadRequest): Promise<Loaded> {
  const { module, plan, problem, thread, operands, part } = request;
  const memory = request.memory ?? allocate(plan, false);
  const views = viewsOf(problem.shape, plan, memory);
  if (operands) fillMemory(views, operands, part);
  const wasm = await instantiate(module, memory);
  const attention = new FastAttention(wasm, memory, plan, problem, null, thread);
  const control = new Int32Array(memory.buffer, 0, CONTROL_WORDS);
  return { attention, control, views, problem };
}

function run({ attention, control }: Loaded, units: Int32Array | null) {
  const count = units?.length ?? attention.units.count;
  const { timeOrigin } = performance;
  const start = timeOrigin + performance.now();
  if (!isShared(control)) control[CONTROL.next] = 0;
  for (;;) {
    const i = Atomics.add(control, CONTROL.next, 1);
    if (i >= count || Atomics.load(control, CONTROL.stop)) break;
    // From the last to the first: under a causal mask the last rows take longest.
    attention.compute(units ? units[i] : count - 1 - i);
  }
  return { start, end: timeOrigin + performance.now() };
}

const isShared = ({ buffer }: Int32Array) =>
  typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;
