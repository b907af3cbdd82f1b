import { mean, sum } from 'd3-array';
import type { MapCells, MapRegion, RowStatistics } from '../../../attention/maps/weight-map';
import { visibleKeyCounts, type HeadControls } from '../model/controls';
import { headMetrics, type HeadMetrics } from '../model/metrics';
import type { HeadsSource } from '../model/source';
import type { HeadMaps } from './map-backend';

export interface HeadMeasurement {
  readonly statistics?: RowStatistics;
  readonly metrics?: HeadMetrics;
  /** Its whole map, pooled to a thumbnail. */
  readonly cells?: MapCells;
  /** Its cells in the result before, shown until the new ones are there. */
  readonly previousCells?: MapCells;
}

/** All heads of a source under some controls, as far as they are computed. */
export interface HeadsResult {
  readonly source: HeadsSource;
  readonly controls: HeadControls;
  readonly backend: 'gpu' | 'cpu';
  readonly maps: HeadMaps;
  readonly heads: readonly HeadMeasurement[];
  /** Share of all work that is done, 0 to 1. */
  readonly fraction: number;
  /** Since work on it began, its preparation included. */
  readonly milliseconds: number;
}

export const finishedHeads = ({ heads }: HeadsResult): number =>
  heads.filter(({ cells }) => cells !== undefined).length;

/** Longest side of a thumbnail in cells. */
const MAX_THUMBNAIL_CELLS = 128;

/** A whole map, in cells whose sides are powers of two. */
export function thumbnailRegion(rows: number, columns: number): MapRegion {
  const cellSide = (length: number) =>
    2 ** Math.max(0, Math.ceil(Math.log2(length / MAX_THUMBNAIL_CELLS)));
  return {
    row: 0,
    column: 0,
    rows,
    columns,
    rowsOfCell: cellSide(rows),
    columnsOfCell: cellSide(columns),
  };
}

/** A result without any head yet. Cells of the result before stand in where its source is the same. */
export function emptyResult(
  start: Pick<HeadsResult, 'source' | 'controls' | 'backend' | 'maps'>,
  before: HeadsResult | null,
): HeadsResult {
  const { source } = start;
  const known = before?.source === source ? before.heads : [];
  return {
    ...start,
    heads: Array.from({ length: source.layers * source.heads }, (_, i) => ({
      previousCells: known[i]?.cells ?? known[i]?.previousCells,
    })),
    fraction: 0,
    milliseconds: 0,
  };
}

const PROGRESS_INTERVAL_MS = 200;

interface ComputeOptions {
  readonly since: number;
  readonly signal: AbortSignal;
  readonly preferred: () => number;
  readonly publish: (result: HeadsResult) => void;
}

/**
 * Computes one head after the other: statistics of its rows, then its map.
 * @throws the signal's reason; what the maps throw.
 */
export async function computeHeads(empty: HeadsResult, options: ComputeOptions): Promise<void> {
  const { since, signal, preferred } = options;
  const { source, controls, maps } = empty;
  let result = empty;
  const publish = (some: Partial<HeadsResult>) => {
    result = { ...result, ...some, milliseconds: performance.now() - since };
    options.publish(result);
  };
  const add = (index: number, more: HeadMeasurement) => {
    const heads = result.heads.with(index, { ...result.heads[index], ...more });
    publish({ heads, fraction: fractionOf(heads) });
  };
  const visible = visibleKeyCounts(controls, source);
  const region = thumbnailRegion(source.queryLength, source.keyLength);
  while (result.heads.some(({ cells }) => !cells)) {
    const index = nextHead(result.heads, preferred());
    const [layer, head] = [Math.floor(index / source.heads), index % source.heads];
    const onProgress = throttle((share) =>
      publish({ fraction: fractionOf(result.heads, share / 2) }),
    );
    const statistics = await maps.statistics(layer, head, { signal, onProgress });
    const metrics = headMetrics(statistics, visible, source.keyLength, source.marks);
    add(index, { statistics, metrics });
    const cells = await maps.map(layer, head).cells(region, {
      signal,
      onPart: ({ done }) => onProgress(mean(done)!),
    });
    add(index, { cells });
  }
}

function nextHead(heads: readonly HeadMeasurement[], preferred: number): number {
  if (preferred < heads.length && !heads[preferred].cells) return preferred;
  return heads.findIndex(({ cells }) => !cells);
}

/** Statistics and map count as halves of a head's work; `more` is the share of a head done beyond. */
function fractionOf(heads: readonly HeadMeasurement[], more = 0): number {
  const halves = sum(heads, ({ statistics, cells }) => Number(!!statistics) + Number(!!cells));
  return (halves / 2 + more) / heads.length;
}

function throttle(report: (share: number) => void): (share: number) => void {
  let last = performance.now();
  return (share) => {
    const now = performance.now();
    if (now - last < PROGRESS_INTERVAL_MS) return;
    last = now;
    report(share);
  };
}
