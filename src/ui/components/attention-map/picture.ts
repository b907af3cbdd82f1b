import { CanvasPen } from './canvas-pen';
import { drawCells, type Cells } from './draw-cells';
import { drawLegend } from './draw-legend';
import { drawMarks } from './draw-marks';
import { drawRulers } from './draw-rulers';
import { drawStrips } from './draw-strips';
import { colorOf } from './paint-cells';
import { cssOf } from './palettes';
import type { Pen } from './pen';
import { pixels, type Scene } from './scene';
import { gather } from './frame';
import { SvgPen } from './svg-pen';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** The whole picture, on a canvas whose units are CSS pixels. */
export function drawPicture(context: Context, scene: Scene, cells: Cells): void {
  const { width, height } = scene.layout;
  const pen = new CanvasPen(context);
  pen.rect(0, 0, width, height, scene.inks.paper);
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
export function toPng(scene: Scene, cells: Cells, scale: number): Promise<Blob> {
  const { width, height } = scene.layout;
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext('2d')!;
  context.scale(scale, scale);
  drawPicture(context, scene, { ...cells, density: scale, patient: true });
  return canvas.convertToBlob({ type: 'image/png' });
}

/** So many cells at most are rectangles of their own; more are one embedded image. */
const MOST_RECTS = 64 * 64;

/** Axes, labels and legend as vectors; needs nothing but itself. */
export function toSvg(scene: Scene, cells: Cells, title: string): string {
  const { plot, width, height } = scene.layout;
  const pen = new SvgPen();
  pen.rect(0, 0, width, height, scene.inks.paper);
  const { region, ...shown } = gather(cells.frame, cells.cache);
  const values = shown[cells.look.pool];
  const { x, y, across, down } = pixels(scene);
  const word = (at: number) => colorOf(values[at], cells.look.scale, cells.look.palette);
  pen.clipped(plot.x, plot.y, plot.width, plot.height, () => {
    const left = x(region.column);
    const top = y(region.row);
    const cellWidth = across * region.columnsOfCell;
    const cellHeight = down * region.rowsOfCell;
    if (values.length <= MOST_RECTS) {
      values.forEach((_, at) => {
        const [i, j] = [Math.floor(at / shown.width), at % shown.width];
        const fill = cssOf(word(at));
        pen.rect(left + j * cellWidth, top + i * cellHeight, cellWidth, cellHeight, fill);
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
