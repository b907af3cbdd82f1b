import type { Shape } from '../../shape';

/** Rows in a block: four strips of eight; see assembly/block.ts. */
export const BLOCK_ROWS = 32;

/** Rows that are computed together: they share a key head, and follow one another in its row order. */
export interface Unit {
  readonly batch: number;
  readonly kvHead: number;
  /** Among the (H/G) · S rows of the key head's query heads. */
  readonly firstRow: number;
  readonly rows: number;
}

/**
 * Divides a problem into units, the least work that a thread takes. With few queries, those of all heads
 * that share a key head are one run of rows; else a unit stays within a head.
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

  /** Flat indices (b · H + h) · S + s of a unit's rows; they follow one another. */
  rowsOf(unit: number): { readonly first: number; readonly count: number } {
    const { batch, kvHead, firstRow, rows } = this.at(unit);
    const { kvHeads, heads, queryLength } = this.shape;
    const group = (heads / kvHeads) * queryLength;
    return { first: (batch * kvHeads + kvHead) * group + firstRow, count: rows };
  }

  /** The unit that a row belongs to. */
  indexOf(row: number): number {
    const inRun = row % this.#runRows;
    return ((row - inRun) / this.#runRows) * this.#perRun + Math.floor(inRun / BLOCK_ROWS);
  }
}
