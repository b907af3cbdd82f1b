import type { Distribution } from '../../numeric/random';
import type { BenchmarkCase } from '../case';
import type { CpuProbe, CpuSamples } from '../roofline/cpu-probe';

export const operandNames = ['query', 'key', 'value'] as const;
export type OperandName = (typeof operandNames)[number];

/** Host values of one case, to compute with. On shared memory where the page is isolated. */
export type HostOperands = Readonly<Record<OperandName, Float32Array>>;

/** The same as the GPU stores them: themselves, or the bits of float16. */
export type StoredOperands = Readonly<Record<OperandName, Float32Array | Uint16Array>>;

/** What a worker can be asked for. Each request is answered by one `Reply` with the same id. */
export type Request =
  | {
      readonly task: 'load';
      readonly benchmarkCase: BenchmarkCase;
      readonly seed: number;
      readonly distribution: Distribution;
      /** Shared memory to fill and keep; without it the worker fills memory of its own. */
      readonly shared: { readonly operands: HostOperands; readonly stored: StoredOperands } | null;
      /** Which part of the shared memory is this worker's to fill: `index` of `count` equal parts. */
      readonly part: { readonly index: number; readonly count: number };
      /** Whether to send back what to upload, out of its own memory. */
      readonly wantCopy: boolean;
    }
  | { readonly task: 'reference'; readonly rows: Int32Array }
  | { readonly task: 'plain'; readonly rows: Int32Array }
  | { readonly task: 'peak'; readonly probe: CpuProbe }
  | { readonly task: 'unload' };

export interface Results {
  load: StoredOperands | null;
  reference: { readonly output: Float64Array; readonly bound: Float64Array };
  plain: { readonly output: Float32Array; readonly milliseconds: number };
  peak: CpuSamples;
  unload: null;
}

export type Task = Request['task'];

export type Message = { readonly id: number } & Request;

export type Reply =
  | { readonly id: number; readonly result: Results[Task] }
  | { readonly id: number; readonly name: string; readonly error: string };

/** Random streams of the operands: one seed gives three independent sequences. */
export const STREAMS = { query: 0, key: 1, value: 2 } as const;
