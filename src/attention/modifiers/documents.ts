import wgsl from '../../../shaders/modifiers/documents.wgsl?raw';
import { InputError } from '../input-error';
import type { MaskModifier, ModifierEntry } from './modifier';

/**
 * A query sees the keys of its own document: those with the same id. Ids in order let whole tiles be
 * skipped; in any other order the mask is as right, and slower. Same for all heads and batch elements.
 */
export function documents(
  queryIds: readonly number[],
  keyIds: readonly number[] = queryIds,
): MaskModifier {
  const sorted = [queryIds, keyIds].every((ids) =>
    ids.every((id, i) => i === 0 || id >= ids[i - 1]),
  );
  return {
    kind: 'mask',
    name: 'documents',
    wgsl,
    integers: [queryIds.length, sorted ? 1 : 0],
    data: Int32Array.from([...queryIds, ...keyIds]),
    sameForAllHeads: true,
    visible: (_batch, _head, query, key) => queryIds[query] === keyIds[key],
    validate({ queryLength, keyLength }) {
      for (const [name, ids, length] of [
        ['query ids', queryIds, queryLength],
        ['key ids', keyIds, keyLength],
      ] as const) {
        if (ids.length !== length || !ids.every((id) => id === (id | 0))) {
          throw new InputError(`documents ${name}`, ids, `${length} whole numbers of 32 bits`);
        }
      }
    },
  };
}

export const documentsEntry = {
  label: 'Documents',
  call: 'documents(ids)',
  description: 'A query sees the keys of its own document.',
  examples: (size) => [
    { label: 'documents', mask: documents(Array.from({ length: size }, (_, i) => (i * i) >> 6)) },
  ],
} as const satisfies ModifierEntry;
