import type { Rect, Size } from './geometry';

interface TextStyle {
  readonly fill: string;
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Which line of the letters is at `y`. */
  readonly baseline?: 'middle' | 'alphabetic';
  /** Degrees, clockwise about (x, y). */
  readonly rotation?: number;
  readonly mono?: boolean;
}

const SANS = "'IBM Plex Sans Variable', 'IBM Plex Sans', system-ui, sans-serif";
export const MONO = "'IBM Plex Mono', ui-monospace, monospace";

const labelStyle = {
  size: 11,
  anchor: 'start',
  baseline: 'alphabetic',
  rotation: 0,
  mono: false,
} as const;

/** Larger by so many pixels on each side. */
export const grown = ({ x, y, width, height }: Rect, by: number): Rect => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

/** Draws the same picture on a canvas or into an SVG. */
export type Pen = CanvasPen | SvgPen;

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Draws on a canvas whose units are CSS pixels. */
export class CanvasPen {
  constructor(private readonly context: Context) {}

  fillRect({ x, y, width, height }: Rect, fill: string): void {
    this.context.fillStyle = fill;
    this.context.fillRect(x, y, width, height);
  }

  strokeRect({ x, y, width, height }: Rect, stroke: string, lineWidth = 1): void {
    this.context.strokeStyle = stroke;
    this.context.lineWidth = lineWidth;
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

  text(text: string, x: number, y: number, style: TextStyle): void {
    const { context } = this;
    const { size, fill, anchor, baseline, rotation, mono } = { ...labelStyle, ...style };
    context.save();
    context.font = `${size}px ${mono ? MONO : SANS}`;
    context.fillStyle = fill;
    context.textAlign = anchor === 'middle' ? 'center' : anchor;
    context.textBaseline = baseline;
    context.translate(x, y);
    context.rotate((rotation * Math.PI) / 180);
    context.fillText(text, 0, 0);
    context.restore();
  }

  clip({ x, y, width, height }: Rect, draw: () => void): void {
    const { context } = this;
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    draw();
    context.restore();
  }
}

const round = (value: number): string => String(Math.round(value * 100) / 100);

const escape = (text: string): string =>
  text
    // XML allows no control characters, not even escaped.
    .replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Cs}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Writes a self-contained SVG document. */
export class SvgPen {
  private readonly parts: string[] = [];
  private clips = 0;

  fillRect(box: Rect, fill: string): void {
    this.add('rect', { ...box, fill });
  }

  strokeRect(box: Rect, stroke: string, lineWidth = 1): void {
    this.add('rect', { ...box, fill: 'none', stroke, 'stroke-width': lineWidth });
  }

  line(x1: number, y1: number, x2: number, y2: number, stroke: string): void {
    this.add('line', { x1, y1, x2, y2, stroke });
  }

  text(text: string, x: number, y: number, style: TextStyle): void {
    const { size, fill, anchor, baseline, rotation, mono } = { ...labelStyle, ...style };
    const attributes = {
      x,
      y,
      // Programs disagree about `dominant-baseline`.
      dy: baseline === 'middle' ? 0.35 * size : 0,
      'font-family': mono ? MONO : SANS,
      'font-size': size,
      'text-anchor': anchor,
      fill,
      ...(rotation ? { transform: `rotate(${rotation} ${round(x)} ${round(y)})` } : {}),
    };
    this.add('text', attributes, escape(text));
  }

  clip(box: Rect, draw: () => void): void {
    const id = `clip-${++this.clips}`;
    this.parts.push(`<clipPath id="${id}">`);
    this.add('rect', { ...box });
    this.parts.push(`</clipPath><g clip-path="url(#${id})">`);
    draw();
    this.parts.push('</g>');
  }

  /** @param source A data URL: one pixel a cell, drawn without smoothing. */
  image(source: string, box: Rect): void {
    const style = 'image-rendering: pixelated';
    this.add('image', { ...box, preserveAspectRatio: 'none', href: source, style });
  }

  document({ width, height }: Size, title: string): string {
    const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
    const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">`;
    return `${head}<title>${escape(title)}</title>${this.parts.join('')}</svg>\n`;
  }

  private add(name: string, attributes: Record<string, string | number>, content = ''): void {
    const written = Object.entries(attributes)
      .map(
        ([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escape(value)}"`,
      )
      .join('');
    this.parts.push(content ? `<${name}${written}>${content}</${name}>` : `<${name}${written}/>`);
  }
}
