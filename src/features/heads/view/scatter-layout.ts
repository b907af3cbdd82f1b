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
  const box = { left: 0, right: 0, bottom: 0, top: 0 };
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i], points[i + 1]];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.bottom = Math.min(box.bottom, y);
    box.top = Math.max(box.top, y);
  }
  const across = (width - 2 * margin) / (box.right - box.left);
  const up = (height - 2 * margin) / (box.top - box.bottom);
  const fitting = Math.min(across, up);
  const scale = Number.isFinite(fitting) && fitting > 0 ? fitting : 1;
  const [middleX, middleY] = [(box.left + box.right) / 2, (box.bottom + box.top) / 2];
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

export interface LabelBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface SizedLabel {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Boxes for labels, greedily: within the canvas, overlapping no other label or point. Null where there is no room. */
export function fitLabels(
  labels: readonly SizedLabel[],
  canvas: { readonly width: number; readonly height: number },
  points: readonly { readonly x: number; readonly y: number }[],
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

const isInside = (box: LabelBox, canvas: { width: number; height: number }) =>
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

const covers = (box: LabelBox, { x, y }: { x: number; y: number }, margin: number) =>
  x > box.left - margin &&
  x < box.left + box.width + margin &&
  y > box.top - margin &&
  y < box.top + box.height + margin;

/** Up to `max` points to label: those farthest from the origin. */
export function pointsToLabel(points: Float32Array, max: number): number[] {
  const all = Array.from({ length: points.length / 2 }, (_, i) => i).filter(
    (i) => Number.isFinite(points[2 * i]) && Number.isFinite(points[2 * i + 1]),
  );
  const distance = (i: number) => Math.hypot(points[2 * i], points[2 * i + 1]);
  return all.sort((a, b) => distance(b) - distance(a) || a - b).slice(0, max);
}
