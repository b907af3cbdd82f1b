/** Numbers by name, as a file has them. They are converted only when they are wanted. */
export interface NamedTensor {
  /** The file's, for messages. */
  readonly file: string;
  readonly name: string;
  readonly shape: readonly number[];
  /** As the file's format calls it: "<f4", "BF16". */
  readonly type: string;
  /** All values as float32, row-major. float64 and whole numbers are rounded to it. */
  readonly read: () => Float32Array;
}

/** Texts by name: tokens. */
export interface NamedTexts {
  readonly file: string;
  readonly name: string;
  readonly texts: readonly string[];
}

export interface FileContents {
  readonly file: string;
  readonly tensors: readonly NamedTensor[];
  readonly texts: readonly NamedTexts[];
  /** What was left out, a sentence each: tensors of types that are not read, say. */
  readonly skipped: readonly string[];
}

/** The number of values in a tensor; Infinity or so where it is beyond all bounds. */
export const countOf = (shape: readonly number[]): number =>
  shape.reduce((product, extent) => product * extent, 1);
