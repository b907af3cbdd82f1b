import type { Size } from '../../../ui/heat-map/geometry';
import { fitLabels, pointsToLabel, type PointCloud, type ScatterLayout } from './scatter-layout';
import { openCanvas } from './pictures';

/** Colours and outlines of points by their kind, a radius long. Further kinds reuse these from the start. */
const MARKS = [
  { color: 'var(--series-6)', outline: 'M1 0a1 1 0 1 1 -2 0a1 1 0 1 1 2 0z' },
  { color: 'var(--series-3)', outline: 'M0 -1.2L1.1 0.8H-1.1z' },
  { color: 'var(--series-5)', outline: 'M-0.85 -0.85H0.85V0.85H-0.85z' },
  {
    color: 'var(--series-7)',
    outline: 'M-0.4 -1.1h0.8v0.7h0.7v0.8h-0.7v0.7h-0.8v-0.7h-0.7v-0.8h0.7z',
  },
];

export const markOf = (kind: number) => MARKS[kind % MARKS.length];

/** From this many points on, marks are small and translucent. */
const MANY_POINTS = 2000;

/** Among many points only a few are labelled, at the edge of the cloud. */
const MAX_LABELS = 40;
const MAX_LABELS_OF_MANY = 12;

/**
 * Axes through 0, a mark for each point, and the labels that fit, on a canvas of this size in CSS pixels, with the colours
 * and letters of its style.
 */
export function drawScatter(
  canvas: HTMLCanvasElement,
  cloud: PointCloud,
  layout: ScatterLayout,
  size: Size,
): void {
  const context = openCanvas(canvas, size);
  const { color: ink, borderTopColor, caretColor: paper, font } = getComputedStyle(canvas);
  context.font = font;
  context.strokeStyle = borderTopColor;
  drawAxes(context, layout, size);
  const { points, kinds, count } = cloud;
  const isMany = count > MANY_POINTS;
  const radius = isMany ? 1.75 : 4.5;
  const outlines = MARKS.map(({ outline }) => new Path2D(outline));
  const paths = MARKS.map(() => new Path2D());
  for (let i = 0; i < count; i++) {
    if (!cloud.isFinite(i)) continue;
    const [x, y] = [layout.x(points[2 * i]), layout.y(points[2 * i + 1])];
    const mark = (kinds?.[i] ?? 0) % MARKS.length;
    paths[mark].addPath(outlines[mark], { a: radius, d: radius, e: x, f: y });
  }
  const colors = markColors(canvas);
  context.strokeStyle = paper;
  paths.forEach((path, mark) => {
    context.globalAlpha = isMany ? 0.45 : 1;
    context.fillStyle = colors[mark];
    context.fill(path);
    if (!isMany) context.stroke(path);
  });
  context.globalAlpha = 1;
  context.fillStyle = ink;
  drawLabels(context, cloud, layout, size);
}

function drawAxes(context: CanvasRenderingContext2D, layout: ScatterLayout, size: Size) {
  const [x, y] = [Math.round(layout.x(0)) + 0.5, Math.round(layout.y(0)) + 0.5];
  context.beginPath();
  context.moveTo(0, y);
  context.lineTo(size.width, y);
  context.moveTo(x, 0);
  context.lineTo(x, size.height);
  context.stroke();
}

function drawLabels(
  context: CanvasRenderingContext2D,
  { points, labels, count }: PointCloud,
  layout: ScatterLayout,
  size: Size,
) {
  const isMany = count > MANY_POINTS;
  const at = (i: number) => ({ x: layout.x(points[2 * i]), y: layout.y(points[2 * i + 1]) });
  const chosen = pointsToLabel(points, isMany ? MAX_LABELS_OF_MANY : MAX_LABELS);
  // Many points leave no room: labels only avoid each other.
  const inTheWay = isMany ? [] : Array.from({ length: count }, (_, i) => at(i));
  const height = 14;
  const sized = chosen.map((i) => ({
    ...at(i),
    width: context.measureText(labels[i] ?? '').width,
    height,
  }));
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  fitLabels(sized, size, inTheWay, 8).forEach((box, i) => {
    if (!box) return;
    const text = labels[chosen[i]] ?? '';
    context.strokeText(text, box.left, box.top + height / 2);
    context.fillText(text, box.left, box.top + height / 2);
  });
}

/** Custom properties are read as they are written; only a real property says what colour comes out. */
function markColors(canvas: HTMLCanvasElement): string[] {
  const probe = document.createElement('span');
  canvas.after(probe);
  const colors = MARKS.map((mark) => {
    probe.style.color = mark.color;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colors;
}
