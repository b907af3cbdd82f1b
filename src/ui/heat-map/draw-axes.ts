import { range } from 'd3-array';
import { formatCount } from '../../numeric/format';
import { indexTicks, logTicks, roundTicks } from '../charts/ticks';
import { cssColor, INFINITY_COLOR, NAN_COLOR, type ColorScale } from './colors';
import { grown, type Pen } from './pens';
import { formatTick } from './readout';
import { pixels, type Scene } from './scene';

/** In pixels: tokens are written along cells at least this large. */
const MIN_CELL_FOR_TOKEN = 10;
/** Mean widths of characters, in pixels. */
const LETTER = 6.4;
const DIGIT = 6.7;
/** Width of the title above the entropy strip, which column labels must not overlap. */
const ENTROPY_TITLE = 46;

/** Tokens or indices along both edges, with ticks, and the titles of the axes. */
export function drawRulers(pen: Pen, scene: Scene): void {
  const { plot } = scene.layout;
  drawRows(pen, scene);
  drawColumns(pen, scene);
  const title = { fill: scene.colors.soft, size: 11 };
  pen.text('keys →', plot.x, 11, title);
  pen.text('queries ↓', plot.x - 8, 11, { ...title, anchor: 'end' });
}

function drawRows(pen: Pen, scene: Scene): void {
  const { view, map, rowTokens, colors } = scene;
  const { plot } = scene.layout;
  const { down, y } = pixels(scene);
  const maxTicks = 1 + Math.max(2, plot.height / 48);
  const ruler = rulerOf(view.row, view.rows, map.rows, rowTokens, down, maxTicks);
  const style = { ...ruler.style, fill: colors.soft, anchor: 'end', baseline: 'middle' } as const;
  for (const { at, text } of ruler.labels) {
    const position = y(at);
    if (position < plot.y - 0.5 || position > plot.y + plot.height + 0.5) continue;
    pen.line(plot.x - 5, position, plot.x - 1, position, colors.edge);
    pen.text(shorten(text, plot.x - 12), plot.x - 8, position, style);
  }
}

function drawColumns(pen: Pen, scene: Scene): void {
  const { view, map, columnTokens, colors } = scene;
  const { plot, entropy } = scene.layout;
  const { across, x } = pixels(scene);
  const maxTicks = 1 + Math.max(2, plot.width / (formatCount(map.columns).length * 7 + 28));
  const ruler = rulerOf(view.column, view.columns, map.columns, columnTokens, across, maxTicks);
  const { labels, ofTokens } = ruler;
  const style = { ...ruler.style, fill: colors.soft };
  const upright = !ofTokens || labels.every(({ text }) => text.length * LETTER < across - 4);
  const end = entropy ? entropy.x + entropy.width - ENTROPY_TITLE : Infinity;
  for (const { at, text } of labels) {
    const position = x(at);
    if (position < plot.x - 0.5 || position > plot.x + plot.width + 0.5) continue;
    pen.line(position, plot.y - 5, position, plot.y - 1, colors.edge);
    if (upright) {
      const half = (text.length * (ofTokens ? LETTER : DIGIT)) / 2;
      const fitted = Math.min(position, end - half);
      pen.text(text, fitted, plot.y - 9, { ...style, anchor: 'middle' });
    } else {
      const rotated = { ...style, rotation: -90, baseline: 'middle' } as const;
      pen.text(shorten(text, plot.y - 26), position, plot.y - 8, rotated);
    }
  }
}

/** The labels of rows or columns in view: each token if there is room for it, else up to `maxTicks` indices. */
function rulerOf(
  first: number,
  length: number,
  all: number,
  tokens: readonly string[],
  cellSize: number,
  maxTicks: number,
) {
  const last = Math.min(all - 1, first + length);
  const ofTokens = tokens.length > 0 && cellSize >= MIN_CELL_FOR_TOKEN;
  const indices = ofTokens
    ? range(Math.max(0, Math.floor(first)), Math.floor(last) + 1)
    : indexTicks(first, last, maxTicks);
  const middle = cellSize >= 6 ? 0.5 : 0;
  return {
    ofTokens,
    labels: indices.map((index) => ({
      at: index + middle,
      text: (ofTokens ? tokens[index] : undefined) ?? formatCount(index),
    })),
    style: { mono: !ofTokens, size: ofTokens ? Math.min(11, Math.max(9, cellSize - 1)) : 11 },
  };
}

