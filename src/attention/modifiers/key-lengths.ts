import wgsl from '../../../shaders/modifiers/key_lengths.wgsl?raw';
import { InputError } from '../input-error';
import type { MaskModifier, ModifierEntry } from './modifier';

const MAX_KEYS = 2 ** 30;

/**
 * Only the first keys exist: `lengths[b]` of them in batch element b, or the same number in all. For
 * padded batches and caches; joined with another mask by `or`, for sink tokens and prefixes.
 */
export function keyLengths(lengths: number | readonly number[]): MaskModifier {
  const list = typeof lengths === 'number' ? [lengths] : lengths;
  const same = typeof lengths === 'number';
  const lengthOf = (batch: number) => list[same ? 0 : batch];
  return {
    kind: 'mask',
    name: 'key_lengths',
    wgsl,
    integers: [same ? 0 : 1],
    data: Int32Array.from(list),
    sameForAllHeads: same,
    visible: (batch, _head, _query, key) => key < lengthOf(batch),
    range: (batch) => [0, lengthOf(batch)],
    validate({ batch, keyLength }) {
      // One number for all is a bound, and may exceed the number of keys: for example as a window's sink tokens.
      const largest = same ? MAX_KEYS : keyLength;
      const right = (n: number) => Number.isInteger(n) && n >= 0 && n <= largest;
      if ((!same && list.length !== batch) || !list.every(right)) {
        const allowed = same ? 'a whole number' : `${batch} whole numbers, one per batch element,`;
        throw new InputError('key lengths', lengths, `${allowed} from 0 to ${largest}`);
      }
    },
  };
}

export const keyLengthsEntry = {
  label: 'Key lengths',
  call: 'keyLengths([…])',
  description: 'Only the first keys of each batch element exist.',
  examples: (size) => {
    const length = Math.round(0.7 * size);
    return [{ label: `${length} keys`, mask: keyLengths(length) }];
  },
} as const satisfies ModifierEntry;
