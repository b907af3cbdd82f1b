import { fixedStateLimits } from '../../../lessons/fixed-state';

/** Distances that the curve has always. */
export const GRID: readonly number[] = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

export const FARTHEST = fixedStateLimits.distance;

/** Where a distance stands on the axis, from 0 to 1: each doubling is as wide, and 0 has a place too. */
export const axisPlace = (distance: number): number =>
  Math.log2(1 + distance) / Math.log2(1 + FARTHEST);

/** The distance at a place of the axis, whole and within what there is. */
export function distanceAt(place: number): number {
  const distance = Math.round(2 ** (place * Math.log2(1 + FARTHEST)) - 1);
  return Math.min(FARTHEST, Math.max(0, distance));
}
