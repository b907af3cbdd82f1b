/** The extents of one attention problem. Names are the same everywhere: code, shaders and reports. */
export interface Shape {
  /** B: independent sequences. */
  readonly batch: number;
  /** H: query heads. */
  readonly heads: number;
  /** G: key/value heads; H is a multiple of G, and each serves H/G neighbouring query heads. */
  readonly kvHeads: number;
  /** S: queries in a sequence. */
  readonly queryLength: number;
  /** L: keys in a sequence. */
  readonly keyLength: number;
  /** D: values in a query and in a key. */
  readonly headSize: number;
  /** E: values in a value row, and so in an output row. */
  readonly valueSize: number;
}

/** Values in each operand of a problem of this shape. */
export function elementCounts(shape: Shape) {
  const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
  return {
    query: batch * heads * queryLength * headSize,
    key: batch * kvHeads * keyLength * headSize,
    value: batch * kvHeads * keyLength * valueSize,
    output: batch * heads * queryLength * valueSize,
    logSumExp: batch * heads * queryLength,
  };
}
