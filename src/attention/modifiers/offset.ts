import { InputError } from '../input-error';
import type { Shape } from '../shape';

/** Where queries stand among the keys: query i at position i + offset. One for all, or one a batch element. */
export type Offset = number | readonly number[];

export const offsetAt = (offset: Offset, batch: number): number =>
  typeof offset === 'number' ? offset : offset[batch];

/** The two integers and the data that `position_of` in shaders/shared/modifiers.wgsl reads. */
export function offsetNumbers(offset: Offset) {
  return typeof offset === 'number'
    ? { integers: [offset, 0] }
    : { integers: [0, 1], data: Int32Array.from(offset) };
}

/** Beyond any length; sums with a position stay within 32 bits. */
const LARGEST = 2 ** 30;
const isOffset = (n: number) => Number.isInteger(n) && Math.abs(n) <= LARGEST;

export function validateOffset(name: string, offset: Offset, { batch }: Shape): void {
  const range = `${-LARGEST} to ${LARGEST}`;
  if (typeof offset === 'number') {
    if (isOffset(offset)) return;
    throw new InputError(`${name} offset`, offset, `a whole number, ${range}`);
  }
  if (offset.length !== batch || !offset.every(isOffset)) {
    const allowed = `${batch} whole numbers, one a batch element, ${range}`;
    throw new InputError(`${name} offset`, offset, allowed);
  }
}
