import { MIN_CELL_FOR_VALUE } from './draw-cells';
import type { Pen } from './pens';
import { pixels, type Cell, type Scene } from './scene';

/** The plot's frame, pins with their numbers, and the cursor with hair lines out to both rulers. */
export function drawMarks(pen: Pen, scene: Scene): void {
  const { plot } = scene.layout;
  pen.clip(plot.x, plot.y, plot.width, plot.height, () => {
    scene.pins.forEach((pin, i) => drawPin(pen, scene, pin, String(i + 1)));
    if (scene.cursor) drawCursor(pen, scene, scene.cursor);
  });
  if (scene.cursor) markRulers(pen, scene, scene.cursor);
  pen.strokeRect(plot.x - 0.5, plot.y - 0.5, plot.width + 1, plot.height + 1, scene.colors.edge);
}

/** The drawn cell around a weight, never too small to be seen. */
function boxOf(scene: Scene, { row, column }: Cell) {
  const { rowsOfCell, columnsOfCell } = scene;
  const { x, y, across, down } = pixels(scene);
  const left = Math.floor(column / columnsOfCell) * columnsOfCell;
  const top = Math.floor(row / rowsOfCell) * rowsOfCell;
  const width = Math.max(7, across * columnsOfCell);
  const height = Math.max(7, down * rowsOfCell);
  const middleX = x(left + columnsOfCell / 2);
  const middleY = y(top + rowsOfCell / 2);
  return { x: middleX - width / 2, y: middleY - height / 2, width, height, middleX, middleY };
}

function drawCursor(pen: Pen, scene: Scene, cursor: Cell): void {
  const { plot } = scene.layout;
  const box = boxOf(scene, cursor);
  // Lines out to the rulers, unless they would strike numbers through.
  if (box.width < MIN_CELL_FOR_VALUE) {
    const hair = 'rgb(128 128 128 / 0.7)';
    pen.line(plot.x, box.middleY, box.x, box.middleY, hair);
    pen.line(box.middleX, plot.y, box.middleX, box.y, hair);
  }
  ring(pen, box.x, box.y, box.width, box.height);
}

/** Where the cursor is, along both rulers. */
function markRulers(pen: Pen, scene: Scene, cursor: Cell): void {
  const { layout, colors: inks } = scene;
  const { plot } = layout;
  const { x, y, width, height } = boxOf(scene, cursor);
  pen.clip(plot.x - 4, plot.y, 4, plot.height, () => {
    pen.fillRect(plot.x - 4, y, 3, height, inks.accent);
  });
  pen.clip(plot.x, plot.y - 4, plot.width, 4, () => {
    pen.fillRect(x, plot.y - 4, width, 3, inks.accent);
  });
}

/** White within black: seen on every colour. */
function ring(pen: Pen, x: number, y: number, width: number, height: number): void {
  pen.strokeRect(x - 1, y - 1, width + 2, height + 2, '#000000', 2);
  pen.strokeRect(x, y, width, height, '#ffffff', 1.5);
}

function drawPin(pen: Pen, scene: Scene, pin: Cell, name: string): void {
  const box = boxOf(scene, pin);
  ring(pen, box.x, box.y, box.width, box.height);
  const wide = 6 + name.length * 7;
  const x = box.x + box.width + 2;
  pen.fillRect(x, box.y - 2, wide, 14, '#000000');
  pen.strokeRect(x, box.y - 2, wide, 14, '#ffffff');
  const style = { fill: '#ffffff', anchor: 'middle', baseline: 'middle', mono: true } as const;
  pen.text(name, x + wide / 2, box.y + 5.5, style);
}
