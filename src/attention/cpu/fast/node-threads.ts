/** The parts of Node's `worker_threads` used here: the library is compiled without Node's types. */
interface NodeThreads {
  readonly parentPort: unknown;
  readonly Worker: new (url: URL) => NodeThread;
}

export interface NodeThread {
  postMessage(message: unknown): void;
  on(type: string, listener: (value: unknown) => void): void;
  terminate(): unknown;
}

interface NodeProcess {
  getBuiltinModule?(name: 'node:worker_threads'): NodeThreads;
}

/** Node's threads; undefined in a browser. */
export const nodeThreads = (
  globalThis as { readonly process?: NodeProcess }
).process?.getBuiltinModule?.('node:worker_threads');
