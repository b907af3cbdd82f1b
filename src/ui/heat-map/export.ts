import { InputError } from '../../attention/input-error';
import type { MapCells } from '../../attention/maps/weight-map';
import { tableToCsv } from '../../numeric/csv';
import { colorOf, cssColor, putPixels } from './colors';
import type { CellLayer } from './draw-cells';
import { drawAround, drawPicture } from './draw-picture';
import { gatherCells } from './frame';
import type { Pool } from './geometry';
import { SvgPen } from './pens';
import { pixels, type Scene } from './scene';

/** @param scale Pixels of the file in a CSS pixel. */
export function toPng(scene: Scene, cells: CellLayer, scale: number): Promise<Blob> {
  const { width, height } = scene.layout;
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext('2d')!;
  context.scale(scale, scale);
  drawPicture(context, scene, { ...cells, density: scale, isImmediate: true });
  return canvas.convertToBlob({ type: 'image/png' });
}

/** With more cells than this, an SVG embeds one image rather than rectangles. */
const MAX_RECTS = 64 * 64;

/** A self-contained document with axes, labels and legend as vectors. */
export function toSvg(scene: Scene, cells: CellLayer, title: string): string {
  const { layout } = scene;
  const pen = new SvgPen();
  pen.fillRect({ x: 0, y: 0, width: layout.width, height: layout.height }, scene.colors.paper);
  const { region, ...gathered } = gatherCells(cells.frame, cells.cache);
  const { pool, scale, palette } = cells.style;
  const words = Uint32Array.from(gathered[pool], (value) => colorOf(value, scale, palette));
  const { x, y, across, down } = pixels(scene);
  const [left, top] = [x(region.column), y(region.row)];
  const width = across * region.columnsOfCell;
  const height = down * region.rowsOfCell;
  pen.clip(layout.plot, () => {
    if (words.length <= MAX_RECTS) {
      words.forEach((word, at) => {
        const [i, j] = [Math.floor(at / gathered.width), at % gathered.width];
        pen.fillRect({ x: left + j * width, y: top + i * height, width, height }, cssColor(word));
      });
      return;
    }
    const canvas = document.createElement('canvas');
    putPixels(canvas, words, gathered.width);
    const size = { width: gathered.width * width, height: gathered.height * height };
    pen.image(canvas.toDataURL('image/png'), { x: left, y: top, ...size });
  });
  drawAround(pen, scene);
  return pen.document(layout, title);
}

/** Cells as a file. In CSV, a row or column is named by its token, or by its first and last index. */
export function cellFile(
  format: 'csv' | 'npy',
  cells: MapCells,
  pool: Pool,
  rowTokens: readonly string[],
  columnTokens: readonly string[],
): Blob {
  const { region, height, width, [pool]: values } = cells;
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

const MAGIC = [0x93, ...[...'NUMPY'].map((c) => c.charCodeAt(0)), 1, 0];
/** Values begin at a multiple of this, so that files can be memory-mapped. */
const ALIGNMENT = 64;

/**
 * A .npy file, version 1.0, of float32 ("<f4") in row-major order.
 * @throws InputError if values and shape disagree.
 */
export function toNpy(values: Float32Array, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (values.length !== count) {
    throw new InputError('values', `${values.length} values`, `${count} for shape [${shape}]`);
  }
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const before = MAGIC.length + 2;
  const start = Math.ceil((before + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = `${dictionary.padEnd(start - before - 1)}\n`;
  const bytes = new Uint8Array(start + 4 * values.length);
  bytes.set(MAGIC);
  bytes.set([header.length & 255, header.length >> 8], MAGIC.length);
  bytes.set(new TextEncoder().encode(header), before);
  // Little-endian, as all machines with WebGPU are.
  new Float32Array(bytes.buffer, start).set(values);
  return bytes;
}
