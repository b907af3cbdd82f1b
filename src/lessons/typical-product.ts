import { dot } from './matrix';
import { normals } from './seeded';

/** Enough that what comes out is within a few hundredths of √d. */
const PAIRS = 512;

const known = new Map<number, number>();

/**
 * How large dot products of random vectors are: the root mean square over 512 pairs of vectors of `size`
 * seeded standard normal values. In the mean it is √size, which is why attention divides by that (Vaswani
 * et al., "Attention is all you need", 2017, section 3.2.1).
 */
export function typicalProduct(size: number): number {
  const found = known.get(size);
  if (found !== undefined) return found;
  const [queries, keys] = [0, 1].map((stream) => normals(PAIRS * size, size, stream));
  let squares = 0;
  for (let start = 0; start < PAIRS * size; start += size) {
    const end = start + size;
    squares += dot(queries.slice(start, end), keys.slice(start, end)) ** 2;
  }
  const typical = Math.sqrt(squares / PAIRS);
  known.set(size, typical);
  return typical;
}
