import { CONTROL, CONTROL_WORDS } from './control';
import { FastAttention } from './fast';
import { fill } from './fill';
import { allocate } from './memory-plan';
import { instantiate } from './module';
import type { LoadRequest, Reply, Request } from './protocol';
import type { PlainProblem } from './plain-problem';
import { copyResults, viewsOf } from './views';

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
    if (operands) fill(views, operands, part);
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
