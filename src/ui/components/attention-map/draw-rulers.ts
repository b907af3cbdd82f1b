import { formatIndex } from './numbers';
import type { Pen } from './pen';
import { pixels, type Scene } from './scene';
import { indexTicks } from './ticks';

/** A token's letters need this many pixels of its cell. */
const LEAST_FOR_TOKEN = 10;
const LETTER = 6.4;
const DIGIT = 6.7;
/** What is written above the strip of entropy. */
const ENTROPY_TITLE = 46;

interface Label {
  readonly at: number;
  readonly text: string;
}

/** Names or indices along both edges, with ticks; and what the edges are. */
export function drawRulers(pen: Pen, scene: Scene): void {
  const { plot } = scene.layout;
  drawRows(pen, scene);
  drawColumns(pen, scene);
  const title = { fill: scene.inks.soft, size: 11 };
  pen.text('keys →', plot.x, 11, title);
  pen.text('queries ↓', plot.x - 8, 11, { ...title, anchor: 'end' });
}

function drawRows(pen: Pen, scene: Scene): void {
  const { layout, inks, view, rowTokens, map } = scene;
  const { down, y } = pixels(scene);
  const { plot } = layout;
  const tokens = rowTokens.length > 0 && down >= LEAST_FOR_TOKEN;
  const most = Math.max(2, plot.height / 48);
  const labels = labelsOf(view.row, view.rows, map.rows, tokens ? rowTokens : null, most);
  const room = plot.x - 12;
  const middle = down >= 6 ? 0.5 : 0;
  for (const { at, text } of labels) {
    const where = y(at + middle);
    if (where < plot.y - 0.5 || where > plot.y + plot.height + 0.5) continue;
    pen.line(plot.x - 5, where, plot.x - 1, where, inks.edge);
    const size = tokens ? letterSize(down) : 11;
    const style = {
      fill: inks.soft,
      anchor: 'end',
      baseline: 'middle',
      mono: !tokens,
      size,
    } as const;
    pen.text(shorten(text, room), plot.x - 8, where, style);
  }
}

function drawColumns(pen: Pen, scene: Scene): void {
  const { layout, inks, view, columnTokens, map } = scene;
  const { across, x } = pixels(scene);
  const { plot } = layout;
  const tokens = columnTokens.length > 0 && across >= LEAST_FOR_TOKEN;
  const widest = formatIndex(map.columns).length * 7 + 28;
  const most = Math.max(2, plot.width / widest);
  const labels = labelsOf(
    view.column,
    view.columns,
    map.columns,
    tokens ? columnTokens : null,
    most,
  );
  const upright = !tokens || labels.every(({ text }) => text.length * LETTER < across - 4);
  const middle = across >= 6 ? 0.5 : 0;
  const { entropy } = layout;
  const end = entropy ? entropy.x + entropy.width - ENTROPY_TITLE : Infinity;
  for (const { at, text } of labels) {
    const where = x(at + middle);
    if (where < plot.x - 0.5 || where > plot.x + plot.width + 0.5) continue;
    pen.line(where, plot.y - 5, where, plot.y - 1, inks.edge);
    const style = { fill: inks.soft, mono: !tokens, size: tokens ? letterSize(across) : 11 };
    const half = (text.length * (tokens ? LETTER : DIGIT)) / 2;
    const fitted = Math.min(where, end - half);
    if (upright) pen.text(text, fitted, plot.y - 9, { ...style, anchor: 'middle' });
    else {
      const turned = { ...style, turned: -90, baseline: 'middle' } as const;
      pen.text(shorten(text, plot.y - 26), where, plot.y - 8, turned);
    }
  }
}

/** A label for every token in view, or for round indices. */
function labelsOf(
  first: number,
  length: number,
  all: number,
  tokens: readonly string[] | null,
  most: number,
): Label[] {
  const last = Math.min(all - 1, first + length);
  if (!tokens) return indexTicks(first, last, most).map((at) => ({ at, text: formatIndex(at) }));
  const from = Math.max(0, Math.floor(first));
  return Array.from({ length: Math.floor(last) - from + 1 }, (_, i) => ({
    at: from + i,
    text: tokens[from + i] ?? formatIndex(from + i),
  }));
}

/** Letters fit their cell. */
const letterSize = (cell: number): number => Math.min(11, Math.max(9, cell - 1));

function shorten(text: string, room: number): string {
  const most = Math.max(1, Math.floor(room / LETTER));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
