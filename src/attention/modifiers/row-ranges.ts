import wgsl from '../../../shaders/modifiers/row_ranges.wgsl?raw';
import { InputError } from '../input-error';
import type { MaskModifier, ModifierEntry } from './modifier';

/** How queries line up with keys within a packed sequence. */
export type PackedCausality = 'none' | 'top-left' | 'bottom-right';

/**
 * Query i sees keys first[i] … end[i] − 1. Both lists must not fall, so that a tile's corners decide it.
 * Same for all heads and batch elements.
 */
export function rowRanges(first: readonly number[], end: readonly number[]): MaskModifier {
  return {
    kind: 'mask',
    name: 'row_ranges',
    wgsl,
    data: Int32Array.from(first.flatMap((start, i) => [start, end[i]])),
    sameForAllHeads: true,
    visible: (_batch, _head, query, key) => key >= first[query] && key < end[query],
    range: (_batch, _head, query) => [first[query], end[query]],
    validate({ queryLength }) {
      for (const [name, list] of Object.entries({ first, end })) {
        const rising = list.every((n, i) => n === (n | 0) && (i === 0 || n >= list[i - 1]));
        if (list.length !== queryLength || !rising) {
          const allowed = `${queryLength} whole numbers of 32 bits, none falling`;
          throw new InputError(`row ranges ${name}`, list, allowed);
        }
      }
    },
  };
}

/**
 * Several sequences packed one after another into one: sequence n holds queries queryStarts[n] to
 * queryStarts[n + 1] − 1 and keys likewise, and sees nothing of the others. The lists are cumulative
 * lengths, from 0 to S and from 0 to L.
 */
export function packedSequences(
  queryStarts: readonly number[],
  keyStarts: readonly number[] = queryStarts,
  causality: PackedCausality = 'none',
): MaskModifier {
  validateStarts(queryStarts, keyStarts);
  const first: number[] = [];
  const end: number[] = [];
  for (let n = 0; n + 1 < queryStarts.length; n++) {
    const queries = queryStarts[n + 1] - queryStarts[n];
    const keys = keyStarts[n + 1] - keyStarts[n];
    const offset = causality === 'bottom-right' ? keys - queries : 0;
    for (let i = 0; i < queries; i++) {
      const visible = causality === 'none' ? keys : Math.min(keys, Math.max(0, i + offset + 1));
      first.push(keyStarts[n]);
      end.push(keyStarts[n] + visible);
    }
  }
  const ranges = rowRanges(first, end);
  const keys = keyStarts[keyStarts.length - 1];
  return {
    ...ranges,
    validate(shape) {
      ranges.validate?.(shape);
      if (keys !== shape.keyLength) {
        throw new InputError('keyStarts', keyStarts, `cumulative lengths up to ${shape.keyLength}`);
      }
    },
  };
}

function validateStarts(queryStarts: readonly number[], keyStarts: readonly number[]): void {
  for (const [name, starts] of Object.entries({ queryStarts, keyStarts })) {
    const rising = starts.every(
      (n, i) => Number.isInteger(n) && (i === 0 ? n === 0 : n >= starts[i - 1]),
    );
    if (starts.length < 2 || starts.length !== queryStarts.length || !rising) {
      throw new InputError(name, starts, 'cumulative lengths from 0 on, as many as of queries');
    }
  }
}

export const packedSequencesEntry = {
  label: 'Packed sequences',
  call: 'packedSequences(starts)',
  description: 'Several sequences in one, none of which sees the others.',
  examples: (size) => {
    const starts = (...shares: number[]) => [0, ...shares.map((n) => Math.round((n * size) / 24))];
    const [queries, keys] = [starts(5, 14, 24), starts(9, 18, 24)];
    return [
      { label: 'packed, bottom right', mask: packedSequences(queries, keys, 'bottom-right') },
    ];
  },
} as const satisfies ModifierEntry;
