import { problemOf } from '../attention';
import { InputError } from '../input-error';
import { layoutOf } from '../layout';
import type { Problem, ProblemOptions } from '../problem';
import { type Tensor, assertUsable } from '../tensor';

/** Marks no key for a query. */
export const NO_MARK = 0xffffffff;

/** What may differ between maps of the same tensors. */
export type MapsOptions = Omit<ProblemOptions, 'type' | 'layout'>;

/** Queries and keys, of one type, and the options of attention. */
export interface MapsInputs extends Omit<ProblemOptions, 'type'> {
  /** (B, H, S, D), or (B, S, H, D) with layout 'bshd'. */
  readonly query: Tensor;
  /** (B, G, L, D) or (B, L, G, D); H is a multiple of G. */
  readonly key: Tensor;
  /** For each query a key whose weight the statistics report, or `NO_MARK`. */
  readonly marks?: Uint32Array;
  /** Tiles in workgroup memory, or registers alone; by default whichever suits the device. */
  readonly kernel?: MapKernel;
}

export const MAP_KERNELS = ['workgroup', 'direct'] as const;
export type MapKernel = (typeof MAP_KERNELS)[number];

/**
 * The problem whose weights the maps show. Values play no part: their size is taken to be the head's.
 * @throws InputError for inputs that do not match.
 */
export function problemOfMaps({ query, key, marks, kernel, ...options }: MapsInputs): Problem {
  if (kernel !== undefined && !MAP_KERNELS.includes(kernel)) {
    throw new InputError('kernel', kernel, MAP_KERNELS.map((name) => `'${name}'`).join(', '));
  }
  assertUsable('query', query);
  assertUsable('key', key);
  const layout = {
    query: layoutOf(options.layout, 'query'),
    key: layoutOf(options.layout, 'key'),
    value: layoutOf(options.layout, 'key'),
  };
  const problem = problemOf({ ...options, query, key, value: key, layout });
  assertMarks(marks, problem);
  return problem;
}

/** @throws InputError unless there is one mark per query, each a key or `NO_MARK`. */
export function assertMarks(marks: Uint32Array | undefined, { shape }: Problem): void {
  if (!marks) return;
  const { queryLength, keyLength } = shape;
  if (marks.length !== queryLength) {
    throw new InputError('marks', `${marks.length} keys`, `${queryLength}, one a query`);
  }
  const wrong = marks.find((key) => key >= keyLength && key !== NO_MARK);
  if (wrong !== undefined) {
    throw new InputError('marks', wrong, `keys from 0 to ${keyLength - 1}, and NO_MARK`);
  }
}

/** Index of a head, counted over all batch elements. @throws InputError for one that does not exist. */
export function sequenceOf({ shape }: Problem, batch: number, head: number): number {
  for (const [name, index, count] of [
    ['batch', batch, shape.batch],
    ['head', head, shape.heads],
  ] as const) {
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new InputError(name, index, `a whole number from 0 to ${count - 1}`);
    }
  }
  return batch * shape.heads + head;
}
