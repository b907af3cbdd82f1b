import type { Part, StoredOperands } from './fill';
import type { MemoryPlan } from './memory-plan';
import type { PlainProblem } from './plain-problem';
import type { FastResult } from './views';

/** A problem for a worker: in memory shared with it, or for memory of its own. */
export interface LoadRequest {
  readonly task: 'load';
  readonly module: WebAssembly.Module;
  readonly plan: MemoryPlan;
  readonly problem: PlainProblem;
  /** Which scratch space is its own. */
  readonly thread: number;
  readonly memory: WebAssembly.Memory | null;
  /** Operands to copy from, if they are not there yet, and which part of them. */
  readonly operands: StoredOperands | null;
  readonly part: Part;
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
