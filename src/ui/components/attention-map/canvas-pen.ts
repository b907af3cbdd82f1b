import { LABEL_SIZE, MONO, SANS, type Pen, type TextOptions } from './pen';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Draws on a canvas whose units are CSS pixels. */
export class CanvasPen implements Pen {
  constructor(readonly context: Context) {}

  rect(x: number, y: number, width: number, height: number, fill: string): void {
    this.context.fillStyle = fill;
    this.context.fillRect(x, y, width, height);
  }

  frame(x: number, y: number, width: number, height: number, stroke: string, wide = 1): void {
    this.context.strokeStyle = stroke;
    this.context.lineWidth = wide;
    this.context.strokeRect(x, y, width, height);
  }

  line(x1: number, y1: number, x2: number, y2: number, stroke: string): void {
    const { context } = this;
    context.strokeStyle = stroke;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  }

  shape(points: readonly number[], fill: string): void {
    const { context } = this;
    context.fillStyle = fill;
    context.beginPath();
    for (let at = 0; at < points.length; at += 2) context.lineTo(points[at], points[at + 1]);
    context.fill();
  }

  text(text: string, x: number, y: number, options: TextOptions): void {
    const { context } = this;
    const { size = LABEL_SIZE, fill, anchor = 'start', baseline = 'alphabetic', turned } = options;
    context.save();
    context.font = `${size}px ${options.mono ? MONO : SANS}`;
    context.fillStyle = fill;
    context.textAlign = anchor === 'middle' ? 'center' : anchor;
    context.textBaseline = baseline;
    context.translate(x, y);
    if (turned) context.rotate((turned * Math.PI) / 180);
    context.fillText(text, 0, 0);
    context.restore();
  }

  clipped(x: number, y: number, width: number, height: number, draw: () => void): void {
    const { context } = this;
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    draw();
    context.restore();
  }
}
