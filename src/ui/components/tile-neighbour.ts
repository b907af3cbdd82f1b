/** Where a tile is on the page, in pixels. */
export interface TileBox {
  readonly left: number;
  readonly top: number;
}

/**
 * Which tile a key moves to from the `from`th: left and right follow the order, up and down the picture, to the
 * nearest tile of the next row, over headings and short rows. Null for other keys and at the ends.
 */
export function neighbour(tiles: readonly TileBox[], from: number, key: string): number | null {
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
    if (best === null || comparePlaces(tile, tiles[best], here, sign) < 0) best = i;
  });
  return best;
}

/** Nearer rows first, then nearer columns. */
function comparePlaces(a: TileBox, b: TileBox, here: TileBox, sign: number): number {
  const rows = sign * (a.top - b.top);
  if (Math.abs(rows) > 0.5) return rows;
  return Math.abs(a.left - here.left) - Math.abs(b.left - here.left);
}
