import { fromFloat16Bits } from '../../../../numeric/float16';

/** A file that cannot be read: which one, what is wrong with it, and what was expected. */
export class FileError extends Error {
  override name = 'FileError';
  constructor(
    readonly file: string,
    readonly problem: string,
    readonly expected: string,
  ) {
    super(`${file}: ${problem}; expected ${expected}.`);
  }
}

/** A named tensor of a file. Its values are converted only when they are read. */
export interface FileTensor {
  readonly file: string;
  readonly name: string;
  readonly shape: readonly number[];
  /** In the words of the file's format: "<f4", "BF16". */
  readonly type: string;
  /** All values as float32, row-major. float64 and whole numbers are rounded to it. */
  readonly read: () => Float32Array;
}

export interface FileTexts {
  readonly file: string;
  readonly name: string;
  readonly texts: readonly string[];
}

export interface FileContents {
  readonly file: string;
  readonly tensors: readonly FileTensor[];
  readonly texts: readonly FileTexts[];
  /** What was skipped, a sentence each, such as tensors of unsupported types. */
  readonly skipped: readonly string[];
}

/** Number of values in a tensor; may be Infinity for a malformed shape. */
export const elementCount = (shape: readonly number[]): number =>
  shape.reduce((product, extent) => product * extent, 1);

export interface NumberType {
  /** Bytes. */
  readonly size: 1 | 2 | 4 | 8;
  readonly read: (view: DataView, at: number, little: boolean) => number;
}

const word = new Float32Array(1);
const wordBits = new Uint32Array(word.buffer);

/** By the names that .safetensors files give them. */
export const numberTypes: ReadonlyMap<string, NumberType> = new Map<string, NumberType>([
  ['F64', { size: 8, read: (view, at, little) => view.getFloat64(at, little) }],
  ['F32', { size: 4, read: (view, at, little) => view.getFloat32(at, little) }],
  ['F16', { size: 2, read: (view, at, little) => fromFloat16Bits(view.getUint16(at, little)) }],
  ['BF16', { size: 2, read: readBfloat16 }],
  ['I64', { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) }],
  ['I32', { size: 4, read: (view, at, little) => view.getInt32(at, little) }],
  ['I16', { size: 2, read: (view, at, little) => view.getInt16(at, little) }],
  ['I8', { size: 1, read: (view, at) => view.getInt8(at) }],
  ['U64', { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) }],
  ['U32', { size: 4, read: (view, at, little) => view.getUint32(at, little) }],
  ['U16', { size: 2, read: (view, at, little) => view.getUint16(at, little) }],
  ['U8', { size: 1, read: (view, at) => view.getUint8(at) }],
  ['BOOL', { size: 1, read: (view, at) => Number(view.getUint8(at) !== 0) }],
]);

/** The upper half of a float32. */
function readBfloat16(view: DataView, at: number, little: boolean): number {
  wordBits[0] = view.getUint16(at, little) << 16;
  return word[0];
}

export const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);

/** All numbers of `bytes`, rounded to float32. */
export function decodeNumbers(
  bytes: Uint8Array,
  { size, read }: NumberType,
  little: boolean,
): Float32Array {
  const view = viewOf(bytes);
  const values = new Float32Array(bytes.byteLength / size);
  for (let i = 0; i < values.length; i++) values[i] = read(view, i * size, little);
  return values;
}

/** Column-major values in row-major order. */
export function fromFortranOrder(values: Float32Array, shape: readonly number[]): Float32Array {
  const strides = shape.map((_, d) => elementCount(shape.slice(0, d)));
  const index = shape.map(() => 0);
  const ordered = new Float32Array(values.length);
  let from = 0;
  for (let to = 0; to < ordered.length; to++) {
    ordered[to] = values[from];
    for (let d = shape.length - 1; d >= 0; d--) {
      from += strides[d];
      if (++index[d] < shape[d]) break;
      from -= shape[d] * strides[d];
      index[d] = 0;
    }
  }
  return ordered;
}
