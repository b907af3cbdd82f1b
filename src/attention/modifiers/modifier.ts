import { InputError } from '../input-error';
import type { Shape } from '../layout';

/**
 * A modifier is a pair: a TypeScript function and its WGSL twin. Kernels call the twins by the names that
 * `compose.ts` gives them, and know nothing else of masks or score changes.
 *
 * The WGSL twin gets `at`, the index of its numbers, and reads them with `modifier_integer(at + i)` and
 * `modifier_float(at + i)`: first its integers, then its floats, then the offset of its data in
 * `modifier_data`, if it has any. New numbers need no new shader.
 */
interface Modifier {
  /** Prefix of its WGSL functions, and its name for people. One WGSL file defines one name. */
  readonly name: string;
  readonly wgsl: string;
  readonly integers?: readonly number[];
  readonly floats?: readonly number[];
  /** Lists of any length, uploaded as 32-bit words. */
  readonly data?: Int32Array | Uint32Array | Float32Array;
  /** @throws InputError if its lists do not match the shape. */
  readonly validate?: (shape: Shape) => void;
}

/**
 * Decides which keys a query may see. WGSL twin:
 * `fn NAME_visible(batch, head, query, key, at: u32) -> bool`, and
 * `fn NAME_tile(batch, head, first_query, last_query, first_key, last_key, at: u32) -> u32`,
 * which returns TILE_HIDDEN or TILE_VISIBLE if that holds for the whole tile; TILE_MIXED is always correct.
 */
export interface MaskModifier extends Modifier {
  readonly kind: 'mask';
  visible(batch: number, head: number, query: number, key: number): boolean;
  /** Whether all heads of all batch elements have the same mask, so that one represents all. */
  readonly sameForAllHeads?: boolean;
  /**
   * First and one-past-last visible key of a row, where the visible keys are one run (it may be empty, and
   * may reach outside 0..L; callers clamp it). Left out where they are not, so that each key is tested.
   */
  readonly range?: (batch: number, head: number, query: number) => readonly [number, number];
}

/**
 * Changes a scaled score before masks. WGSL twin:
 * `fn NAME_score(score: f32, batch, head, query, key, at: u32) -> f32`.
 */
export interface ScoreModifier extends Modifier {
  readonly kind: 'score';
  score(score: number, batch: number, head: number, query: number, key: number): number;
  /** Its largest slope: how much it can amplify a small difference between scores. */
  readonly slope: number;
}

/** Masks joined by and/or, of any depth. */
export type Mask = MaskModifier | { readonly kind: 'all' | 'any'; readonly masks: readonly Mask[] };

/** Numbers that describe a named mask: counts of keys. */
export interface MaskNumbers {
  /** Keys that a query sees to its left; in a two-sided window as many to its right. */
  readonly window: number;
  /** First keys that every query sees. */
  readonly prefix: number;
  /** First keys that stay visible beside a window. */
  readonly sinks: number;
}

/** A mask that a name and a few numbers describe: for menus, links and the command line. */
export interface NamedMask {
  readonly label: string;
  readonly numbers: readonly (keyof MaskNumbers)[];
  /** Query i stands at position i + offset among the keys. Undefined hides nothing. */
  create(numbers: MaskNumbers, offset: number): Mask | undefined;
  /** "causal window of 256 keys"; empty where nothing is hidden. */
  describe(numbers: MaskNumbers): string;
  /**
   * Its density in closed form: runs [first, end) of keys that a query at `position` sees, by their first
   * key. They may overlap, and reach outside the keys there are.
   */
  visibleRuns(numbers: MaskNumbers, position: number, keyLength: number): readonly KeyRun[];
}

export type KeyRun = readonly [first: number, end: number];

/** A modifier as it is listed in `index.ts`: for tables of features, the gallery and menus. */
export interface ModifierEntry {
  readonly label: string;
  /** How it is asked for in code. */
  readonly call: string;
  /** One line on what it does. */
  readonly description: string;
  /** What it looks like on `size` × `size` tokens. The first is what tables show. */
  examples(size: number, heads?: number): readonly ModifierExample[];
  /** What can be chosen by name; the names are stored in links and reports. */
  readonly named?: Readonly<Record<string, NamedMask>>;
}

export interface ModifierExample {
  readonly label: string;
  readonly mask?: Mask;
  readonly scoreModifiers?: readonly ScoreModifier[];
}

/** The position of queries among the keys: query i is at i + offset. One for all, or one per batch element. */
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
const MAX_OFFSET = 2 ** 30;

export function validateOffset(name: string, offset: Offset, { batch }: Shape): void {
  const isOne = typeof offset === 'number';
  const list = isOne ? [offset] : offset;
  const isOffset = (n: number) => Number.isInteger(n) && Math.abs(n) <= MAX_OFFSET;
  if ((isOne || list.length === batch) && list.every(isOffset)) return;
  const what = isOne ? 'a whole number' : `${batch} whole numbers, one per batch element`;
  throw new InputError(`${name} offset`, offset, `${what}, ${-MAX_OFFSET} to ${MAX_OFFSET}`);
}
