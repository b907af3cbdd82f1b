import type { Operands } from '../../reference';
import type { MemoryPlan } from './memory-plan';
import type { PlainProblem } from './plain-problem';

/** A problem for a worker: in memory shared with it, or with operands that it copies to its own. */
export interface LoadRequest {
  readonly task: 'load';
  readonly module: WebAssembly.Module;
  readonly plan: MemoryPlan;
  readonly problem: PlainProblem;
  /** Which scratch space is its own. */
  readonly thread: number;
  readonly memory: WebAssembly.Memory | null;
  readonly operands: Operands | null;
}

export type Request =
  | LoadRequest
  /** Computes units that no other thread has taken: those listed, or all. */
  | { readonly task: 'run'; readonly units: Int32Array | null }
  /** Sends copies of the results back. */
  | { readonly task: 'read' };

export interface Results {
  load: null;
  /** When the first unit was begun and the last one done, in milliseconds of one clock for all threads. */
  run: { readonly start: number; readonly end: number };
  read: { readonly output: Float32Array; readonly logSumExp: Float32Array };
}

export type Task = Request['task'];

export type Reply =
  { readonly result: Results[Task] } | { readonly name: string; readonly error: string };

/** Words at the start of WebAssembly's memory, a cache line each, by which threads share the work. */
export const CONTROL = { next: 16, stop: 32 } as const;
export const CONTROL_WORDS = 64;
