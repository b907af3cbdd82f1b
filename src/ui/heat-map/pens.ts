interface PenTextOptions {
  readonly size?: number;
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Which line of the letters is at `y`. */
  readonly baseline?: 'middle' | 'top' | 'alphabetic';
  /** Degrees, clockwise about (x, y). */
  readonly rotation?: number;
  readonly mono?: boolean;
}

/** Draws the same picture on a canvas or into an SVG. */
export type Pen = CanvasPen | SvgPen;

const SANS = "'IBM Plex Sans Variable', 'IBM Plex Sans', system-ui, sans-serif";
export const MONO = "'IBM Plex Mono', ui-monospace, monospace";
const LABEL_SIZE = 11;

export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Draws on a canvas whose units are CSS pixels. */
export class CanvasPen {
  constructor(readonly context: Context) {}

  fillRect(x: number, y: number, width: number, height: number, fill: string): void {
    this.context.fillStyle = fill;
    this.context.fillRect(x, y, width, height);
  }

  strokeRect(
    x: number,
    y: number,
    width: number,
    height: number,
    stroke: string,
    lineWidth = 1,
  ): void {
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

  text(text: string, x: number, y: number, options: PenTextOptions): void {
    const { context } = this;
    const {
      size = LABEL_SIZE,
      fill,
      anchor = 'start',
      baseline = 'alphabetic',
      rotation,
    } = options;
    context.save();
    context.font = `${size}px ${options.mono ? MONO : SANS}`;
    context.fillStyle = fill;
    context.textAlign = anchor === 'middle' ? 'center' : anchor;
    context.textBaseline = baseline;
    context.translate(x, y);
    if (rotation) context.rotate((rotation * Math.PI) / 180);
    context.fillText(text, 0, 0);
    context.restore();
  }

  clip(x: number, y: number, width: number, height: number, draw: () => void): void {
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

  fillRect(x: number, y: number, width: number, height: number, fill: string): void {
    this.add('rect', { x, y, width, height, fill });
  }

  strokeRect(
    x: number,
    y: number,
    width: number,
    height: number,
    stroke: string,
    lineWidth = 1,
  ): void {
    this.add('rect', { x, y, width, height, fill: 'none', stroke, 'stroke-width': lineWidth });
  }

  line(x1: number, y1: number, x2: number, y2: number, stroke: string): void {
    this.add('line', { x1, y1, x2, y2, stroke });
  }

  text(text: string, x: number, y: number, options: PenTextOptions): void {
    const {
      size = LABEL_SIZE,
      fill,
      anchor = 'start',
      baseline = 'alphabetic',
      rotation,
    } = options;
    // Programs disagree about `dominant-baseline`.
    const drop = { middle: 0.35, top: 0.8, alphabetic: 0 }[baseline] * size;
    const attributes = {
      x,
      y,
      dy: drop,
      'font-family': options.mono ? MONO : SANS,
      'font-size': size,
      'text-anchor': anchor,
      fill,
      ...(rotation ? { transform: `rotate(${rotation} ${round(x)} ${round(y)})` } : {}),
    };
    this.add('text', attributes, escape(text));
  }

  clip(x: number, y: number, width: number, height: number, draw: () => void): void {
    const id = `clip-${++this.clips}`;
    const box = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
    this.parts.push(`<clipPath id="${id}"><rect ${box}/></clipPath><g clip-path="url(#${id})">`);
    draw();
    this.parts.push('</g>');
  }

  /** @param source A data URL: one pixel a cell, drawn without smoothing. */
  image(source: string, x: number, y: number, width: number, height: number): void {
    const attributes = { x, y, width, height, preserveAspectRatio: 'none', href: source };
    this.add('image', { ...attributes, style: 'image-rendering: pixelated' });
  }

  document(width: number, height: number, title: string): string {
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
