import { decodeFloat16, encodeFloat16 } from '../../numeric/float16';
import { type Distribution, fillRandom } from '../../numeric/random';
import { type HostOperands, STREAMS, type StoredOperands, operandNames } from './protocol';

export interface FillOptions {
  readonly seed: number;
  readonly distribution: Distribution;
  /** Which part of each operand to fill: `index` of `count` equal ones. */
  readonly part: { readonly index: number; readonly count: number };
}

/**
 * Fills a part of a case's operands with seeded values. Where they are stored as float16, each is rounded
 * once, and its bits are written to `stored`: everybody then computes from the very same inputs.
 */
export function fillOperands(
  operands: HostOperands,
  stored: StoredOperands,
  { seed, distribution, part }: FillOptions,
): void {
  for (const name of operandNames) {
    const { length } = operands[name];
    const start = Math.floor((length * part.index) / part.count);
    const end = Math.floor((length * (part.index + 1)) / part.count);
    const values = operands[name].subarray(start, end);
    fillRandom(values, { seed, distribution, stream: STREAMS[name], start });
    const place = stored[name];
    if (place instanceof Float32Array) continue;
    const bits = encodeFloat16(values);
    place.set(bits, start);
    values.set(decodeFloat16(bits));
  }
}
