import type { WorkOptions } from '../../async/abort';
import { TimeSlice } from '../../async/yield';
import { InputError } from '../input-error';
import type { Problem } from '../problem';
import { type Operands, type ReferenceRow, ReferenceRows } from '../reference';
import { NO_MARK, assertMarks, sequenceOf } from './inputs';
import { emptyStatistics } from './statistics';
import {
  CellPool,
  layoutOfRegion,
  refiningOrder,
  PARTIAL_AFTER_MS,
  type WeightMap,
  type RowStatistics,
} from './weight-map';

/** Weights of a query for keys [first, end). The next call may overwrite them. */
type WeightsOfRow = (query: number, first: number, end: number) => ArrayLike<number>;

/** A map on the CPU, from rows of weights, which each reader gets for itself. Yields to the page while it pools. */
function mapOfRows(rows: number, columns: number, open: () => WeightsOfRow): WeightMap {
  const cells: WeightMap['cells'] = async (region, { signal, onPart } = {}) => {
    signal?.throwIfAborted();
    const weightsOf = open();
    const layout = layoutOfRegion(region, rows, columns);
    const pool = new CellPool(region, layout);
    const slice = new TimeSlice(signal);
    let reported = performance.now();
    for (const cellRow of refiningOrder(layout.height)) {
      const first = region.row + cellRow * region.rowsOfCell;
      const end = Math.min(first + region.rowsOfCell, layout.endRow);
      for (let query = first; query < end; query++) {
        const values = weightsOf(query, region.column, layout.endColumn);
        pool.addRow(query, 1, 1, { values, stride: 1 });
        await slice.yieldIfOver();
      }
      if (onPart && performance.now() - reported >= PARTIAL_AFTER_MS) {
        onPart(pool.cells);
        reported = performance.now();
      }
    }
    return pool.cells;
  };
  return { rows, columns, cells };
}

/** A map of stored weights, row by row. @throws InputError if there are not rows × columns of them. */
export function denseMap(rows: number, columns: number, values: Float32Array): WeightMap {
  for (const [name, extent] of [['rows', rows] as const, ['columns', columns] as const]) {
    if (!Number.isInteger(extent) || extent < 1) {
      throw new InputError(name, extent, 'a whole number above 0');
    }
  }
  if (values.length !== rows * columns) {
    throw new InputError('values', `${values.length} weights`, `${rows} × ${columns} weights`);
  }
  return mapOfRows(
    rows,
    columns,
    () => (query, first, end) => values.subarray(query * columns + first, query * columns + end),
  );
}

/** One head's statistics and map, on the CPU. */
export interface ReferenceMaps {
  /** @throws the signal's reason when aborted. */
  statistics(options?: WorkOptions): Promise<RowStatistics>;
  readonly map: WeightMap;
}

/**
 * The maps of one head in float64, rounded once, for the results. Yields to the page every few milliseconds.
 * @throws InputError for a head that does not exist, or marks that do not match the problem.
 */
export function referenceMaps(
  problem: Problem,
  operands: Omit<Operands, 'value'>,
  batch: number,
  head: number,
  marks?: Uint32Array,
): ReferenceMaps {
  sequenceOf(problem, batch, head);
  assertMarks(marks, problem);
  const { queryLength, keyLength } = problem.shape;
  // Rows are overwritten one by one, and readers interleave: each has its own.
  const rowsOfHead = () => new ReferenceRows(problem, operands, batch, head);
  return {
    statistics: (options) => statisticsOf(rowsOfHead(), queryLength, marks, options),
    map: mapOfRows(queryLength, keyLength, () => {
      const rows = rowsOfHead();
      return (query, first, end) => rows.row(query).weights.subarray(first, end);
    }),
  };
}

async function statisticsOf(
  rows: ReferenceRows,
  queryLength: number,
  marks: Uint32Array | undefined,
  { signal, onProgress }: WorkOptions = {},
): Promise<RowStatistics> {
  signal?.throwIfAborted();
  const statistics = emptyStatistics(queryLength);
  const slice = new TimeSlice(signal);
  for (let query = 0; query < queryLength; query++) {
    describeRow(statistics, query, rows.row(query), marks?.[query] ?? NO_MARK);
    if (slice.isOver) {
      onProgress?.((query + 1) / queryLength);
      await slice.yield();
    }
  }
  onProgress?.(1);
  return statistics;
}

/** Writes the statistics of a query's row. */
export function describeRow(
  statistics: RowStatistics,
  query: number,
  { weights, logSumExp, keys }: Pick<ReferenceRow, 'weights' | 'logSumExp' | 'keys'>,
  mark: number,
): void {
  let [entropy, squares, distance] = [0, 0, 0];
  for (let key = 0; key < weights.length; key++) {
    const weight = weights[key];
    if (weight === 0) continue;
    entropy -= weight * Math.log(weight);
    squares += weight * weight;
    distance += weight * Math.abs(query - key);
  }
  statistics.logSumExp[query] = logSumExp;
  statistics.entropy[query] = entropy;
  statistics.effectiveKeys[query] = keys === 0 ? 0 : 1 / squares;
  statistics.distance[query] = distance;
  statistics.diagonal[query] = weights[query] ?? 0;
  statistics.previous[query] = weights[query - 1] ?? 0;
  statistics.first[query] = weights[0];
  statistics.marked[query] = weights[mark] ?? 0;
}
