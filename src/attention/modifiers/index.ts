import { alibiEntry } from './alibi';
import { causalEntry } from './causal';
import { documentsEntry } from './documents';
import { keyLengthsEntry } from './key-lengths';
import type { KeyRun, MaskNumbers, ModifierEntry, NamedMask } from './modifier';
import { joinedMasksEntry, prefixLmEntry, windowWithSinksEntry } from './recipes';
import { packedSequencesEntry } from './row-ranges';
import { slidingWindowEntry } from './sliding-window';
import { softcapEntry } from './softcap';
import { tensorBiasEntry, tensorMaskEntry } from './tensor-mask';

/**
 * Every mask and score modifier. The benchmark, the heads page, the gallery, the table of features and the
 * random tests read this list: a new modifier is a file, its WGSL twin and a line here.
 */
const entries = [
  causalEntry,
  slidingWindowEntry,
  prefixLmEntry,
  windowWithSinksEntry,
  keyLengthsEntry,
  documentsEntry,
  packedSequencesEntry,
  tensorMaskEntry,
  tensorBiasEntry,
  joinedMasksEntry,
  alibiEntry,
  softcapEntry,
] as const;

export const modifiers: readonly ModifierEntry[] = entries;

type NamesOf<Entry> = Entry extends { readonly named: infer Named } ? keyof Named : never;

/** Names of masks, as links, reports and the command line have them. */
export type MaskName = 'none' | NamesOf<(typeof entries)[number]>;

const noMask: NamedMask = {
  label: 'none',
  numbers: [],
  create: () => undefined,
  describe: () => '',
  visibleRuns: (_numbers, _position, keyLength) => [[0, keyLength]],
};

/** The masks that can be chosen by name, in the order of menus. */
export const namedMasks = Object.assign(
  { none: noMask },
  ...modifiers.map(({ named }) => named),
) as Readonly<Record<MaskName, NamedMask>>;

export const maskNames = Object.keys(namedMasks) as MaskName[];

/** What the numbers of a named mask may be. */
export const maskNumbers: Readonly<
  Record<keyof MaskNumbers, { readonly min: number; readonly max: number }>
> = {
  window: { min: 0, max: 65536 },
  prefix: { min: 0, max: 65536 },
  sinks: { min: 0, max: 65536 },
};

export const defaultMaskNumbers: MaskNumbers = { window: 32, prefix: 16, sinks: 4 };

/** How many of `keyLength` keys lie in these runs, which are in the order of their first keys. */
export function countKeys(runs: readonly KeyRun[], keyLength: number): number {
  const inside = (key: number) => Math.min(Math.max(key, 0), keyLength);
  let count = 0;
  let counted = 0;
  for (const [first, end] of runs) {
    const start = Math.max(counted, inside(first));
    counted = Math.max(counted, inside(end));
    count += Math.max(0, counted - start);
  }
  return count;
}