function shorten(text: string, room: number): string {
  const max = Math.max(1, Math.floor(room / LETTER));
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}

/** The colour bar with its numbers, and the colours of zeros and non-finite values. */
export function drawLegend(pen: Pen, scene: Scene): void {
  const { layout, colors, palette, scale } = scene;
  const { legend } = layout;
  const step = legend.width / palette.colors.length;
  // Each overlaps the next, so that no hairline shows between them.
  palette.colors.forEach((word, i) => {
    const width = Math.min(legend.width, (i + 1.5) * step) - i * step;
    pen.fillRect({ ...legend, x: legend.x + i * step, width }, cssColor(word));
  });
  pen.strokeRect(grown(legend, -0.5), colors.edge);
  const base = legend.y + legend.height;
  const labels = legendTicks(scale, Math.max(2, legend.width / 64), scene.clipped);
  const drawn: { x: number; half: number }[] = [];
  // The ends first: others are left out where they would overlap.
  for (const { fraction, text } of [labels[0], labels.at(-1)!, ...labels.slice(1, -1)]) {
    const half = text.length * 3.4;
    const x = legend.x + fraction * legend.width;
    if (drawn.some((other) => Math.abs(other.x - x) < other.half + half + 6)) continue;
    drawn.push({ x, half });
    pen.line(x, base, x, base + 4, colors.edge);
    pen.text(text, x, base + 15, { fill: colors.soft, anchor: 'middle', mono: true });
  }
  drawSwatches(pen, scene, base);
}

function drawSwatches(pen: Pen, { layout, colors, palette }: Scene, base: number): void {
  const { legend, plot } = layout;
  const swatches = [
    ...(palette.zero === null ? [] : [{ word: palette.zero, label: 'exactly 0' }]),
    { word: NAN_COLOR, label: 'NaN' },
    { word: INFINITY_COLOR, label: '±∞' },
  ];
  const isBeside = plot.width - legend.width >= 220;
  let x = isBeside ? legend.x + legend.width + 28 : legend.x;
  const y = isBeside ? legend.y : base + 23;
  for (const { word, label } of swatches) {
    const swatch = { x, y, width: 10, height: 10 };
    pen.fillRect(swatch, cssColor(word));
    pen.strokeRect(grown(swatch, -0.5), colors.edge);
    pen.text(label, x + 15, y + 5.5, { fill: colors.soft, baseline: 'middle' });
    x += 15 + label.length * 6.2 + 16;
  }
}

/** The scale's ends and about `max` round values between them, in order, with their positions along the bar. */
export function legendTicks(scale: ColorScale, max: number, clipped: boolean) {
  const { kind, signed, low, high } = scale;
  const label = (value: number, fraction = scale.fractionOf(value)) => ({
    fraction,
    text: clipped && value === high ? `≥ ${formatTick(value)}` : formatTick(value),
  });
  // Ranks have no round values.
  if (kind === 'rank') return [0, 0.25, 0.5, 0.75, 1].map((at) => label(scale.valueAt(at), at));
  const inside = (() => {
    if (kind === 'linear') return roundTicks(low, high, max + 1);
    if (!signed) return logTicks(low, high, max - 1);
    const positive = logTicks(scale.valueAt(0.5 + 1e-9), high, max / 2 - 1);
    return [...positive.map((value) => -value).reverse(), 0, ...positive];
  })();
  const values = [low, ...inside.filter((value) => value > low && value < high), high];
  return values.map((value) => label(value));
}
