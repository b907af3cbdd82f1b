import { FastAttention } from './fast-attention';
import {
  type WorkShare,
  type StoredOperands,
  type MemoryPlan,
  type FastResult,
  CONTROL,
  CONTROL_WORDS,
  fillMemory,
  allocate,
  copyResults,
  viewsOf,
} from './memory';
import { instantiate } from './module';
import type { PlainProblem } from './problem';

/** A problem for a worker: in memory shared with it, or for memory of its own. */
interface LoadRequest {
  readonly task: 'load';
  readonly module: WebAssembly.Module;
  readonly plan: MemoryPlan;
  readonly problem: PlainProblem;
  /** Which scratch space is its own. */
  readonly thread: number;
  readonly memory: WebAssembly.Memory | null;
  /** Operands to copy from, if they are not there yet, and which part of them. */
  readonly operands: StoredOperands | null;
  readonly part: WorkShare;
}

export type Request =
  | LoadRequest
  /** Computes units that no other thread has taken: those listed, or all. */
  | { readonly task: 'run'; readonly units: Int32Array | null }
  /** Sends copies of the results back: of these rows, or all. */
  | { readonly task: 'read'; readonly rows: Int32Array | null };

export interface Results {
  load: null;
  /** When the first unit was begun and the last one done, in milliseconds of one clock for all threads. */
  run: { readonly start: number; readonly end: number };
  read: FastResult;
}

export type Task = Request['task'];

export type Reply =
  { readonly result: Results[Task] } | { readonly name: string; readonly error: string };

/** The worker's end of a channel: a worker's global scope, or a port. */
export interface Port {
  addEventListener(type: 'message', listener: (event: MessageEvent<Request>) => void): void;
  postMessage(message: Reply): void;
}

/** Answers the pool's requests, one after another. */
export function serve(port: Port): void {
  const worker = new PoolWorker();
  port.addEventListener('message', async ({ data }) => {
    try {
      port.postMessage({ result: await worker.answer(data) });
    } catch (error) {
      const { name = 'Error', message = String(error) } = error as Error;
      port.postMessage({ name, error: message });
    }
  });
}

interface Loaded {
  readonly attention: FastAttention;
  readonly control: Int32Array;
  readonly views: ReturnType<typeof viewsOf>;
  readonly problem: PlainProblem;
}

class PoolWorker {
  #loaded: Loaded | null = null;

  answer(request: Request) {
    switch (request.task) {
      case 'load':
        return this.#load(request);
      case 'run':
        return this.#run(request.units);
      case 'read':
        return this.#read(request.rows);
    }
  }

  async #load({ module, plan, problem, thread, memory: shared, operands, part }: LoadRequest) {
    const memory = shared ?? allocate(plan, false);
    const views = viewsOf(problem.shape, plan, memory);
    if (operands) fillMemory(views, operands, part);
    const wasm = await instantiate(module, memory);
    const attention = new FastAttention(wasm, memory, plan, problem, null, thread);
    const control = new Int32Array(memory.buffer, 0, CONTROL_WORDS);
    this.#loaded = { attention, control, views, problem };
    return null;
  }

  #run(units: Int32Array | null) {
    const { attention, control } = this.#require();
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

  #read(rows: Int32Array | null) {
    const { views, problem } = this.#require();
    return copyResults(views, problem, rows);
  }

  #require() {
    if (!this.#loaded) throw new Error('no problem is loaded');
    return this.#loaded;
  }
}

const isShared = ({ buffer }: Int32Array) =>
  typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;
