import type { ReactiveControllerHost } from 'lit';
import { emit } from '../../../ui/emit';
import type { HeadEntry } from '../model/head-entry';

interface TileBox {
  readonly left: number;
  readonly top: number;
}

/**
 * The tile that a key leads to: left and right in the grid's order, up and down to the nearest tile of the next row,
 * across headings and short rows. Null for other keys and at the ends.
 */
export function neighbouringTile(
  tiles: readonly TileBox[],
  from: number,
  key: string,
): number | null {
  const last = tiles.length - 1;
  if (key === 'ArrowLeft') return from > 0 ? from - 1 : null;
  if (key === 'ArrowRight') return from < last ? from + 1 : null;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === 'ArrowDown') return nearestInNextRow(tiles, from, 1);
  if (key === 'ArrowUp') return nearestInNextRow(tiles, from, -1);
  return null;
}

function nearestInNextRow(tiles: readonly TileBox[], from: number, sign: number): number | null {
  const here = tiles[from];
  // Half a pixel: boxes of one row may differ by rounding.
  const ahead = (tile: TileBox) => sign * (tile.top - here.top) > 0.5;
  let best: number | null = null;
  tiles.forEach((tile, i) => {
    if (!ahead(tile)) return;
    if (best === null || compareDistances(tile, tiles[best], here, sign) < 0) best = i;
  });
  return best;
}

/** Nearer rows first, then nearer columns. */
function compareDistances(a: TileBox, b: TileBox, here: TileBox, sign: number): number {
  const rows = sign * (a.top - b.top);
  if (Math.abs(rows) > 0.5) return rows;
  return Math.abs(a.left - here.left) - Math.abs(b.left - here.left);
}

type HeadChoiceHost = EventTarget &
  Pick<ReactiveControllerHost, 'requestUpdate'> & {
    selected: number | null;
    compared: number | null;
  };

/** The selected head, the one it is compared with, and the one in focus, by their ids. */
export class HeadChoice {
  active: number | null = null;

  constructor(private readonly host: HeadChoiceHost) {}

  tabStop(shown: readonly HeadEntry[]): number | null {
    const ids = [this.active, this.host.selected];
    const found = ids.find((id) => shown.some((entry) => entry.id === id));
    return found ?? shown[0]?.id ?? null;
  }

  focus(id: number): void {
    if (this.active === id) return;
    this.active = id;
    this.host.requestUpdate();
  }

  select(id: number): void {
    const { host } = this;
    this.focus(id);
    host.selected = id;
    if (host.compared === id) host.compared = null;
    emit(host, 'head-select', { id });
  }

  /** Compares the selected head with this one, or ends that comparison. */
  compare(id: number): void {
    const { host } = this;
    this.focus(id);
    if (id === host.selected) return;
    host.compared = host.compared === id ? null : id;
    emit(host, 'head-compare', { id: host.compared });
  }
}
