import type { Shape } from '../../layout';
import { isSameForAllHeads, visibleRange } from '../../modifiers/combine';
import type { Problem } from '../../problem';

/** Rows in a block: four strips of eight; see assembly/block.ts. */
export const BLOCK_ROWS = 32;

/** Rows that are computed together: contiguous rows of one key head. */
export interface Unit {
  readonly batch: number;
  readonly kvHead: number;
  /** Among the (H/G) · S rows of the key head's query heads. */
  readonly firstRow: number;
  readonly rows: number;
}

/**
 * Divides a problem into units, the smallest work items of a thread. With few queries, the rows of all heads that
 * share a key head are contiguous; otherwise a unit stays within a head.
 */
export class Units {
  readonly count: number;
  readonly #runs: number;
  readonly #runRows: number;
  readonly #perRun: number;

  constructor(private readonly shape: Shape) {
    const { batch, heads, kvHeads, queryLength } = shape;
    const merged = queryLength < BLOCK_ROWS;
    this.#runs = merged ? 1 : heads / kvHeads;
    this.#runRows = merged ? (heads / kvHeads) * queryLength : queryLength;
    this.#perRun = Math.ceil(this.#runRows / BLOCK_ROWS);
    this.count = batch * kvHeads * this.#runs * this.#perRun;
  }

  at(unit: number): Unit {
    const block = unit % this.#perRun;
    const run = (unit - block) / this.#perRun;
    const sequence = Math.floor(run / this.#runs);
    const { kvHeads } = this.shape;
    const start = block * BLOCK_ROWS;
    return {
      batch: Math.floor(sequence / kvHeads),
      kvHead: sequence % kvHeads,
      firstRow: (run % this.#runs) * this.#runRows + start,
      rows: Math.min(BLOCK_ROWS, this.#runRows - start),
    };
  }

  /** Flat indices (b · H + h) · S + s of a unit's rows, which are contiguous. */
  rowsOf(unit: number): { readonly first: number; readonly count: number } {
    const { batch, kvHead, firstRow, rows } = this.at(unit);
    const { kvHeads, heads, queryLength } = this.shape;
    const group = (heads / kvHeads) * queryLength;
    return { first: (batch * kvHeads + kvHead) * group + firstRow, count: rows };
  }

  indexOf(row: number): number {
    const inRun = row % this.#runRows;
    return ((row - inRun) / this.#runRows) * this.#perRun + Math.floor(inRun / BLOCK_ROWS);
  }
}

/** The run of keys that each row can see, as data that can be posted to a worker, unlike a mask's functions. */
interface RowKeys {
  /** First and one-past-last key, for each row (b · H + h) · S + s; or for each s where all heads have the same mask. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  /** Whether each row sees all of its run; otherwise its mask must be evaluated for each key. */
  readonly exact: boolean;
}

/** Evaluates the mask once for every row; undefined without a mask. */
function rowKeysOf({ shape, mask }: Problem): RowKeys | undefined {
  if (!mask) return undefined;
  const { batch, heads, queryLength, keyLength } = shape;
  const sequences = isSameForAllHeads(mask) ? 1 : batch * heads;
  const first = new Int32Array(sequences * queryLength);
  const end = new Int32Array(first.length);
  let exact = true;
  for (let row = 0; row < first.length; row++) {
    const query = row % queryLength;
    const sequence = (row - query) / queryLength;
    const range = visibleRange(
      mask,
      keyLength,
      Math.floor(sequence / heads),
      sequence % heads,
      query,
    );
    first[row] = range.first;
    end[row] = range.end;
    exact &&= range.exact;
  }
  return { first, end, exact };
}

/** A problem without its functions, which can be posted to another thread. */
export type PlainProblem = Pick<Problem, 'shape' | 'scale' | 'strides' | 'sinks'> & {
  readonly keys: RowKeys | undefined;
};

/** The parts of a problem that only its own thread can call. */
export type ProblemFunctions = Pick<Problem, 'mask' | 'scoreModifiers'>;

/** Splits a problem into its data and its functions; null if the data suffice. */
export function splitProblem(problem: Problem): {
  readonly plain: PlainProblem;
  readonly functions: ProblemFunctions | null;
} {
  const { shape, scale, strides, sinks, mask, scoreModifiers } = problem;
  const keys = rowKeysOf(problem);
  const complete = scoreModifiers.length === 0 && (keys?.exact ?? true);
  return {
    plain: { shape, scale, strides, sinks, keys },
    functions: complete ? null : { mask, scoreModifiers },
  };
}
