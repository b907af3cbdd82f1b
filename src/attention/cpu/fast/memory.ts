import { fromFloat16Bits } from '../../../numeric/float16';
import { LimitError, formatBytes } from '../../../webgpu/errors';
import { type Shape, elementCounts, rowStart } from '../../layout';
import type { Problem } from '../../problem';
import { locateRow } from '../../reference';
import { blockBytes } from './block-writer';

/** Words at the start of WebAssembly's memory, a cache line each, by which threads share the work. */
export const CONTROL = { next: 16, stop: 32 } as const;
export const CONTROL_WORDS = 64;

/** Byte offsets of a problem's arrays in WebAssembly's memory. */
export interface MemoryPlan {
  readonly query: number;
  readonly key: number;
  readonly value: number;
  readonly output: number;
  readonly logSumExp: number;
  /** Scratch space, one for each thread, `scratchBytes` apart. */
  readonly scratch: number;
  readonly scratchBytes: number;
  readonly bytes: number;
}

const PAGE = 2 ** 16;
/** WebAssembly's addresses have 32 bits. */
const MAX_BYTES = 2 ** 32;
const LINE = 64;
const aligned = (bytes: number) => Math.ceil(bytes / LINE) * LINE;

/** @throws LimitError for a problem beyond the 4 GiB that WebAssembly can address. */
export function planMemory(shape: Shape, threads: number): MemoryPlan {
  const counts = elementCounts(shape);
  // Reads past a row's end stay within at least one more cache line.
  let next = 4 * CONTROL_WORDS;
  const reserve = (floats: number) => {
    const at = next;
    next += aligned(4 * floats) + LINE;
    return at;
  };
  const offsets = mapValues(counts, reserve);
  const scratchBytes = aligned(blockBytes(shape));
  const bytes = next + threads * scratchBytes;
  if (bytes > MAX_BYTES - PAGE) {
    throw new LimitError(
      'memory',
      bytes,
      MAX_BYTES,
      `The fast CPU path needs ${formatBytes(bytes)} for this; WebAssembly addresses ${formatBytes(MAX_BYTES)}.`,
    );
  }
  return { ...offsets, scratch: next, scratchBytes, bytes };
}

/** @throws RangeError if the memory cannot be allocated. */
export function allocate({ bytes }: MemoryPlan, shared: boolean): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
}

export interface FastResult {
  /** (B, H, S, E), or in the problem's layout; or E values for each requested row. */
  readonly output: Float32Array;
  /** (B, H, S), or one for each requested row; −∞ for a row that sees no key. */
  readonly logSumExp: Float32Array;
}

/** Copies the results of all or of some rows, given as flat indices (b · H + h) · S + s. */
export function copyResults(
  { output, logSumExp }: FastResult,
  { shape, strides }: Pick<Problem, 'shape' | 'strides'>,
  rows: ArrayLike<number> | null,
): FastResult {
  if (!rows) return { output: output.slice(), logSumExp: logSumExp.slice() };
  const { valueSize } = shape;
  const picked = new Float32Array(rows.length * valueSize);
  const sums = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const { batch, head, query } = locateRow({ shape }, rows[i]);
    const start = rowStart(strides.output, batch, head, query);
    picked.set(output.subarray(start, start + valueSize), i * valueSize);
    sums[i] = logSumExp[rows[i]];
  }
  return { output: picked, logSumExp: sums };
}

export function viewsOf(shape: Shape, plan: MemoryPlan, { buffer }: WebAssembly.Memory) {
  const counts = elementCounts(shape);
  return mapValues(counts, (count, name) => new Float32Array(buffer, plan[name], count));
}

/** An object of the same keys. */
function mapValues<Name extends string, From, To>(
  values: Readonly<Record<Name, From>>,
  map: (value: From, name: Name) => To,
): Record<Name, To> {
  const entries = Object.entries<From>(values).map(([name, value]) => [
    name,
    map(value, name as Name),
  ]);
  return Object.fromEntries(entries);
}

const OPERANDS = ['query', 'key', 'value'] as const;

/** Operands as they are stored: float32, or the bits of float16. */
export type StoredOperands = Readonly<
  Record<(typeof OPERANDS)[number], Float32Array | Uint16Array>
>;

/** One of `count` equal parts of the work. */
export interface WorkShare {
  readonly index: number;
  readonly count: number;
}

/** Copies a part of the operands to WebAssembly's memory, and fills that part of the output with NaN. */
export function fillMemory(
  views: ReturnType<typeof viewsOf>,
  operands: StoredOperands,
  { index, count }: WorkShare,
): void {
  const partOf = (length: number): [number, number] => [
    Math.floor((length * index) / count),
    Math.floor((length * (index + 1)) / count),
  ];
  for (const name of OPERANDS) {
    const source = operands[name];
    const [first, end] = partOf(source.length);
    if (source instanceof Uint16Array) {
      for (let i = first; i < end; i++) views[name][i] = fromFloat16Bits(source[i]);
    } else {
      views[name].set(source.subarray(first, end), first);
    }
  }
  views.output.fill(NaN, ...partOf(views.output.length));
}

/** Whether other threads can read them without a copy. */
export const areShared = (operands: StoredOperands): boolean =>
  typeof SharedArrayBuffer !== 'undefined' &&
  OPERANDS.every((name) => operands[name].buffer instanceof SharedArrayBuffer);
