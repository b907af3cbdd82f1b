import { describe, expect, it, vi } from 'vitest';
import type { MapCells, MapRegion, WeightMap } from '../../../attention/maps/weight-map';
import { fillRandom } from '../../../numeric/random';
import { differenceMap, largestDifference } from './difference';

/** Pooled by definition, cell by cell. */
function mapOf(rows: number, columns: number, values: Float32Array): WeightMap {
  return {
    rows,
    columns,
    async cells(region: MapRegion, { signal, onPart } = {}) {
      signal?.throwIfAborted();
      const height = Math.ceil(region.rows / region.rowsOfCell);
      const width = Math.ceil(region.columns / region.columnsOfCell);
      const cells: MapCells = {
        region,
        height,
        width,
        largest: new Float32Array(height * width),
        mean: new Float32Array(height * width),
        done: new Uint8Array(height),
      };
      for (let i = 0; i < height; i++) {
        for (let j = 0; j < width; j++) {
          const inside: number[] = [];
          for (let r = 0; r < region.rowsOfCell; r++) {
            for (let c = 0; c < region.columnsOfCell; c++) {
              const row = region.row + i * region.rowsOfCell + r;
              const column = region.column + j * region.columnsOfCell + c;
              if (row < rows && column < columns) inside.push(values[row * columns + column]);
            }
          }
          cells.largest[i * width + j] = inside.reduce((x, y) => (x > y || x !== x ? x : y));
          cells.mean[i * width + j] = inside.reduce((x, y) => x + y) / inside.length;
        }
        cells.done[i] = 1;
        onPart?.(cells);
      }
      return cells;
    },
  };
}

const random = (rows: number, columns: number, stream: number) =>
  fillRandom(new Float32Array(rows * columns), { seed: 4, stream, distribution: 'uniform' });
const region = (rows: number, columns: number, of = 1): MapRegion => ({
  row: 0,
  column: 0,
  rows,
  columns,
  rowsOfCell: of,
  columnsOfCell: of,
});

describe('differenceMap', () => {
  const a = random(9, 7, 1);
  const b = random(9, 7, 2);
  const difference = a.map((value, i) => value - b[i]);
  const map = differenceMap(mapOf(9, 7, a), mapOf(9, 7, b));

  it('is the difference itself at 1 × 1', async () => {
    const { mean, largest, done } = await map.cells(region(9, 7));
    expect(mean).toEqual(difference);
    expect(largest).toEqual(difference);
    expect([...done]).toEqual(Array.from(done, () => 1));
  });

  it('has the mean difference of coarser cells, those at the end too', async () => {
    const { mean, height, width } = await map.cells(region(9, 7, 4));
    expect([height, width]).toEqual([3, 2]);
    const plain = (await mapOf(9, 7, difference).cells(region(9, 7, 4))).mean;
    // Either side rounds three times: of sums below 16, and of quotients below 1.
    mean.forEach((value, i) => expect(Math.abs(value - plain[i])).toBeLessThan(6 * 2 ** -24));
  });

  it('shows a NaN of either', async () => {
    const broken = mapOf(1, 2, Float32Array.of(NaN, 1));
    const { mean } = await differenceMap(broken, mapOf(1, 2, Float32Array.of(0, 1))).cells(
      region(1, 2),
    );
    expect([...mean]).toEqual([NaN, 0]);
  });

  it('tells of parts once both have them', async () => {
    const parts: number[][] = [];
    await map.cells(region(9, 7), { onPart: ({ done }) => parts.push([...done]) });
    expect(parts.length).toBeGreaterThan(0);
    for (const done of parts) expect(done.includes(1)).toBe(true);
  });

  it('stops when told to, and when one of the maps fails', async () => {
    const reason = new Error('enough');
    await expect(map.cells(region(9, 7), { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    const fault = new Error('lost');
    const failing = { rows: 9, columns: 7, cells: () => Promise.reject(fault) };
    const told = vi.fn();
    const waiting: WeightMap = {
      rows: 9,
      columns: 7,
      cells: (_, { signal } = {}) =>
        new Promise((_resolve, reject) => {
          signal!.addEventListener('abort', () => (told(), reject(signal!.reason)));
        }),
    };
    await expect(differenceMap(waiting, failing).cells(region(9, 7))).rejects.toBe(fault);
    expect(told).toHaveBeenCalledOnce();
  });

  it('refuses maps of different extents', () => {
    const other = mapOf(7, 9, b);
    expect(() => differenceMap(mapOf(9, 7, a), other)).toThrow('map is "7 × 9"; allowed: 9 × 7');
  });
});

describe('largestDifference', () => {
  it.each([
    [9, 7],
    [1100, 1000],
    [3, 9000],
    [5000, 2],
  ])('is found in %i × %i', async (rows, columns) => {
    const a = random(rows, columns, 3);
    const b = random(rows, columns, 4);
    let at = 0;
    a.forEach((value, i) => {
      if (Math.abs(value - b[i]) > Math.abs(a[at] - b[at])) at = i;
    });
    const found = await largestDifference(mapOf(rows, columns, a), mapOf(rows, columns, b));
    expect(found).toEqual({
      row: Math.floor(at / columns),
      column: at % columns,
      a: a[at],
      b: b[at],
    });
  });

  it('finds it in the last corner, and tells of progress', async () => {
    const a = new Float32Array(1100 * 1100);
    const b = a.slice();
    b[b.length - 1] = -1e-20;
    const progress: number[] = [];
    const onProgress = (fraction: number) => progress.push(fraction);
    const maps = [mapOf(1100, 1100, a), mapOf(1100, 1100, b)] as const;
    const found = await largestDifference(...maps, { onProgress });
    expect(found).toMatchObject({ row: 1099, column: 1099, a: 0 });
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual(progress.toSorted((x, y) => x - y));
    expect(progress.length).toBeGreaterThan(1);
  });

  it('takes the first row of equals, and of that the first column, wherever windows begin', async () => {
    const a = new Float32Array(8 * 5000);
    const b = a.slice();
    // The later window holds part of an earlier row.
    for (const at of [5 * 5000 + 1, 2 * 5000 + 4990, 2 * 5000 + 4995]) b[at] = 0.5;
    const found = await largestDifference(mapOf(8, 5000, a), mapOf(8, 5000, b));
    expect(found).toMatchObject({ row: 2, column: 4990 });
  });

  it('takes a NaN in one for the largest, and in both for none', async () => {
    const a = mapOf(1, 3, Float32Array.of(NaN, 0, 1));
    const b = mapOf(1, 3, Float32Array.of(NaN, NaN, 0));
    expect(await largestDifference(a, b)).toMatchObject({ row: 0, column: 1, a: 0, b: NaN });
    expect(await largestDifference(a, a)).toMatchObject({ row: 0, column: 0 });
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const map = mapOf(3, 9000, random(3, 9000, 1));
    const seen: number[] = [];
    const scan = largestDifference(map, map, {
      signal: stop.signal,
      onProgress: (fraction) => {
        seen.push(fraction);
        stop.abort(reason);
      },
    });
    await expect(scan).rejects.toBe(reason);
    expect(seen).toHaveLength(1);
  });
});
