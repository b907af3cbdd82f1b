import { cssColor, NAN_COLOR } from './colors';
import { drawLegend, drawRulers } from './draw-axes';
import { CellPainter, MIN_CELL_FOR_VALUE, type CellLayer } from './draw-cells';
import type { Cell, Rect } from './geometry';
import { CanvasPen, grown, type Context, type Pen } from './pens';
import { formatTick } from './readout';
import { pixels, type BinnedSeries, type Scene } from './scene';

/** The whole picture, on a canvas whose units are CSS pixels. */
export function drawPicture(context: Context, scene: Scene, cells: CellLayer): void {
  const pen = new CanvasPen(context);
  pen.fillRect({ x: 0, y: 0, ...scene.layout }, scene.colors.paper);
  new CellPainter(context, scene, cells).draw();
  drawAround(pen, scene);
}

/** Everything but the cells. */
export function drawAround(pen: Pen, scene: Scene): void {
  drawRulers(pen, scene);
  drawReceived(pen, scene);
  if (scene.layout.entropy && scene.entropy) drawEntropy(pen, scene, scene.entropy);
  drawLegend(pen, scene);
  drawMarks(pen, scene);
}

// ---- Strips beside the plot

/** The attention that each key receives, below the plot. */
function drawReceived(pen: Pen, scene: Scene): void {
  const { layout, colors, received, scale } = scene;
  const { received: box } = layout;
  const { x } = pixels(scene);
  const max = largestMagnitude(received);
  pen.clip(box, () => {
    for (const { from, binSize, values } of received) {
      const ends = (bin: number) => [x(from + bin * binSize), x(from + (bin + 1) * binSize)];
      drawBars(values, ends, max, (left, right, share) => {
        const bar = { x: left, y: box.y, width: right - left };
        if (share === null) pen.fillRect({ ...bar, height: 3 }, cssColor(NAN_COLOR));
        else if (!scale.signed) pen.fillRect({ ...bar, height: share * box.height }, colors.accent);
        else {
          // Up from the middle for more attention, down for less.
          const half = (share * box.height) / 2;
          const y = box.y + box.height / 2 - Math.max(0, half);
          pen.fillRect({ ...bar, y, height: Math.abs(half) }, colors.accent);
        }
      });
    }
  });
  const base = box.y + (scale.signed ? box.height / 2 : 0);
  pen.line(box.x, base, box.x + box.width, base, colors.line);
  const end = `${scale.signed ? '±' : ''}${formatTick(max)}`;
  const text = max > 0 ? `received by each key · up to ${end}` : 'received by each key';
  pen.text(text, box.x, box.y + box.height + 12, { fill: colors.soft });
}

function drawEntropy(pen: Pen, scene: Scene, { from, binSize, values }: BinnedSeries): void {
  const { layout, colors, maxEntropy } = scene;
  const box = layout.entropy!;
  const { y } = pixels(scene);
  pen.clip(box, () => {
    const ends = (bin: number) => [y(from + bin * binSize), y(from + (bin + 1) * binSize)];
    drawBars(values, ends, maxEntropy, (top, bottom, share) => {
      const bar = { x: box.x, y: top, height: bottom - top };
      if (share === null) pen.fillRect({ ...bar, width: 3 }, cssColor(NAN_COLOR));
      else pen.fillRect({ ...bar, width: share * box.width }, colors.accent);
    });
  });
  pen.line(box.x, box.y, box.x, box.y + box.height, colors.line);
  const label = { fill: colors.soft, anchor: 'end' } as const;
  const end = box.x + box.width;
  pen.text('entropy', end, box.y - 17, label);
  pen.text(`≤ ${formatTick(maxEntropy)}`, end, box.y - 5, label);
}

