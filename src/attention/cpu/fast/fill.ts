import { fromFloat16Bits } from '../../../numeric/float16';
import type { viewsOf } from './views';

const names = ['query', 'key', 'value'] as const;

/** Operands as they are stored: float32, or the bits of float16. */
export type StoredOperands = Readonly<Record<(typeof names)[number], Float32Array | Uint16Array>>;

/** One of `count` equal parts of the work. */
export interface Part {
  readonly index: number;
  readonly count: number;
}

/** Copies a part of the operands to WebAssembly's memory, and fills that part of the output with NaN. */
export function fill(
  views: ReturnType<typeof viewsOf>,
  operands: StoredOperands,
  { index, count }: Part,
): void {
  const partOf = (length: number): [number, number] => [
    Math.floor((length * index) / count),
    Math.floor((length * (index + 1)) / count),
  ];
  for (const name of names) {
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
  names.every((name) => operands[name].buffer instanceof SharedArrayBuffer);
