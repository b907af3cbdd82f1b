import type { ColorScale } from './color-scale';
import { formatTick } from './numbers';
import { cssOf } from './palettes';
import type { Pen } from './pen';
import type { Scene } from './scene';
import { logTicks, roundTicks } from './ticks';

interface Swatch {
  readonly word: number;
  readonly label: string;
}

/** The bar of colours with its numbers, and the colours that stand apart from it. */
export function drawLegend(pen: Pen, scene: Scene): void {
  const { layout, inks, palette, scale } = scene;
  const { legend } = layout;
  const { colors } = palette;
  const step = legend.width / colors.length;
  // Each overlaps the next, so that no hairline shows between them.
  colors.forEach((word, i) => {
    const end = Math.min(legend.width, (i + 1.5) * step);
    pen.rect(legend.x + i * step, legend.y, end - i * step, legend.height, cssOf(word));
  });
  pen.frame(legend.x + 0.5, legend.y + 0.5, legend.width - 1, legend.height - 1, inks.edge);
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

function drawSwatches(pen: Pen, { layout, inks, palette }: Scene, base: number): void {
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
    pen.rect(x, y, 10, 10, cssOf(word));
    pen.frame(x + 0.5, y + 0.5, 9, 9, inks.edge);
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
