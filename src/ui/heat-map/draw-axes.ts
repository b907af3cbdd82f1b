import { type ColorScale, cssColor } from './colors';
import type { Pen } from './pens';
import { formatIndex, formatTick } from './readout';
import { pixels, type Scene } from './scene';

/** Round numbers from `first` to `last`, evenly spaced by 1, 2 or 5 times a power of ten, at most `most`. */
export function roundTicks(first: number, last: number, most: number): number[] {
  const span = last - first;
  if (!(span >= 0) || !Number.isFinite(span) || most < 1) return [];
  if (span === 0) return [first];
  const step = roundStep(span, most);
  const start = Math.ceil(first / step - 1e-9);
  const count = Math.floor(last / step + 1e-9) - start + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) =>
    withoutRoundingError((start + i) * step),
  );
}

/** Indices with ticks: the same, with whole steps alone. */
export function indexTicks(first: number, last: number, most: number): number[] {
  const step = Math.max(1, roundStep(last - first, most));
  const start = Math.ceil(first / step);
  const count = Math.floor(last / step) - start + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => (start + i) * step);
}

/** Powers of ten between two positive numbers, thinned to at most `most`. */
export function logTicks(low: number, high: number, most: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / Math.max(1, most)));
  const ticks: number[] = [];
  for (let exponent = last; exponent >= first; exponent -= stride) ticks.push(10 ** exponent);
  return ticks.reverse().map(withoutRoundingError);
}

function roundStep(span: number, most: number): number {
  const least = Math.max(span, Number.MIN_VALUE) / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const digit = [1, 2, 5, 10].find((d) => d * power >= least * (1 - 1e-9)) ?? 10;
  return digit * power;
}

/** Without the rounding errors of adding up steps. */
const withoutRoundingError = (value: number): number => Number(value.toPrecision(12));

/** A token's letters need this many pixels of its cell. */
const MIN_CELL_FOR_TOKEN = 10;
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
  const title = { fill: scene.colors.soft, size: 11 };
  pen.text('keys →', plot.x, 11, title);
  pen.text('queries ↓', plot.x - 8, 11, { ...title, anchor: 'end' });
}

function drawRows(pen: Pen, scene: Scene): void {
  const { layout, colors: inks, view, rowTokens, map } = scene;
  const { down, y } = pixels(scene);
  const { plot } = layout;
  const tokens = rowTokens.length > 0 && down >= MIN_CELL_FOR_TOKEN;
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
  const { layout, colors: inks, view, columnTokens, map } = scene;
  const { across, x } = pixels(scene);
  const { plot } = layout;
  const tokens = columnTokens.length > 0 && across >= MIN_CELL_FOR_TOKEN;
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

interface Swatch {
  readonly word: number;
  readonly label: string;
}

/** The bar of colours with its numbers, and the colours that stand apart from it. */
export function drawLegend(pen: Pen, scene: Scene): void {
  const { layout, colors: inks, palette, scale } = scene;
  const { legend } = layout;
  const { colors } = palette;
  const step = legend.width / colors.length;
  // Each overlaps the next, so that no hairline shows between them.
  colors.forEach((word, i) => {
    const end = Math.min(legend.width, (i + 1.5) * step);
    pen.fillRect(legend.x + i * step, legend.y, end - i * step, legend.height, cssColor(word));
  });
  pen.strokeRect(legend.x + 0.5, legend.y + 0.5, legend.width - 1, legend.height - 1, inks.edge);
  const base = legend.y + legend.height;
  const most = Math.max(2, legend.width / 64);
  const taken: { x: number; half: number }[] = [];
  // The ends are told whatever else there is room for.
  const ticks = legendTicks(scale, most, scene.clipped);
  for (const { place, text } of [ticks[0], ticks.at(-1)!, ...ticks.slice(1, -1)]) {
    const half = text.length * 3.4;
    const x = legend.x + place * legend.width;
    if (taken.some((other) => Math.abs(other.x - x) < other.half + half + 6)) continue;
    taken.push({ x, half });
    pen.line(x, base, x, base + 4, inks.edge);
    pen.text(text, x, base + 15, { fill: inks.soft, anchor: 'middle', mono: true });
  }
  drawSwatches(pen, scene, base);
}

function drawSwatches(pen: Pen, { layout, colors: inks, palette }: Scene, base: number): void {
  const { legend, plot } = layout;
  const swatches: Swatch[] = [
    ...(palette.zero === null ? [] : [{ word: palette.zero, label: 'exactly 0' }]),
    { word: palette.nan, label: 'NaN' },
    { word: palette.infinity, label: '±∞' },
  ];
  const beside = plot.width - legend.width >= 220;
  let x = beside ? legend.x + legend.width + 28 : legend.x;
  const y = beside ? legend.y : base + 23;
  for (const { word, label } of swatches) {
    pen.fillRect(x, y, 10, 10, cssColor(word));
    pen.strokeRect(x + 0.5, y + 0.5, 9, 9, inks.edge);
    pen.text(label, x + 15, y + 5.5, { fill: inks.soft, baseline: 'middle' });
    x += 15 + label.length * 6.2 + 16;
  }
}

/** The scale's ends, and what of the round numbers is not one of them. */
const between = (low: number, round: readonly number[], high: number): number[] => [
  low,
  ...round.filter((value) => value > low && value < high),
  high,
];

/** Numbers along the bar, in order, and where they stand on it. */
export function legendTicks(
  scale: ColorScale,
  most: number,
  clipped: boolean,
): { place: number; text: string }[] {
  const { kind, signed, low, high } = scale;
  const name = (value: number) =>
    clipped && value === high ? `≥ ${formatTick(value)}` : formatTick(value);
  const values = ((): number[] => {
    if (kind === 'linear') return between(low, roundTicks(low, high, most), high);
    // Ranks have no round numbers: what stands at even distances is told.
    if (kind === 'rank') return [0, 0.25, 0.5, 0.75, 1].map((place) => scale.valueAt(place));
    if (!signed) return between(low, logTicks(low, high, most - 1), high);
    const up = logTicks(scale.valueAt(0.5 + 1e-9), high, most / 2 - 1);
    return between(-high, [...up.map((value) => -value).reverse(), 0, ...up], high);
  })();
  const placed = (value: number, i: number) => (kind === 'rank' ? i / 4 : scale.place(value));
  return values.map((value, i) => ({ place: placed(value, i), text: name(value) }));
}
