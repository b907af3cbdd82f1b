import { LimitError, formatBytes } from '../../webgpu/errors';
import { storageLimit } from '../fit';
import { MOST_LISTED, type MapDevice } from './map-device';
import { type RegionLayout, refiningOrder } from './region';
import type { Extent } from './shaders';
import type { MapRegion } from './weight-map';

/** Cells that wait on the GPU to be read. */
const MOST_CELLS_BYTES = 16 * 2 ** 20;
/** The largest weight and the sum. */
export const CELL_BYTES = 8;

/** How a region is computed, unit by unit. */
export interface CellsPlan {
  readonly region: MapRegion;
  readonly layout: RegionLayout;
  /** What the GPU pools: a cell of the region, or a part of one. */
  readonly cell: Extent;
  /** A unit of work; a strip is a row of units. */
  readonly unit: Extent;
  /** GPU cells and units across. */
  readonly width: number;
  readonly blocks: number;
  /** Strips, in the order that they are computed in. */
  readonly strips: readonly number[];
  readonly stripBytes: number;
  readonly stripsAtOnce: number;
}

/** @throws LimitError where one strip of cells is more than a binding holds. */
export function planCells(
  { shaders, gpu }: MapDevice,
  region: MapRegion,
  layout: RegionLayout,
): CellsPlan {
  const cell = {
    rows: Math.min(region.rowsOfCell, shaders.mostOfCell.rows),
    columns: Math.min(region.columnsOfCell, shaders.mostOfCell.columns),
  };
  const unit = shaders.unit(cell);
  const columns = layout.endColumn - region.column;
  const width = Math.ceil(columns / cell.columns);
  const stripBytes = (unit.rows / cell.rows) * width * CELL_BYTES;
  const strips = orderOfStrips(region, layout, unit.rows);
  const { limit, available } = storageLimit(gpu.device.limits);
  if (stripBytes > available) {
    throw new LimitError(
      limit,
      stripBytes,
      available,
      `${width} cells across need ${formatBytes(stripBytes)} at a time, but this device's ${limit} is ` +
        `${formatBytes(available)}; ask for fewer, or larger ones.`,
    );
  }
  const room = Math.min(MOST_CELLS_BYTES, available);
  const stripsAtOnce = Math.min(
    strips.length,
    MOST_LISTED,
    Math.max(1, Math.floor(room / stripBytes)),
  );
  return {
    region,
    layout,
    cell,
    unit,
    width,
    blocks: Math.ceil(columns / unit.columns),
    strips,
    stripBytes,
    stripsAtOnce,
  };
}

/** Refines evenly by rows of cells, of which one may have many strips. */
function orderOfStrips(region: MapRegion, { endRow }: RegionLayout, rows: number): number[] {
  const count = Math.ceil((endRow - region.row) / rows);
  const together = Math.max(1, region.rowsOfCell / rows);
  return refiningOrder(Math.ceil(count / together)).flatMap((group) => {
    const first = group * together;
    return Array.from({ length: Math.min(together, count - first) }, (_, i) => first + i);
  });
}

/** As in shaders/maps/region.wgsl; `stripsBefore` are in the buffer already. */
export function regionWords(
  sequence: number,
  {
    region,
    layout,
    cell,
    unit,
    width,
    blocks,
  }: Pick<CellsPlan, 'region' | 'cell' | 'unit' | 'width' | 'blocks'> & {
    readonly layout: Pick<RegionLayout, 'endRow'>;
  },
  stripsBefore: number,
): number[] {
  return [
    sequence,
    region.row,
    region.column,
    layout.endRow,
    cell.rows,
    cell.columns,
    unit.rows,
    unit.columns,
    width,
    blocks,
    stripsBefore,
    0,
  ];
}
