import { formatCount } from '../../numeric/format';
import { indexTicks, logTicks, roundTicks } from '../charts/ticks';
import { cssColor, INFINITY_COLOR, NAN_COLOR, type ColorScale } from './colors';
import type { Pen } from './pens';
import { formatTick } from './readout';
import { pixels, type Scene } from './scene';

/** In pixels: tokens are written along cells at least this large. */
const MIN_CELL_FOR_TOKEN = 10;
/** Mean widths of characters, in pixels. */
const LETTER = 6.4;
const DIGIT = 6.7;
/** Width of the title above the entropy strip, which column labels must not overlap. */
const ENTROPY_TITLE = 46;

interface RulerLabel {
  readonly index: number;
  readonly text: string;
}

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
  const { layout, colors: inks, view, rowTokens, map } = scene;
  const { down, y } = pixels(scene);
  const { plot } = layout;
  const tokens = rowTokens.length > 0 && down >= MIN_CELL_FOR_TOKEN;
  const maxTicks = 1 + Math.max(2, plot.height / 48);
  const labels = labelsOf(view.row, view.rows, map.rows, tokens ? rowTokens : null, maxTicks);
  const room = plot.x - 12;
  const middle = down >= 6 ? 0.5 : 0;
  for (const { index, text } of labels) {
    const position = y(index + middle);
    if (position < plot.y - 0.5 || position > plot.y + plot.height + 0.5) continue;
    pen.line(plot.x - 5, position, plot.x - 1, position, inks.edge);
    const size = tokens ? letterSize(down) : 11;
    const style = {
      fill: inks.soft,
      anchor: 'end',
      baseline: 'middle',
      mono: !tokens,
      size,
    } as const;
    pen.text(shorten(text, room), plot.x - 8, position, style);
  }
}

function drawColumns(pen: Pen, scene: Scene): void {
  const { layout, colors: inks, view, columnTokens, map } = scene;
  const { across, x } = pixels(scene);
  const { plot } = layout;
  const tokens = columnTokens.length > 0 && across >= MIN_CELL_FOR_TOKEN;
  const widest = formatCount(map.columns).length * 7 + 28;
  const maxTicks = 1 + Math.max(2, plot.width / widest);
  const labels = labelsOf(
    view.column,
    view.columns,
    map.columns,
    tokens ? columnTokens : null,
    maxTicks,
  );
  const upright = !tokens || labels.every(({ text }) => text.length * LETTER < across - 4);
  const middle = across >= 6 ? 0.5 : 0;
  const { entropy } = layout;
  const end = entropy ? entropy.x + entropy.width - ENTROPY_TITLE : Infinity;
  for (const { index, text } of labels) {
    const position = x(index + middle);
    if (position < plot.x - 0.5 || position > plot.x + plot.width + 0.5) continue;
    pen.line(position, plot.y - 5, position, plot.y - 1, inks.edge);
    const style = { fill: inks.soft, mono: !tokens, size: tokens ? letterSize(across) : 11 };
    const half = (text.length * (tokens ? LETTER : DIGIT)) / 2;
    const fitted = Math.min(position, end - half);
    if (upright) pen.text(text, fitted, plot.y - 9, { ...style, anchor: 'middle' });
    else {
      const rotated = { ...style, rotation: -90, baseline: 'middle' } as const;
      pen.text(shorten(text, plot.y - 26), position, plot.y - 8, rotated);
    }
  }
}

function labelsOf(
  first: number,
  length: number,
  all: number,
  tokens: readonly string[] | null,
  max: number,
): RulerLabel[] {
  const last = Math.min(all - 1, first + length);
  if (!tokens) {
    return indexTicks(first, last, max).map((index) => ({
      index,
      text: formatCount(index),
    }));
  }
  const from = Math.max(0, Math.floor(first));
  return Array.from({ length: Math.floor(last) - from + 1 }, (_, i) => ({
    index: from + i,
    text: tokens[from + i] ?? formatCount(from + i),
  }));
}

const letterSize = (cell: number): number => Math.min(11, Math.max(9, cell - 1));

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
    const end = Math.min(legend.width, (i + 1.5) * step);
    pen.fillRect(legend.x + i * step, legend.y, end - i * step, legend.height, cssColor(word));
  });
  pen.strokeRect(legend.x + 0.5, legend.y + 0.5, legend.width - 1, legend.height - 1, colors.edge);
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
    pen.fillRect(x, y, 10, 10, cssColor(word));
    pen.strokeRect(x + 0.5, y + 0.5, 9, 9, colors.edge);
    pen.text(label, x + 15, y + 5.5, { fill: colors.soft, baseline: 'middle' });
    x += 15 + label.length * 6.2 + 16;
  }
}

/** The scale's ends and about `max` round values between them, in order, with their positions along the bar. */
export function legendTicks(
  scale: ColorScale,
  max: number,
  clipped: boolean,
): { fraction: number; text: string }[] {
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
