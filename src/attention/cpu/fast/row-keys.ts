import { isSameForAllHeads, visibleRange } from '../../modifiers/combine';
import type { Problem } from '../../problem';

/** Which run of keys each row can see: plain data, so it can be posted where a mask's functions cannot. */
export interface RowKeys {
  /** First and one-past-last key, for each row (b · H + h) · S + s; or for each s where all heads are alike. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  /** Whether a row sees all of its run; else its mask must be asked, key by key. */
  readonly exact: boolean;
}

/** Asks the mask of every row once. Nothing where there is no mask. */
export function rowKeysOf({ shape, mask }: Problem): RowKeys | undefined {
  if (!mask) return undefined;
  const { batch, heads, queryLength, keyLength } = shape;
  const sequences = isSameForAllHeads(mask) ? 1 : batch * heads;
  const first = new Int32Array(sequences * queryLength);
  const end = new Int32Array(first.length);
  let exact = true;
  for (let row = 0; row < first.length; row++) {
    const query = row % queryLength;
    const sequence = (row - query) / queryLength;
    const range = visibleRange(
      mask,
      keyLength,
      Math.floor(sequence / heads),
      sequence % heads,
      query,
    );
    first[row] = range.first;
    end[row] = range.end;
    exact &&= range.exact;
  }
  return { first, end, exact };
}