/** @param draw Receives each bin's ends in whole pixels and its share of `max`: −1 to 1, or null for NaN. */
function drawBars(
  values: Float32Array,
  ends: (bin: number) => number[],
  max: number,
  draw: (from: number, to: number, share: number | null) => void,
): void {
  values.forEach((value, bin) => {
    const [from, to] = ends(bin).map(Math.round);
    const share = max > 0 ? Math.max(-1, Math.min(1, value / max)) : 0;
    const gap = to - from > 3 ? 1 : 0;
    draw(from, Math.max(from + 1, to - gap), Number.isNaN(value) ? null : share);
  });
}

function largestMagnitude(series: readonly BinnedSeries[]): number {
  let max = 0;
  for (const { values } of series) {
    for (const value of values) {
      const size = Math.abs(value);
      if (size > max && size < Infinity) max = size;
    }
  }
  return max;
}

// ---- Marks on the plot

/** The plot's border, the numbered pins, and the cursor with hairlines to both rulers. */
function drawMarks(pen: Pen, scene: Scene): void {
  const { plot } = scene.layout;
  pen.clip(plot, () => {
    scene.pins.forEach((pin, i) => drawPin(pen, scene, pin, String(i + 1)));
    if (scene.cursor) drawCursor(pen, scene, scene.cursor);
  });
  if (scene.cursor) markRulers(pen, scene, scene.cursor);
  pen.strokeRect(grown(plot, 0.5), scene.colors.edge);
}

/** The drawn cell that holds a weight, enlarged if it is too small to be seen. */
function boxOf(scene: Scene, { row, column }: Cell): Rect {
  const { rowsOfCell, columnsOfCell } = scene;
  const { x, y, across, down } = pixels(scene);
  const left = Math.floor(column / columnsOfCell) * columnsOfCell;
  const top = Math.floor(row / rowsOfCell) * rowsOfCell;
  const width = Math.max(7, across * columnsOfCell);
  const height = Math.max(7, down * rowsOfCell);
  const middleX = x(left + columnsOfCell / 2);
  const middleY = y(top + rowsOfCell / 2);
  return { x: middleX - width / 2, y: middleY - height / 2, width, height };
}

function drawCursor(pen: Pen, scene: Scene, cursor: Cell): void {
  const { plot } = scene.layout;
  const box = boxOf(scene, cursor);
  // Hairlines would strike through values.
  if (box.width < MIN_CELL_FOR_VALUE) {
    const hair = 'rgb(128 128 128 / 0.7)';
    const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
    pen.line(plot.x, middleY, box.x, middleY, hair);
    pen.line(middleX, plot.y, middleX, box.y, hair);
  }
  drawRing(pen, box);
}

function markRulers(pen: Pen, scene: Scene, cursor: Cell): void {
  const { layout, colors } = scene;
  const { plot } = layout;
  const box = boxOf(scene, cursor);
  const beside = { ...plot, x: plot.x - 4, width: 4 };
  pen.clip(beside, () => pen.fillRect({ ...box, x: beside.x, width: 3 }, colors.accent));
  const above = { ...plot, y: plot.y - 4, height: 4 };
  pen.clip(above, () => pen.fillRect({ ...box, y: above.y, height: 3 }, colors.accent));
}

/** White within black, which has contrast with every colour. */
function drawRing(pen: Pen, box: Rect): void {
  pen.strokeRect(grown(box, 1), '#000000', 2);
  pen.strokeRect(box, '#ffffff', 1.5);
}

function drawPin(pen: Pen, scene: Scene, pin: Cell, label: string): void {
  const box = boxOf(scene, pin);
  drawRing(pen, box);
  const tag = { x: box.x + box.width + 2, y: box.y - 2, width: 6 + label.length * 7, height: 14 };
  pen.fillRect(tag, '#000000');
  pen.strokeRect(tag, '#ffffff');
  const style = { fill: '#ffffff', anchor: 'middle', baseline: 'middle', mono: true } as const;
  pen.text(label, tag.x + tag.width / 2, box.y + 5.5, style);
}
