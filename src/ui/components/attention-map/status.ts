import { formatIndex } from './numbers';
import type { Pool } from './readout';

/** How far the visible tiles have come. */
export interface Progress {
  /** 0 to 1: the share of visible rows of cells that are there. */
  readonly fraction: number;
  readonly failed: number;
  /** Coarser cells stand in for some that are not there yet. */
  readonly coarser: boolean;
  /** Cells of the map before it was changed stand in. */
  readonly outdated: boolean;
}

export interface Pooling {
  readonly rowsOfCell: number;
  readonly columnsOfCell: number;
  readonly pool: Pool;
}

/** "each cell is one weight", "each cell pools 64 × 64 weights: the largest" */
export function poolingText({ rowsOfCell, columnsOfCell, pool }: Pooling): string {
  if (rowsOfCell * columnsOfCell === 1) return 'each cell is one weight';
  const size = `${formatIndex(rowsOfCell)} × ${formatIndex(columnsOfCell)}`;
  return `each cell pools ${size} weights: ${pool === 'largest' ? 'the largest' : 'their mean'}`;
}

/** What the picture is at this moment: exact, or what stands in for it. */
export function statusText(progress: Progress, pooling: Pooling): string {
  const { fraction, failed, coarser, outdated } = progress;
  if (failed > 0) return 'Incomplete: part of this view could not be computed.';
  if (fraction >= 1) return `Exact: ${poolingText(pooling)}.`;
  const percent = Math.floor(100 * fraction);
  if (outdated) return `Out of date: the map before the change is shown, computing… ${percent} %`;
  if (coarser) return `Approximate: coarser cells stand in, computing… ${percent} %`;
  return `Incomplete: computing… ${percent} %; rows not done repeat a neighbour or are hatched.`;
}

/** "3 NaN and 1 infinite cell in view", or nothing. */
export function oddText(nans: number, infinities: number): string {
  const parts = [
    ...(nans > 0 ? [`${formatIndex(nans)} NaN`] : []),
    ...(infinities > 0 ? [`${formatIndex(infinities)} infinite`] : []),
  ];
  if (parts.length === 0) return '';
  return `${parts.join(' and ')} ${nans + infinities === 1 ? 'cell' : 'cells'} in view.`;
}
