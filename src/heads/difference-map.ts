import { InputError } from '../attention/input-error';
import type { MapCells, MapReadOptions, MapRegion, WeightMap } from '../attention/maps/weight-map';

/**
 * The weights of `a` less those of `b`. Means are linear: a cell's mean difference is exactly the difference
 * of its means. The largest difference within a cell cannot be had from the cells of either; `largest`
 * therefore holds the mean as well, which at 1 × 1 is the difference itself. To find the largest, scan:
 * `largestDifference`.
 * @throws InputError for maps of different extents.
 */
export function differenceMap(a: WeightMap, b: WeightMap): WeightMap {
  const { rows, columns } = a;
  if (b.rows !== rows || b.columns !== columns) {
    throw new InputError('map', `${b.rows} × ${b.columns}`, `${rows} × ${columns}, as the other`);
  }
  return {
    rows,
    columns,
    async cells(region, options = {}) {
      const [ofA, ofB] = await both(a, b, region, options);
      return subtract(ofA, ofB);
    },
  };
}

/** Reads both maps at once; when one fails, the other is told to stop. Parts come once both have some. */
async function both(a: WeightMap, b: WeightMap, region: MapRegion, options: MapReadOptions) {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const parts: (MapCells | undefined)[] = [undefined, undefined];
  const onPart = (which: number) => (cells: MapCells) => {
    parts[which] = cells;
    const [ofA, ofB] = parts;
    if (ofA && ofB) options.onPart?.(subtract(ofA, ofB));
  };
  const read = async (map: WeightMap, which: number) => {
    const cells = await map.cells(region, { signal, onPart: options.onPart && onPart(which) });
    parts[which] = cells;
    return cells;
  };
  try {
    return await Promise.all([read(a, 0), read(b, 1)]);
  } catch (error) {
    stop.abort(error);
    throw error;
  }
}

/** A row of cells is done where it is in both; until then it holds zeros, as it does in either. */
function subtract(a: MapCells, b: MapCells): MapCells {
  const { region, height, width } = a;
  const mean = new Float32Array(height * width);
  const done = a.done.map((byte, row) => byte & b.done[row]);
  for (let row = 0; row < height; row++) {
    if (!done[row]) continue;
    for (let at = row * width; at < (row + 1) * width; at++) mean[at] = a.mean[at] - b.mean[at];
  }
  return { region, height, width, largest: mean, mean, done };
}
