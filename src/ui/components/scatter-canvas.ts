import { drawScatter, MARKS, type Scatter } from './scatter-drawing';
import type { ScatterLayout } from './scatter-layout';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Draws points on a canvas of this size in CSS pixels, with the colours and letters of its style. */
export function drawOnCanvas(
  canvas: HTMLCanvasElement,
  scatter: Scatter,
  layout: ScatterLayout,
  size: Size,
): void {
  canvas.width = Math.round(size.width * devicePixelRatio);
  canvas.height = Math.round(size.height * devicePixelRatio);
  const context = canvas.getContext('2d')!;
  context.scale(devicePixelRatio, devicePixelRatio);
  const { color, borderTopColor, caretColor, font } = getComputedStyle(canvas);
  context.font = font;
  drawScatter(context, scatter, layout, size, {
    kinds: kindColors(canvas),
    line: borderTopColor,
    ink: color,
    paper: caretColor,
  });
}

/** Custom properties are read as they are written; only a real property says what colour comes out. */
function kindColors(canvas: HTMLCanvasElement): string[] {
  const probe = document.createElement('span');
  canvas.after(probe);
  const colors = MARKS.map((_, kind) => {
    probe.className = `kind-${kind}`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colors;
}
