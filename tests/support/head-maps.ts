import { assert } from 'vitest';
import { boundOptionsOf } from '../../src/attention/error-bound';
import { type Shape, layoutOf, dimensions } from '../../src/attention/layout';
import { AttentionMaps } from '../../src/attention/maps/attention-maps';
import { referenceMaps } from '../../src/attention/maps/cpu-maps';
import { ReferenceRows } from '../../src/attention/reference';
import type { MapKernel } from '../../src/attention/maps/inputs';
import { meanBound, statisticsBound, weightBound } from './statistics-bound';
import type { MapCells, MapRegion, RowStatistics } from '../../src/attention/maps/weight-map';
import { type Problem, createProblem } from '../../src/attention/problem';
import { createTensor } from '../../src/attention/tensor';
import { type Comparison, compare } from '../../src/numeric/compare';
import { Cleanup } from '../../src/webgpu/buffers';
import type { Gpu } from '../../src/webgpu/device';
import { type HostData, type Options, roundedTo } from './problems';
import { NO_MARK } from '../../src/attention/maps/inputs';

/** A region by its place: row, column, rows, columns, and the cells' extents. */
export const regionOf = (
  row: number,
  column: number,
  rows: number,
  columns: number,
  rowsOfCell = 1,
  columnsOfCell = 1,
): MapRegion => ({ row, column, rows, columns, rowsOfCell, columnsOfCell });

/** Options of attention, and the kernel of the maps. */
export type MapOptions = Omit<Options, 'kernel'> & { readonly kernel?: MapKernel };

/** Prepares maps of host data, calls `work`, and frees everything. */
export async function withMaps<T>(
  gpu: Gpu,
  shape: Shape,
  data: HostData,
  { type = 'f32', ...options }: MapOptions,
  work: (maps: AttentionMaps) => Promise<T>,
  marks?: Uint32Array,
): Promise<T> {
  const { batch, heads, kvHeads, queryLength, keyLength, headSize } = shape;
  const owned = new Cleanup();
  const make = async (
    operand: 'query' | 'key',
    count: number,
    length: number,
    values: Float32Array,
  ) => {
    const layout = layoutOf(options.layout, operand);
    const extents = dimensions(layout, batch, count, length, headSize);
    return owned.add(await createTensor(gpu, extents, values, { type }));
  };
  try {
    const query = await make('query', heads, queryLength, data.query);
    const key = await make('key', kvHeads, keyLength, data.key);
    const maps = owned.add(await AttentionMaps.prepare(gpu, { ...options, query, key, marks }));
    return await work(maps);
  } finally {
    owned.destroy();
  }
}

/** What the maps of one head must be. */
export interface ExpectedHead {
  readonly problem: Problem;
  readonly statistics: RowStatistics;
  readonly statisticsBound: RowStatistics;
  /** Row by row. */
  readonly weights: Float64Array;
  readonly weightBounds: Float64Array;
}

export async function expectedHead(
  shape: Shape,
  data: HostData,
  options: MapOptions,
  batch: number,
  head: number,
  marks?: Uint32Array,
): Promise<ExpectedHead> {
  const problem = createProblem({ ...shape, valueSize: shape.headSize }, options);
  const stored = roundedTo(data, problem.type);
  const statistics = await referenceMaps(problem, stored, batch, head, marks).statistics();
  const names = Object.keys(statistics) as (keyof RowStatistics)[];
  const { queryLength, keyLength } = shape;
  const bounds = Object.fromEntries(
    names.map((name) => [name, new Float32Array(queryLength)]),
  ) as unknown as RowStatistics;
  const weights = new Float64Array(queryLength * keyLength);
  const weightBounds = new Float64Array(weights.length);
  const rows = new ReferenceRows(problem, stored, batch, head);
  const model = boundOptionsOf(problem);
  for (let query = 0; query < queryLength; query++) {
    const row = rows.row(query);
    weights.set(row.weights, query * keyLength);
    const largest = Math.max(...row.weights);
    let meanExponent = 0;
    row.weights.forEach((weight, key) => {
      weightBounds[query * keyLength + key] = weight === 0 ? 0 : weightBound(weight, row, model);
      if (weight > 0) meanExponent += weight * Math.log(largest / weight);
    });
    const exact = Object.fromEntries(names.map((name) => [name, statistics[name][query]]));
    const bound = statisticsBound(row, exact as never, meanExponent, model);
    for (const name of names) bounds[name][query] = bound[name];
  }
  return { problem, statistics, statisticsBound: bounds, weights, weightBounds };
}

