import { cssColor, NAN_COLOR } from '../../../ui/heat-map/colors';
import type { Size } from '../../../ui/heat-map/geometry';
import type { TokenEdge } from '../model/token-edges';

/** Weights are quantised to this many levels, with one path for each. */
const LEVELS = 16;

/** Middle of a token's row, in pixels from the top of the canvas; outside of it when scrolled away. */
type RowPosition = (index: number) => number;

export function rowPosition(list: HTMLElement): RowPosition {
  const row = list.firstElementChild?.getBoundingClientRect().height ?? 0;
  const { scrollTop } = list;
  return (index) => (index + 0.5) * row - scrollTop;
}

/**
 * Curves from queries to keys in the colour of the canvas, broader and darker by weight. They start and end horizontally,
 * so that lines to one token form a bundle.
 */
export function drawLines(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  edges: readonly TokenEdge[],
  queryAt: RowPosition,
  keyAt: RowPosition,
): void {
  const paths = Array.from({ length: LEVELS }, () => new Path2D());
  const nonFinite = new Path2D();
  for (const { query, key, weight } of edges) {
    const [from, to] = [queryAt(query), keyAt(key)];
    if (Math.max(from, to) < 0 || Math.min(from, to) > height) continue;
    const path = Number.isFinite(weight) ? paths[levelOf(weight)] : nonFinite;
    path.moveTo(0, from);
    path.bezierCurveTo(0.45 * width, from, 0.55 * width, to, width, to);
  }
  context.strokeStyle = getComputedStyle(context.canvas).color;
  paths.forEach((path, level) => {
    const weight = ((level + 1) / LEVELS) ** 2;
    context.globalAlpha = 0.1 + 0.82 * Math.sqrt(weight);
    context.lineWidth = 0.75 + 4.25 * weight;
    context.stroke(path);
  });
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.setLineDash([5, 3]);
  context.strokeStyle = cssColor(NAN_COLOR);
  context.stroke(nonFinite);
}

/** Finer for small weights, which are the most frequent. */
function levelOf(weight: number): number {
  const level = Math.ceil(Math.sqrt(Math.min(1, Math.max(0, weight))) * LEVELS) - 1;
  return Math.max(0, level);
}
