import { least } from 'd3-array';
import type { ReactiveControllerHost } from 'lit';
import { emit } from '../../../ui/emit';
import { indexAfterKey } from '../../../ui/interaction/roving-focus';
import type { HeadEntry } from '../model/head-entry';

interface TileBox {
  readonly left: number;
  readonly top: number;
}

/** Boxes of one row may differ by rounding, in pixels. */
const SAME_ROW = 0.5;

/**
 * The tile that a key leads to: left and right in the grid's order, up and down to the nearest tile of the next row,
 * across headings and short rows. Null for other keys and at the ends.
 */
export function neighbouringTile(
  tiles: readonly TileBox[],
  from: number,
  key: string,
): number | null {
  if (key === 'ArrowDown') return nearestInNextRow(tiles, from, 1);
  if (key === 'ArrowUp') return nearestInNextRow(tiles, from, -1);
  return indexAfterKey({ key }, from, { count: tiles.length, columns: Infinity });
}

/** In the nearest row first, then in the nearest column. */
function nearestInNextRow(tiles: readonly TileBox[], from: number, sign: number): number | null {
  const here = tiles[from];
  const ahead = tiles.flatMap(({ left, top }, index) => {
    const rows = sign * (top - here.top);
    return rows > SAME_ROW ? [{ index, rows, columns: Math.abs(left - here.left) }] : [];
  });
  const nearest = least(ahead, (a, b) =>
    Math.abs(a.rows - b.rows) > SAME_ROW ? a.rows - b.rows : a.columns - b.columns,
  );
  return nearest?.index ?? null;
}

type HeadChoiceHost = EventTarget &
  Pick<ReactiveControllerHost, 'requestUpdate'> & {
    selected: number | null;
    compared: number | null;
  };

/** The selected head, the one it is compared with, and the one in focus, by their ids. */
export class HeadChoice {
  active: number | null = null;

  constructor(readonly host: HeadChoiceHost) {}

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

  compare(id: number): void {
    const { host } = this;
    this.focus(id);
    if (id === host.selected) return;
    host.compared = host.compared === id ? null : id;
    emit(host, 'head-compare', { id: host.compared });
  }
}
