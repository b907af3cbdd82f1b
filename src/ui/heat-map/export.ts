import type { MapCells } from '../../attention/maps/weight-map';
import { tableToCsv } from '../../numeric/csv';
import { colorOf, cssColor } from './colors';
import { drawLegend, drawRulers } from './draw-axes';
import { drawCells, type CellLayer } from './draw-cells';
import { drawMarks } from './draw-marks';
import { drawStrips } from './draw-strips';
import { gatherCells } from './frame';
import { toNpy } from './npy';
import { CanvasPen, type Pen, SvgPen } from './pens';
import type { Pool } from './readout';
import { pixels, type Scene } from './scene';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** The whole picture, on a canvas whose units are CSS pixels. */
export function drawPicture(context: Context, scene: Scene, cells: CellLayer): void {
  const { width, height } = scene.layout;
  const pen = new CanvasPen(context);
  pen.fillRect(0, 0, width, height, scene.colors.paper);
  drawCells(context, scene, cells);
  drawAround(pen, scene);
}

function drawAround(pen: Pen, scene: Scene): void {
  drawRulers(pen, scene);
  drawStrips(pen, scene);
  drawLegend(pen, scene);
  drawMarks(pen, scene);
}

/** @param scale Pixels of the file to a CSS pixel. */
export function toPng(scene: Scene, cells: CellLayer, scale: number): Promise<Blob> {
  const { width, height } = scene.layout;
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext('2d')!;
  context.scale(scale, scale);
  drawPicture(context, scene, { ...cells, density: scale, immediate: true });
  return canvas.convertToBlob({ type: 'image/png' });
}

/** So many cells at most are rectangles of their own; more are one embedded image. */
const MAX_RECTS = 64 * 64;

/** Axes, labels and legend as vectors; needs nothing but itself. */
export function toSvg(scene: Scene, cells: CellLayer, title: string): string {
  const { plot, width, height } = scene.layout;
  const pen = new SvgPen();
  pen.fillRect(0, 0, width, height, scene.colors.paper);
  const { region, ...shown } = gatherCells(cells.frame, cells.cache);
  const values = shown[cells.look.pool];
  const { x, y, across, down } = pixels(scene);
  const word = (at: number) => colorOf(values[at], cells.look.scale, cells.look.palette);
  pen.clip(plot.x, plot.y, plot.width, plot.height, () => {
    const left = x(region.column);
    const top = y(region.row);
    const cellWidth = across * region.columnsOfCell;
    const cellHeight = down * region.rowsOfCell;
    if (values.length <= MAX_RECTS) {
      values.forEach((_, at) => {
        const [i, j] = [Math.floor(at / shown.width), at % shown.width];
        const fill = cssColor(word(at));
        pen.fillRect(left + j * cellWidth, top + i * cellHeight, cellWidth, cellHeight, fill);
      });
      return;
    }
    const words = Uint32Array.from(values, (_, at) => word(at));
    const source = dataUrl(words, shown.width, shown.height);
    pen.image(source, left, top, shown.width * cellWidth, shown.height * cellHeight);
  });
  drawAround(pen, scene);
  return pen.document(width, height, title);
}

/** One pixel a cell. */
function dataUrl(words: Uint32Array, width: number, height: number): string {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const data = new ImageData(width, height);
  new Uint32Array(data.data.buffer).set(words);
  canvas.getContext('2d')!.putImageData(data, 0, 0);
  return canvas.toDataURL('image/png');
}

/** Cells as a file. In CSV, a row or column is named by its token, or by its first index and its last. */
export function cellFile(
  format: 'csv' | 'npy',
  { region, height, width, ...cells }: MapCells,
  pool: Pool,
  rowTokens: readonly string[],
  columnTokens: readonly string[],
): Blob {
  const values = cells[pool];
  if (format === 'npy') return new Blob([toNpy(values, [height, width])]);
  const { row, rows, rowsOfCell, column, columns, columnsOfCell } = region;
  const csv = tableToCsv({
    rowLabels: labels(height, row, rows, rowsOfCell, rowTokens),
    columnLabels: labels(width, column, columns, columnsOfCell, columnTokens),
    values,
    corner: 'query / key',
  });
  return new Blob([csv], { type: 'text/csv' });
}

function labels(
  count: number,
  first: number,
  length: number,
  ofCell: number,
  tokens: readonly string[],
): string[] {
  return Array.from({ length: count }, (_, i) => {
    const from = first + i * ofCell;
    if (ofCell === 1) return tokens[from] === undefined ? `${from}` : `${from} ${tokens[from]}`;
    return `${from}-${Math.min(from + ofCell, first + length) - 1}`;
  });
}
