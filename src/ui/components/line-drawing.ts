import type { TokenEdge } from './token-edges';

/** Weights that lines are rounded to: one path each, however many lines there are. */
const LEVELS = 16;

export interface LineLayout {
  readonly width: number;
  readonly height: number;
  /** Middle of a token's row, in pixels from the canvas' top; outside of it when scrolled away. */
  queryAt(query: number): number;
  keyAt(key: number): number;
}

export interface LineColors {
  readonly usual: string;
  readonly notFinite: string;
}

/** Curves from queries to keys: broader and darker by weight. They leave level, so lines to one token form a bundle. */
export function drawLines(
  context: CanvasRenderingContext2D,
  edges: readonly TokenEdge[],
  layout: LineLayout,
  colors: LineColors,
): void {
  const paths = Array.from({ length: LEVELS }, () => new Path2D());
  const strange = new Path2D();
  for (const edge of edges) {
    const from = layout.queryAt(edge.query);
    const to = layout.keyAt(edge.key);
    if (Math.max(from, to) < 0 || Math.min(from, to) > layout.height) continue;
    addCurve(
      Number.isFinite(edge.weight) ? paths[levelOf(edge.weight)] : strange,
      from,
      to,
      layout.width,
    );
  }
  context.lineCap = 'butt';
  context.setLineDash([]);
  context.strokeStyle = colors.usual;
  paths.forEach((path, level) => {
    const weight = ((level + 1) / LEVELS) ** 2;
    context.globalAlpha = 0.1 + 0.82 * Math.sqrt(weight);
    context.lineWidth = 0.75 + 4.25 * weight;
    context.stroke(path);
  });
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.setLineDash([5, 3]);
  context.strokeStyle = colors.notFinite;
  context.stroke(strange);
}

/** Finer among small weights, of which there are most. */
function levelOf(weight: number): number {
  const level = Math.ceil(Math.sqrt(Math.min(1, Math.max(0, weight))) * LEVELS) - 1;
  return Math.max(0, level);
}

function addCurve(path: Path2D, from: number, to: number, width: number): void {
  path.moveTo(0, from);
  path.bezierCurveTo(0.45 * width, from, 0.55 * width, to, width, to);
}
