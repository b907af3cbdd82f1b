/** Rows that are computed side by side: their scores lie in the lanes of two vectors. */
export const STRIP: i32 = 8;
/** Bytes of a row of eight floats. */
export const STRIP_BYTES: usize = 32;
/** Keys at a time: with their values they stay in the first cache while all strips of a block see them. */
export const TILE: i32 = 64;

/**
 * What one call works on: up to 32 rows (four strips) that share a key head. Written by `BlockWriter` in
 * ../block-writer.ts, which knows the same fields in the same order, four bytes each. Addresses and strides are in bytes.
 */
@unmanaged
export class Block {
  /** Rows in use; the rest of the last strip is computed from zeros, and never stored. */
  rows: i32;
  headSize: i32;
  valueSize: i32;
  keys: usize;
  keyStride: usize;
  values: usize;
  valueStride: usize;
  /** Multiplies the queries. Scores are exponents of two, so it has log₂e in it. */
  scale: f32;
  /** Keys that some row may see. */
  firstKey: i32;
  endKey: i32;
  /** For each row: addresses of its query and its output, then its first and one-past-last key. */
  queryRows: usize;
  outputRows: usize;
  firstKeys: usize;
  endKeys: usize;
  /** For each strip: the first and last key that any row sees, then those that all rows see. */
  strips: usize;
  /** Scratch: queries as strips × D × 8, one strip's scores as 64 × 8, outputs as strips × E/8 × 8 × 8. */
  queries: usize;
  scores: usize;
  outputs: usize;
  /** For each row: largest score so far, sum of weights, and what they were last multiplied by. */
  maxima: usize;
  sums: usize;
  corrections: usize;
}

/** One strip's keys: see `Block.strips`. */
@unmanaged
export class StripRange {
  anyFirst: i32;
  anyEnd: i32;
  allFirst: i32;
  allEnd: i32;
}

export function stripCount(block: Block): i32 {
  return (block.rows + STRIP - 1) / STRIP;
}

export function stripRange(block: Block, strip: i32): StripRange {
  return changetype<StripRange>(block.strips + <usize>strip * offsetof<StripRange>());
}

export function columnGroups(block: Block): i32 {
  return (block.valueSize + 7) / 8;
}

/** Where a strip's unfinished outputs are: a group of columns is eight rows of eight. */
export function stripOutputs(block: Block, strip: i32): usize {
  return block.outputs + <usize>(strip * columnGroups(block)) * 256;
}
