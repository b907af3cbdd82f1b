import { extent, range, sort } from 'd3-array';
import { formatFloat } from '../../../numeric/format';
import type { Size } from '../../../ui/heat-map/geometry';

export class PointCloud {
  /** The properties of `point-scatter`. */
  constructor(
    readonly points: Float32Array,
    readonly labels: readonly string[],
    readonly kinds: ArrayLike<number> | undefined,
    readonly kindNames: readonly string[],
  ) {}

  get count(): number {
    return this.points.length / 2;
  }

  get problem(): string | null {
    const { points, labels, kinds, count } = this;
    if (points.length % 2) return `points has ${points.length} values: two a point are needed.`;
    if (labels.length !== count) return `labels has ${labels.length} texts for ${count} points.`;
    if (kinds && kinds.length !== count) {
      return `kinds has ${kinds.length} numbers for ${count} points.`;
    }
    return null;
  }

  get nonFiniteCount(): number {
    return this.labels.filter((_, i) => !this.isFinite(i)).length;
  }

  get hasKinds(): boolean {
    return this.kindNames.length > 1;
  }

  isFinite(i: number): boolean {
    return isFinitePoint(this.points, i);
  }

  kindName(i: number): string {
    return this.kindNames[this.kinds?.[i] ?? 0] ?? '';
  }

  /** "guard, queries (6 of 40): 0.1234, −1.200" */
  describe(i: number): string {
    const kind = this.hasKinds ? `, ${this.kindName(i)}` : '';
    const coordinates = [0, 1].map((axis) => formatFloat(this.points[2 * i + axis])).join(', ');
    return `${this.labels[i]}${kind} (${i + 1} of ${this.count}): ${coordinates}`;
  }
}

const isFinitePoint = (points: Float32Array, i: number): boolean =>
  Number.isFinite(points[2 * i]) && Number.isFinite(points[2 * i + 1]);

/** Indices of the points that can be drawn. */
const finitePoints = (points: Float32Array): number[] =>
  range(points.length / 2).filter((i) => isFinitePoint(points, i));

/** Maps points of a plane to a canvas, with one scale for both axes, so that distances are true. */
export interface ScatterLayout {
  x(value: number): number;
  y(value: number): number;
}

/** Fits all finite points, and the origin, into a canvas with a margin. */
export function fitPoints(
  points: Float32Array,
  width: number,
  height: number,
  margin: number,
): ScatterLayout {
  const finite = finitePoints(points);
  const [left = 0, right = 0] = extent([0, ...finite.map((i) => points[2 * i])]);
  const [bottom = 0, top = 0] = extent([0, ...finite.map((i) => points[2 * i + 1])]);
  const across = (width - 2 * margin) / (right - left);
  const up = (height - 2 * margin) / (top - bottom);
  const fitting = Math.min(across, up);
  const scale = Number.isFinite(fitting) && fitting > 0 ? fitting : 1;
  const [middleX, middleY] = [(left + right) / 2, (bottom + top) / 2];
  return {
    x: (value) => width / 2 + (value - middleX) * scale,
    y: (value) => height / 2 - (value - middleY) * scale,
  };
}

/** The point nearest to a position on the canvas, at most `reach` pixels away; null if there is none. */
export function nearestPoint(
  points: Float32Array,
  layout: ScatterLayout,
  x: number,
  y: number,
  reach: number,
): number | null {
  let best: number | null = null;
  let minimum = reach * reach;
  for (let i = 0; 2 * i < points.length; i++) {
    const across = layout.x(points[2 * i]) - x;
    const up = layout.y(points[2 * i + 1]) - y;
    const distance = across * across + up * up;
    if (distance < minimum || (distance === minimum && best === null)) {
      minimum = distance;
      best = i;
    }
  }
  return best;
}

interface LabelBox extends Size {
  readonly left: number;
  readonly top: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

type SizedLabel = Point & Size;

/** Boxes for labels, greedily: within the canvas, overlapping no other label or point. Null where there is no room. */
export function fitLabels(
  labels: readonly SizedLabel[],
  canvas: Size,
  points: readonly Point[],
  gap: number,
): (LabelBox | null)[] {
  const placed: LabelBox[] = [];
  return labels.map((label) => {
    const box = candidateBoxes(label, gap).find(
      (candidate) =>
        isInside(candidate, canvas) &&
        !placed.some((other) => overlap(candidate, other)) &&
        !points.some((point) => covers(candidate, point, gap / 2)),
    );
    if (box) placed.push(box);
    return box ?? null;
  });
}

/** Where labels are tried, from their point: across and down, in gaps. */
const DIRECTIONS = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [0.7, -0.7],
  [-0.7, -0.7],
  [0.7, 0.7],
  [-0.7, 0.7],
] as const;

const candidateBoxes = ({ x, y, width, height }: SizedLabel, gap: number): LabelBox[] =>
  DIRECTIONS.map(([across, down]) => ({
    left: x + across * gap + (width * (Math.sign(across) - 1)) / 2,
    top: y + down * gap + (height * (Math.sign(down) - 1)) / 2,
    width,
    height,
  }));

const isInside = (box: LabelBox, canvas: Size) =>
  box.left >= 0 &&
  box.top >= 0 &&
  box.left + box.width <= canvas.width &&
  box.top + box.height <= canvas.height;

/** Horizontal gap between labels, in pixels. */
const WORD_GAP = 4;

const overlap = (a: LabelBox, b: LabelBox) =>
  a.left < b.left + b.width + WORD_GAP &&
  b.left < a.left + a.width + WORD_GAP &&
  a.top < b.top + b.height &&
  b.top < a.top + a.height;

const covers = (box: LabelBox, { x, y }: Point, margin: number) =>
  x > box.left - margin &&
  x < box.left + box.width + margin &&
  y > box.top - margin &&
  y < box.top + box.height + margin;

/** Up to `max` points to label: those farthest from the origin. */
export const pointsToLabel = (points: Float32Array, max: number): number[] =>
  sort(finitePoints(points), (i) => -Math.hypot(points[2 * i], points[2 * i + 1])).slice(0, max);
