import { describe, expect, it, vi } from 'vitest';
import type { MapCells, MapReadOptions, MapRegion } from '../../attention/maps/weight-map';
import type { TileId } from './geometry';
import { TileCache } from './tile-cache';

interface Call {
  readonly region: MapRegion;
  readonly options: MapReadOptions;
  readonly answer: (value?: number) => void;
  readonly part: () => void;
  readonly fail: (error: unknown) => void;
}

function cellsOf(region: MapRegion, value: number, done = 1): MapCells {
  const height = Math.ceil(region.rows / region.rowsOfCell);
  const width = Math.ceil(region.columns / region.columnsOfCell);
  const values = new Float32Array(height * width).fill(value);
  return {
    region,
    height,
    width,
    largest: values,
    mean: values,
    done: new Uint8Array(height).fill(done),
  };
}

/** A cache on a map that answers on request; an aborted read is answered all the same, late. */
function setUp(capacity = 4) {
  const calls: Call[] = [];
  const onChange = vi.fn();
  const onError = vi.fn();
  const cells = (region: MapRegion, options: MapReadOptions = {}) =>
    new Promise<MapCells>((resolve, reject) =>
      calls.push({
        region,
        options,
        answer: (value = 1) => resolve(cellsOf(region, value)),
        part: () => options.onPart?.(cellsOf(region, 0, 0)),
        fail: reject,
      }),
    );
  const map = { rows: 4096, columns: 4096, cells };
  const cache = new TileCache(map, { capacity, inFlight: 2, onChange, onError });
  return { cache, calls, onChange, onError };
}

const tile = (j: number, level = 0): TileId => ({ rowLevel: level, columnLevel: level, i: 0, j });
const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('TileCache', () => {
  it('computes a few at once, in the order in which they are requested', async () => {
    const { cache, calls } = setUp();
    cache.request([tile(2), tile(0), tile(1)]);
    expect(calls.map(({ region }) => region.column)).toEqual([512, 0]);
    calls[0].answer();
    await vi.waitFor(() => expect(calls).toHaveLength(3));
    expect(calls[2].region.column).toBe(256);
    expect(cache.get(tile(2))).toMatchObject({ ready: true });
    expect(cache.get(tile(0))).toMatchObject({ ready: false });
  });

  it('computes what pools other numbers of weights only once the first are there', async () => {
    const { cache, calls } = setUp();
    cache.request([tile(0), tile(0, 1), tile(1, 1), tile(1)]);
    expect(calls.map(({ region }) => region.rowsOfCell)).toEqual([1]);
    calls[0].answer();
    await vi.waitFor(() => expect(calls).toHaveLength(3));
    expect(calls.map(({ region }) => region.rowsOfCell)).toEqual([1, 2, 2]);
    calls[1].answer();
    calls[2].fail(new Error('broken'));
    await vi.waitFor(() => expect(calls).toHaveLength(4));
    expect(calls[3].region).toMatchObject({ column: 256, rowsOfCell: 1 });
  });

  it('computes once what is requested again', async () => {
    const { cache, calls } = setUp();
    cache.request([tile(0)]);
    cache.request([tile(0)]);
    calls[0].answer();
    await turn();
    cache.request([tile(0)]);
    expect(calls).toHaveLength(1);
    expect(cache.busy).toBe(false);
  });

  it('aborts what is no longer requested, and drops its late answer', async () => {
    const { cache, calls, onError } = setUp();
    cache.request([tile(0)]);
    cache.request([tile(5)]);
    expect(calls[0].options.signal!.aborted).toBe(true);
    cache.request([tile(0), tile(5)]);
    expect(calls).toHaveLength(3);
    calls[0].answer(7);
    await turn();
    expect(cache.get(tile(0))).toMatchObject({ ready: false });
    calls[2].answer(3);
    await turn();
    expect(cache.get(tile(0))!.cells!.largest[0]).toBe(3);
    expect(onError).not.toHaveBeenCalled();
  });

  it('shows parts as they come, with a new version each', async () => {
    const { cache, calls, onChange } = setUp();
    cache.request([tile(0)]);
    calls[0].part();
    expect(cache.get(tile(0))).toMatchObject({ ready: false, version: 1 });
    calls[0].answer();
    await turn();
    expect(cache.get(tile(0))).toMatchObject({ ready: true, version: 2 });
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('keeps the latest used within its capacity, and all that is requested', async () => {
    const { cache, calls } = setUp(3);
    for (let j = 0; j < 5; j++) {
      cache.request([tile(j)]);
      calls[j].answer();
      await turn();
    }
    cache.request([tile(4)]);
    expect([0, 1, 2, 3, 4].map((j) => cache.get(tile(j))?.ready ?? false)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it('finds the finest coarser tile that is ready', async () => {
    const { cache, calls } = setUp();
    cache.request([tile(0, 3)]);
    calls[0].answer();
    await turn();
    expect(cache.coarser(tile(1))).toBe(cache.get(tile(0, 3)));
    expect(cache.coarser(tile(9))).toBeNull();
  });

  it('reports failures and tries again only on request', async () => {
    const { cache, calls, onError } = setUp();
    cache.request([tile(0)]);
    calls[0].fail(new Error('lost'));
    await turn();
    expect(onError).toHaveBeenCalledWith(new Error('lost'));
    cache.request([tile(0)]);
    expect(calls).toHaveLength(1);
    cache.retry();
    expect(calls).toHaveLength(2);
  });

  it('is silent once closed', async () => {
    const { cache, calls, onChange } = setUp();
    cache.request([tile(0)]);
    cache.close();
    calls[0].part();
    calls[0].answer();
    await turn();
    cache.request([tile(1)]);
    expect(onChange).not.toHaveBeenCalled();
    expect(calls).toHaveLength(1);
  });
});
