import { fitLabels, pointsToLabel, type ScatterLayout } from './scatter-layout';

/** One a kind of points. Further kinds reuse these from the start. */
const MARKS = [
  { shape: 'circle', color: 'var(--series-6)' },
  { shape: 'triangle', color: 'var(--series-3)' },
  { shape: 'square', color: 'var(--series-5)' },
  { shape: 'cross', color: 'var(--series-7)' },
] as const;
export type Mark = (typeof MARKS)[number];

export const markOf = (kind: number): Mark => MARKS[kind % MARKS.length];

/** From this many points on, marks are small and translucent. */
const MANY_POINTS = 2000;

/** Among many points only a few are labelled, at the edge of the cloud. */
const MAX_LABELS = 40;
const MAX_LABELS_OF_MANY = 12;

interface ScatterColors {
  readonly kinds: readonly string[];
  readonly line: string;
  readonly ink: string;
  readonly paper: string;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

interface Scatter {
  readonly points: Float32Array;
  /** One for each point; without it, all are of kind 0. */
  readonly kinds?: ArrayLike<number>;
  readonly labels: readonly string[];
}

/** Axes through 0, a mark for each point, and the labels that fit. */
function drawScatter(
  context: CanvasRenderingContext2D,
  scatter: Scatter,
  layout: ScatterLayout,
  size: Size,
  colors: ScatterColors,
): void {
  drawAxes(context, layout, size, colors.line);
  const { points, kinds } = scatter;
  const many = points.length / 2 > MANY_POINTS;
  const radius = many ? 1.75 : 4.5;
  const paths = colors.kinds.map(() => new Path2D());
  for (let i = 0; 2 * i < points.length; i++) {
    const [x, y] = [layout.x(points[2 * i]), layout.y(points[2 * i + 1])];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    const kind = kinds?.[i] ?? 0;
    addMark(paths[kind % paths.length], markOf(kind).shape, x, y, radius);
  }
  paths.forEach((path, kind) => {
    context.globalAlpha = many ? 0.45 : 1;
    context.fillStyle = colors.kinds[kind];
    context.fill(path);
    if (many) return;
    context.lineWidth = 1;
    context.strokeStyle = colors.paper;
    context.stroke(path);
  });
  context.globalAlpha = 1;
  drawLabels(context, scatter, layout, size, colors);
}

function drawAxes(
  context: CanvasRenderingContext2D,
  layout: ScatterLayout,
  { width, height }: Size,
  line: string,
) {
  context.strokeStyle = line;
  context.lineWidth = 1;
  context.beginPath();
  const [x, y] = [Math.round(layout.x(0)) + 0.5, Math.round(layout.y(0)) + 0.5];
  context.moveTo(0, y);
  context.lineTo(width, y);
  context.moveTo(x, 0);
  context.lineTo(x, height);
  context.stroke();
}

function addMark(path: Path2D, shape: Mark['shape'], x: number, y: number, r: number) {
  if (shape === 'circle') {
    path.moveTo(x + r, y);
    path.arc(x, y, r, 0, 2 * Math.PI);
  } else if (shape === 'square') {
    path.rect(x - 0.85 * r, y - 0.85 * r, 1.7 * r, 1.7 * r);
  } else if (shape === 'triangle') {
    path.moveTo(x, y - 1.2 * r);
    path.lineTo(x + 1.1 * r, y + 0.8 * r);
    path.lineTo(x - 1.1 * r, y + 0.8 * r);
    path.closePath();
  } else {
    const t = 0.4 * r;
    path.rect(x - 1.1 * r, y - t, 2.2 * r, 2 * t);
    path.rect(x - t, y - 1.1 * r, 2 * t, 2.2 * r);
  }
}

function drawLabels(
  context: CanvasRenderingContext2D,
  { points, labels }: Scatter,
  layout: ScatterLayout,
  size: Size,
  { ink, paper }: ScatterColors,
) {
  const count = points.length / 2;
  const at = (i: number) => ({ x: layout.x(points[2 * i]), y: layout.y(points[2 * i + 1]) });
  const chosen = pointsToLabel(points, count > MANY_POINTS ? MAX_LABELS_OF_MANY : MAX_LABELS);
  // Many points leave no room: labels only avoid each other.
  const inTheWay = count > MANY_POINTS ? [] : Array.from({ length: count }, (_, i) => at(i));
  const height = 14;
  const sized = chosen.map((i) => ({
    ...at(i),
    width: context.measureText(labels[i] ?? '').width,
    height,
  }));
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = paper;
  context.fillStyle = ink;
  fitLabels(sized, size, inTheWay, 8).forEach((box, i) => {
    if (!box) return;
    const text = labels[chosen[i]] ?? '';
    context.strokeText(text, box.left, box.top + height / 2);
    context.fillText(text, box.left, box.top + height / 2);
  });
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
  const colors = MARKS.map((mark) => {
    probe.style.color = mark.color;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colors;
}
