import { fillRandom } from '../../../numeric/random';
import { norm, scale } from './matrix';

/** Seeded standard normal values: the same for the same seed and stream, everywhere. */
export const normals = (count: number, seed: number, stream: number): number[] =>
  Array.from(fillRandom(new Float64Array(count), { seed, stream }));

/** Seeded values, uniform on (−1, 1). */
export const uniforms = (count: number, seed: number, stream: number): number[] =>
  Array.from(fillRandom(new Float64Array(count), { seed, stream, distribution: 'uniform' }));

/** A seeded matrix of independent normals times `amplitude`. */
export function normalMatrix(
  rows: number,
  columns: number,
  seed: number,
  stream: number,
  amplitude = 1,
): number[][] {
  const values = normals(rows * columns, seed, stream);
  return Array.from({ length: rows }, (_, i) =>
    scale(values.slice(i * columns, (i + 1) * columns), amplitude),
  );
}

/** Seeded directions, even over the sphere: rows of length 1. Two of D values meet at about ±1/√D. */
export const directions = (rows: number, size: number, seed: number, stream: number): number[][] =>
  normalMatrix(rows, size, seed, stream).map((row) => scale(row, 1 / norm(row)));

/** A number for a text, so that an unknown word always gets the same vector (FNV-1a, 32 bits). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  return hash >>> 0;
}
