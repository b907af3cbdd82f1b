import type { MapCells, MapRegion, RowStatistics } from '../../attention/maps/weight-map';
import type { HeadControls } from '../../heads/controls';
import type { HeadMetrics } from '../../heads/metrics';
import type { HeadsSource } from '../../heads/source';
import type { HeadMaps } from './maps-host';

/** What to draw. */
export interface PictureRequest {
  readonly source: HeadsSource;
  readonly controls: HeadControls;
}

/** One head's share of a picture; what is not computed yet is left out. */
export interface HeadResult {
  readonly statistics?: RowStatistics;
  readonly metrics?: HeadMetrics;
  /** Its whole map, pooled to a thumbnail. */
  readonly cells?: MapCells;
}

/** All heads of a source under one state of the controls, as far as they are computed. */
export interface Picture extends PictureRequest {
  /** Where it is computed. */
  readonly on: 'gpu' | 'cpu';
  readonly maps: HeadMaps;
  /** Head by head, layer by layer. */
  readonly heads: readonly HeadResult[];
  /** Maps of the same heads before what was changed last, to stand in for those to come. */
  readonly earlier: readonly (MapCells | undefined)[];
  /** Share of the work on all heads that is done. */
  readonly fraction: number;
  /** From the first work on it to the last, or to now. */
  readonly milliseconds: number;
  readonly isDone: boolean;
}

/** How many heads are done. */
export const headsDone = ({ heads }: Picture): number =>
  heads.filter(({ cells }) => cells !== undefined).length;

/** Cells of a thumbnail along a side, at most. */
const THUMBNAIL_CELLS = 128;

/** The whole of a map, as cells of powers of two. */
export function thumbnailRegion(rows: number, columns: number): MapRegion {
  return {
    row: 0,
    column: 0,
    rows,
    columns,
    rowsOfCell: cellExtent(rows),
    columnsOfCell: cellExtent(columns),
  };
}

const cellExtent = (length: number) =>
  2 ** Math.max(0, Math.ceil(Math.log2(length / THUMBNAIL_CELLS)));
