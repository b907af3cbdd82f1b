/** Which weights of one head's map to see, and how coarsely. Rows are queries, columns are keys. */
export interface MapRegion {
  /** First query and key. Multiples of the cell's extents. */
  readonly row: number;
  readonly column: number;
  /** Numbers of queries and keys; the last cells may reach past the map's end. */
  readonly rows: number;
  readonly columns: number;
  /** Queries and keys that a cell pools: powers of two; 1 × 1 is the weights themselves. */
  readonly rowsOfCell: number;
  readonly columnsOfCell: number;
}

/** A region's cells, row by row. Pooled over the visible and the hidden alike: a hidden weight is 0. */
export interface MapCells {
  readonly region: MapRegion;
  /** Cells down and across: the region's extents by the cell's, rounded up. */
  readonly height: number;
  readonly width: number;
  /** Largest weight of each cell; NaN where one is NaN. */
  readonly largest: Float32Array;
  /** Mean weight of each cell, over what of it lies on the map; NaN where one is NaN. */
  readonly mean: Float32Array;
  /** Rows of cells that are done, one byte each. Others hold zeros. All of them once `cells` resolves. */
  readonly done: Uint8Array;
}

export interface MapReadOptions {
  readonly signal?: AbortSignal;
  /** Told of what is there so far, if the region takes longer than a moment. The arrays may be filled further. */
  readonly onPart?: (cells: MapCells) => void;
}

/** The attention weights of one head, computed where they are looked at and never stored whole. */
export interface WeightMap {
  /** Queries. */
  readonly rows: number;
  /** Keys. */
  readonly columns: number;
  /**
   * The cells of a region.
   * @throws InputError for a region off the map; the signal's reason when aborted; what the source throws.
   */
  cells(region: MapRegion, options?: MapReadOptions): Promise<MapCells>;
}

/** What one walk over the keys tells of every row, one number a query. Weights sum to 1 (less what a sink takes). */
export interface RowStatistics {
  /** Natural logarithm; −∞ for a row that sees no key. */
  readonly logSumExp: Float32Array;
  /** −Σ w ln w, in nats. */
  readonly entropy: Float32Array;
  /** 1 / Σ w²: how many keys share the weight, as it were. 0 for a row that sees no key. */
  readonly effectiveKeys: Float32Array;
  /** Σ w |query − key|, in tokens. */
  readonly distance: Float32Array;
  /** Weight on the key of the query's own index. */
  readonly diagonal: Float32Array;
  /** Weight on the key before it. */
  readonly previous: Float32Array;
  /** Weight on key 0, where attention sinks are. */
  readonly first: Float32Array;
  /** Weight on the key that the caller marked for this query (an induction target, say); 0 without. */
  readonly marked: Float32Array;
}
