import type { Matrix } from '../../../lessons/matrix';
import { PlaneFrame } from '../plane-frame';

/** Sizes that a picture may have, so that it does not breathe with every small change. */
const SIZES = [0.5, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 12, 16, 24, 32];
/** Room for names. */
const MARGIN = 1.25;

/** A square of the plane that has all points in it, as large as they allow. */
export function fittingFrame(points: Matrix, width = 400): PlaneFrame {
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => point[axis]));
  const span = (values: number[]) => Math.max(...values) - Math.min(...values);
  const wanted = MARGIN * Math.max(span(xs), span(ys));
  const size = SIZES.find((one) => one >= wanted) ?? wanted;
  // Held to a grid, for the same reason.
  const step = size / 8;
  const from = (values: number[]) =>
    Math.round(((Math.max(...values) + Math.min(...values)) / 2 - size / 2) / step) * step;
  const [left, bottom] = [from(xs), from(ys)];
  return new PlaneFrame({ left, right: left + size, bottom, top: bottom + size }, width);
}
