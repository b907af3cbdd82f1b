import { dot } from './matrix';
import { normals } from './seeded';

/** As many random values as there is time for, and no more pairs than tell. */
const VALUES = 2 ** 16;
const MOST_PAIRS = 8192;

export interface TypicalProduct {
  /** √ of the mean square. */
  readonly size: number;
  /** Over so many pairs of vectors. */
  readonly pairs: number;
}

const known = new Map<number, TypicalProduct>();

/**
 * How large dot products of random vectors are: the root mean square over pairs of vectors of `size`
 * seeded standard normal values. Expected is √size, which is why attention divides by that (Vaswani
 * et al., "Attention is all you need", 2017, section 3.2.1).
 */
export function typicalProduct(size: number): TypicalProduct {
  const found = known.get(size);
  if (found !== undefined) return found;
  const pairs = Math.min(MOST_PAIRS, Math.floor(VALUES / size));
  const [queries, keys] = [0, 1].map((stream) => normals(pairs * size, size, stream));
  let squares = 0;
  for (let start = 0; start < pairs * size; start += size) {
    const end = start + size;
    squares += dot(queries.slice(start, end), keys.slice(start, end)) ** 2;
  }
  const typical = { size: Math.sqrt(squares / pairs), pairs };
  known.set(size, typical);
  return typical;
}
