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

export function validateOffset(name: string, offset: Offset, { batch }: Shape): void {
  if (typeof offset === 'number') {
    if (!Number.isInteger(offset)) throw new InputError(`${name} offset`, offset, 'a whole number');
  } else if (offset.length !== batch || !offset.every(Number.isInteger)) {
    throw new InputError(`${name} offset`, offset, `${batch} whole numbers, one a batch element`);
  }
}
