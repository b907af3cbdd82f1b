import type { Shape } from '../../layout';
import { isSameForAllHeads, visibleRange } from '../../modifiers/combine';
import type { Problem } from '../../problem';
import { locateRow } from '../../reference';

/** Rows in a block: four strips of eight; see assembly/block.ts. */
export const BLOCK_ROWS = 32;

/** Rows [first, first + count). */
interface UnitRows {
  readonly first: number;
  readonly count: number;
}

/**
 * Divides a problem's rows (b · H + h) · S + s into units, the smallest work items of a thread: contiguous rows of
 * one key head. With few queries, a unit may have rows of all heads that share it; otherwise it stays within a head.
 */
export class Units {
  readonly count: number;
  readonly #runRows: number;
  readonly #perRun: number;

  constructor({ batch, heads, kvHeads, queryLength }: Shape) {
    const merged = queryLength < BLOCK_ROWS;
    const runs = merged ? batch * kvHeads : batch * heads;
    this.#runRows = merged ? (heads / kvHeads) * queryLength : queryLength;
    this.#perRun = Math.ceil(this.#runRows / BLOCK_ROWS);
    this.count = runs * this.#perRun;
  }

  rowsOf(unit: number): UnitRows {
    const block = unit % this.#perRun;
    const run = (unit - block) / this.#perRun;
    const start = block * BLOCK_ROWS;
    const count = Math.min(BLOCK_ROWS, this.#runRows - start);
    return { first: run * this.#runRows + start, count };
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
  const { queryLength, keyLength } = shape;
  const sequences = isSameForAllHeads(mask) ? 1 : shape.batch * shape.heads;
  const first = new Int32Array(sequences * queryLength);
  const end = new Int32Array(first.length);
  let exact = true;
  for (let row = 0; row < first.length; row++) {
    const { batch, head, query } = locateRow({ shape }, row);
    const range = visibleRange(mask, keyLength, batch, head, query);
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
