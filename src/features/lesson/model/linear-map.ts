import { InputError } from '../../../attention/input-error';
import { identity, type Matrix, multiply, products, type Vector } from './matrix';

/** Linear maps of the plane, 2 × 2. Points are rows: a point x becomes x·Mᵀ, as columns would become M·x. */
export type PlaneMap = readonly [readonly [number, number], readonly [number, number]];

/** Moves points along the first axis by `amount` times their second coordinate. */
export const shear = (amount: number): PlaneMap => [
  [1, amount],
  [0, 1],
];

/** Scales each axis. */
export const stretch = (x: number, y: number): PlaneMap => [
  [x, 0],
  [0, y],
];

/** Rotates anticlockwise by `angle`, in radians. */
export const rotate = (angle: number): PlaneMap => [
  [Math.cos(angle), -Math.sin(angle)],
  [Math.sin(angle), Math.cos(angle)],
];

/** Composes maps: the first is applied first, so it is the last factor of the product. */
export const combine = (...maps: readonly PlaneMap[]): PlaneMap =>
  maps.reduce<Matrix>((all, map) => multiply(map, all), identity(2)) as unknown as PlaneMap;

export const sameMap = (a: PlaneMap, b: PlaneMap): boolean => String(a) === String(b);

/** The factor by which areas grow; negative if the map mirrors the plane. */
export const determinant = ([[a, b], [c, d]]: PlaneMap): number => a * d - b * c;

/** The map that undoes it. @throws InputError for a map that flattens the plane. */
export function inverse(map: PlaneMap): PlaneMap {
  const area = determinant(map);
  if (area === 0 || !Number.isFinite(1 / area)) {
    throw new InputError('map', map.flat(), 'a map with a determinant that is not 0');
  }
  const [[a, b], [c, d]] = map;
  return [
    [d / area, -b / area],
    [-c / area, a / area],
  ];
}

/** The half-axes of the ellipse that a circle of radius 1 becomes, larger first. */
export function singularValues(map: PlaneMap): [number, number] {
  const [[a, b], [c, d]] = map;
  // Half the sum and half the difference of the two, each free of cancellation.
  const sum = Math.hypot(a + d, b - c) / 2;
  const difference = Math.hypot(a - d, b + c) / 2;
  return [sum + difference, Math.abs(sum - difference)];
}

/** Points (n × 2), mapped. */
export const apply = (map: PlaneMap, points: Matrix): number[][] => products(points, map);

/** The lines of a square grid from −size to size, each as its points: first vertical, then horizontal ones. */
export function gridLines(size: number, step: number): Vector[][] {
  const count = Math.floor(size / step + 1e-9);
  const ticks = Array.from({ length: 2 * count + 1 }, (_, i) => (i - count) * step);
  const upright = ticks.map((x) => ticks.map((y) => [x, y]));
  return [...upright, ...ticks.map((y) => ticks.map((x) => [x, y]))];
}

/** A rotation in `size` dimensions: a 2 × 2 block for each pair of axes; an odd last axis stays. */
export function rotateInPlanes(size: number, angle: number): number[][] {
  const block = rotate(angle);
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_unused, j) => {
      const alone = size % 2 === 1 && i === size - 1;
      if (alone || Math.floor(i / 2) !== Math.floor(j / 2)) return Number(i === j);
      return block[i % 2][j % 2];
    }),
  );
}

/**
 * Scores of words X (n × d) under W_Q and W_K (d × d), and the same with both multiplied by R. If R is a
 * rotation they are equal: (X·W_Q·R)(X·W_K·R)ᵀ = X·W_Q·(R·Rᵀ)·W_Kᵀ·Xᵀ, and R·Rᵀ = 1. A rotation
 * that queries and keys share changes nothing for a head.
 */
export function scoresUnderSharedMap(x: Matrix, wq: Matrix, wk: Matrix, shared: Matrix) {
  const [q, k] = [multiply(x, wq), multiply(x, wk)];
  const after = products(multiply(q, shared), multiply(k, shared));
  return { before: products(q, k), after };
}
