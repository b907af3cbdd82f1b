import type { Problem } from '../problem';
import { TimeSlice } from '../../async/yield';
import { NO_MARK, assertHead, assertMarks } from './inputs';
import { type MapOperands, type ReferenceRow, ReferenceRows } from './reference-row';
import { mapOfRows } from './row-map';
import { emptyStatistics } from './statistics';
import type { WalkOptions } from './walked-rows';
import type { RowStatistics, WeightMap } from './weight-map';

/** One head's statistics and map, on the CPU. */
export interface ReferenceMaps {
  /** @throws the signal's reason when aborted. */
  statistics(options?: WalkOptions): Promise<RowStatistics>;
  readonly map: WeightMap;
}

/**
 * The maps of one head in float64, rounded once, to what is told. Gives way to the page every few
 * milliseconds.
 * @throws InputError for a head that there is not, or marks that do not go with the problem.
 */
export function referenceMaps(
  problem: Problem,
  operands: MapOperands,
  batch: number,
  head: number,
  marks?: Uint32Array,
): ReferenceMaps {
  assertHead(problem, batch, head);
  assertMarks(marks, problem);
  const { queryLength, keyLength } = problem.shape;
  // Each reader has rows of its own: readers take turns.
  const rowsOfHead = () => new ReferenceRows(problem, operands, batch, head);
  return {
    statistics: (options) => statisticsOf(rowsOfHead(), queryLength, marks, options),
    map: {
      ...mapOfRows(queryLength, keyLength, () => []),
      cells: (region, options) => {
        const rows = rowsOfHead();
        const map = mapOfRows(queryLength, keyLength, (query, first, end) =>
          rows.row(query).weights.subarray(first, end),
        );
        return map.cells(region, options);
      },
    },
  };
}

async function statisticsOf(
  rows: ReferenceRows,
  queryLength: number,
  marks: Uint32Array | undefined,
  { signal, onProgress }: WalkOptions = {},
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

function describeRow(
  statistics: RowStatistics,
  query: number,
  { weights, logSumExp, keys }: ReferenceRow,
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
