import type { Matrix, Vector } from '../../../lessons/matrix';

/** The corners of the smallest convex shape round the points, anticlockwise (Andrew's monotone chain). */
export function convexHull(points: Matrix): Vector[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (sorted.length < 3) return sorted;
  return [...chain(sorted), ...chain(sorted.toReversed())];
}

/** One side, without its last corner: the other side begins there. */
function chain(points: Matrix): Vector[] {
  const corners: Vector[] = [];
  for (const point of points) {
    while (corners.length > 1 && !turnsLeft(corners.at(-2)!, corners.at(-1)!, point)) corners.pop();
    corners.push(point);
  }
  return corners.slice(0, -1);
}

const turnsLeft = ([ax, ay]: Vector, [bx, by]: Vector, [cx, cy]: Vector): boolean =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) > 0;
