import type { MapCells, MapRegion, RowStatistics } from '../../../attention/maps/weight-map';
import { type HeadControls, visibleKeyCounts } from '../model/controls';
import { type HeadMetrics, headMetrics } from '../model/metrics';
import type { HeadsSource } from '../model/source';
import type { HeadMaps } from './map-backend';

/** What to draw. */
export interface HeadsRequest {
  readonly source: HeadsSource;
  readonly controls: HeadControls;
}

/** One head's share of a picture; what is not computed yet is left out. */
export interface HeadMeasurement {
  readonly statistics?: RowStatistics;
  readonly metrics?: HeadMetrics;
  /** Its whole map, pooled to a thumbnail. */
  readonly cells?: MapCells;
}

/** All heads of a source under one state of the controls, as far as they are computed. */
export interface HeadsResult extends HeadsRequest {
  /** Where it is computed. */
  readonly on: 'gpu' | 'cpu';
  readonly maps: HeadMaps;
  /** Head by head, layer by layer. */
  readonly heads: readonly HeadMeasurement[];
  /** Maps of the same heads before what was changed last, to stand in for those to come. */
  readonly previousCells: readonly (MapCells | undefined)[];
  /** Share of the work on all heads that is done. */
  readonly fraction: number;
  /** From the first work on it to the last, or to now. */
  readonly milliseconds: number;
  readonly isDone: boolean;
}

/** How many heads are done. */
export const headsDone = ({ heads }: HeadsResult): number =>
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

const PROGRESS_INTERVAL_MS = 200;

/** A picture of which nothing is computed yet; maps of the picture before stand in where its source is the same. */
export function emptyResult(
  request: HeadsRequest,
  place: Pick<HeadsResult, 'on' | 'maps'>,
  before: HeadsResult | null,
): HeadsResult {
  const { source } = request;
  return {
    ...request,
    ...place,
    heads: Array.from({ length: source.layers * source.heads }, () => ({})),
    previousCells: before?.source === source ? before.heads.map(lastCellsOf(before)) : [],
    fraction: 0,
    milliseconds: 0,
    isDone: false,
  };
}

/** A head's map as it was seen last. */
const lastCellsOf =
  ({ previousCells: earlier }: HeadsResult) =>
  ({ cells }: HeadMeasurement, index: number) =>
    cells ?? earlier[index];

interface ComputeOptions {
  /** When work on the picture began: it was prepared before. */
  readonly since: number;
  readonly signal: AbortSignal;
  /** The head to compute before the others. */
  readonly preferred: () => number;
  /** Told of each picture that holds more than the one before. */
  readonly publish: (picture: HeadsResult) => void;
}

/**
 * Computes all heads of a picture, one after the other: what its rows tell, then its map.
 * @throws the signal's reason; what the picture's maps throw.
 */
export async function computeHeads(empty: HeadsResult, options: ComputeOptions): Promise<void> {
  const { since, signal, preferred } = options;
  const { source, controls, maps } = empty;
  let picture = empty;
  const publish = (some: Partial<HeadsResult>) => {
    picture = { ...picture, ...some, milliseconds: performance.now() - since };
    options.publish(picture);
  };
  const take = (index: number, more: HeadMeasurement) => {
    const heads = picture.heads.map((one, i) => (i === index ? { ...one, ...more } : one));
    publish({ heads, fraction: fractionOf(heads) });
  };
  const visible = visibleKeyCounts(controls, source);
  const region = thumbnailRegion(source.queryLength, source.keyLength);
  while (picture.heads.some(({ cells }) => !cells)) {
    const index = nextHead(picture.heads, preferred());
    const [layer, head] = [Math.floor(index / source.heads), index % source.heads];
    const onProgress = throttle((share) =>
      publish({ fraction: fractionOf(picture.heads, share / 2) }),
    );
    const statistics = await maps.statistics(layer, head, { signal, onProgress });
    const metrics = headMetrics(statistics, visible, source.keyLength, source.marks);
    take(index, { statistics, metrics });
    const cells = await maps.map(layer, head).cells(region, {
      signal,
      onPart: ({ done }) => onProgress(done.reduce((sum, one) => sum + one, 0) / done.length),
    });
    take(index, { cells });
  }
  publish({ isDone: true, fraction: 1 });
}

function nextHead(heads: readonly HeadMeasurement[], preferred: number): number {
  if (preferred < heads.length && !heads[preferred].cells) return preferred;
  return heads.findIndex(({ cells }) => !cells);
}

/** Half of a head's work are its statistics, half its map; `more` of a half is done beyond. */
function fractionOf(heads: readonly HeadMeasurement[], more = 0): number {
  const halves = heads.reduce(
    (sum, { statistics, cells }) => sum + Number(!!statistics) + Number(!!cells),
    0,
  );
  return (halves / 2 + more) / heads.length;
}

/** What is told many times a second is passed on a few times. */
function throttle(tell: (share: number) => void): (share: number) => void {
  let last = performance.now();
  return (share) => {
    const now = performance.now();
    if (now - last < PROGRESS_INTERVAL_MS) return;
    last = now;
    tell(share);
  };
}