/** Largest and mean of a region's cells in float64, and bounds. */
export function expectedCells({ problem, weights, weightBounds }: ExpectedHead, region: MapRegion) {
  const { queryLength, keyLength } = problem.shape;
  const { row, column, rows, columns, rowsOfCell, columnsOfCell } = region;
  const height = Math.ceil(rows / rowsOfCell);
  const width = Math.ceil(columns / columnsOfCell);
  const numbers = () => new Float64Array(height * width);
  const wanted = {
    largest: numbers(),
    largestBound: numbers(),
    mean: numbers(),
    meanBound: numbers(),
  };
  const model = boundOptionsOf(problem);
  for (let cell = 0; cell < height * width; cell++) {
    const firstRow = row + Math.floor(cell / width) * rowsOfCell;
    const firstColumn = column + (cell % width) * columnsOfCell;
    let [largest, bound, sum, bounds, count] = [0, 0, 0, 0, 0];
    for (let i = firstRow; i < Math.min(firstRow + rowsOfCell, queryLength); i++) {
      for (let j = firstColumn; j < Math.min(firstColumn + columnsOfCell, keyLength); j++) {
        const at = i * keyLength + j;
        largest = Math.max(largest, weights[at]);
        // The largest is off by no more than the most that any is.
        bound = Math.max(bound, weightBounds[at]);
        sum += weights[at];
        bounds += weightBounds[at];
        count++;
      }
    }
    wanted.largest[cell] = largest;
    wanted.largestBound[cell] = bound;
    wanted.mean[cell] = sum / count;
    wanted.meanBound[cell] = sum === 0 ? 0 : meanBound(bounds / count, sum / count, count, model);
  }
  return wanted;
}

export interface NamedComparison {
  readonly what: string;
  readonly result: Comparison;
}

const nameOf = (region: MapRegion) => Object.values(region).join(' ');

export function compareCells(want: ExpectedHead, cells: MapCells): NamedComparison[] {
  const wanted = expectedCells(want, cells.region);
  assert(
    cells.done.every((one) => one === 1),
    `${nameOf(cells.region)}: not all rows are done`,
  );
  return [
    {
      what: `largest of ${nameOf(cells.region)}`,
      result: compare(cells.largest, wanted.largest, wanted.largestBound),
    },
    {
      what: `mean of ${nameOf(cells.region)}`,
      result: compare(cells.mean, wanted.mean, wanted.meanBound),
    },
  ];
}

export function compareStatistics(want: ExpectedHead, got: RowStatistics): NamedComparison[] {
  const names = Object.keys(want.statistics) as (keyof RowStatistics)[];
  return names.map((name) => ({
    what: name,
    result: compare(got[name], want.statistics[name], want.statisticsBound[name]),
  }));
}

/** Statistics and regions of some heads, compared with float64. */
export async function compareHeads(
  gpu: Gpu,
  shape: Shape,
  data: HostData,
  options: MapOptions,
  heads: readonly (readonly [batch: number, head: number])[],
  regions: readonly MapRegion[],
  marks?: Uint32Array,
): Promise<NamedComparison[]> {
  const judged: NamedComparison[] = [];
  await withMaps(
    gpu,
    shape,
    data,
    options,
    async (maps) => {
      for (const [batch, head] of heads) {
        const want = await expectedHead(shape, data, options, batch, head, marks);
        const map = maps.map(batch, head);
        // Regions first: they need rows walked that nobody has asked for yet.
        for (const region of regions) judged.push(...compareCells(want, await map.cells(region)));
        judged.push(...compareStatistics(want, await maps.statistics(batch, head)));
      }
    },
    marks,
  );
  return judged;
}

export function expectAllPassed(judged: readonly NamedComparison[]): void {
  for (const { what, result } of judged) {
    assert(
      result.passed,
      `${what}: error ${result.maxError} is ${result.errorOverBound} times its bound at ${result.worst}`,
    );
  }
}

/** Regions of a map: exact windows and cells of many extents, at its start, across tiles' edges, at its end. */
export function regionsOf({ queryLength, keyLength }: Shape): MapRegion[] {
  const pooled = (rows: number, columns: number, row = 0, column = 0) =>
    regionOf(row, column, queryLength - row, keyLength - column, rows, columns);
  const candidates = [
    regionOf(0, 0, queryLength, keyLength),
    regionOf(29, 61, 9, 7),
    regionOf(5, 3, 1, keyLength - 3),
    regionOf(queryLength - 3, keyLength - 2, 3, 2),
    pooled(2, 1),
    pooled(1, 8, 3, 16),
    pooled(4, 4),
    pooled(16, 2, 32, 6),
    pooled(8, 64),
    pooled(64, 16),
    pooled(32, 128, 32),
    pooled(256, 256),
  ];
  const fits = (first: number, cell: number, length: number) => first < length && cell < 2 * length;
  return candidates.filter(
    ({ row, column, rows, columns, rowsOfCell, columnsOfCell }) =>
      fits(row, rowsOfCell, queryLength) &&
      fits(column, columnsOfCell, keyLength) &&
      row >= 0 &&
      column >= 0 &&
      (rowsOfCell > 1 || row + rows <= queryLength) &&
      (columnsOfCell > 1 || column + columns <= keyLength),
  );
}

/** Every third query has a mark: a key that wanders. */
export const marksOf = ({ queryLength, keyLength }: Shape) =>
  Uint32Array.from({ length: queryLength }, (_, i) => (i % 3 ? (i * 7) % keyLength : NO_MARK));
