import { readDecimal, readWhole } from '../numeric/number-text';
import type { Limits } from './controls';
import type { HeadsState } from './link-state';
import { readItems, writeDecimal } from './link-values';

type Key = keyof HeadsState;
export type StateValue = HeadsState[Key];

/** One entry of a link. */
export interface LinkField {
  /** Its name in the link. */
  readonly name: string;
  readonly key: Key;
  /** The value that a text stands for, or undefined when it is not allowed. */
  readonly read: (text: string) => StateValue | undefined;
  readonly write: (value: StateValue) => string;
  /** What is allowed, as the end of a sentence that begins "expected". */
  readonly allowed: string;
  /** What must be so for the entry to mean anything. */
  readonly beside?: Beside;
}

interface Beside {
  readonly name: string;
  readonly key: Key;
  readonly values: readonly string[];
}

/** An entry counts only where another has one of these values. */
export const beside = (name: string, key: Key, ...values: string[]): Beside => ({
  name,
  key,
  values,
});

/** One of some words. */
export function choice(name: string, key: Key, words: readonly string[], side?: Beside): LinkField {
  const read = (text: string) => words.find((word) => word === text) as StateValue | undefined;
  return { name, key, read, write: String, allowed: `one of ${words.join(', ')}`, beside: side };
}

export function toggle(name: string, key: Key): LinkField {
  return {
    ...choice(name, key, ['on', 'off']),
    read: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
    write: (value) => (value ? 'on' : 'off'),
  };
}

export function whole(name: string, key: Key, { min, max }: Limits, side?: Beside): LinkField {
  const allowed = `a whole number from ${min} to ${max}`;
  return {
    name,
    key,
    read: (text) => readWhole(text, min, max),
    write: String,
    allowed,
    beside: side,
  };
}

export function decimal(name: string, key: Key, { min, max }: Limits, side?: Beside): LinkField {
  const read = (text: string) => readDecimal(text, min, max);
  const write = (value: StateValue) => writeDecimal(value as number);
  return { name, key, read, write, allowed: `a number from ${min} to ${max}`, beside: side };
}

/** Several of a kind, or none; each once. */
export function list<Item>(
  name: string,
  key: Key,
  one: {
    readonly read: (text: string) => Item | undefined;
    readonly write: (item: Item) => string;
  },
  most: number,
  what: string,
): LinkField {
  return {
    name,
    key,
    read: (text) => readItems(text, one.read, most) as StateValue | undefined,
    write: (value) => (value as unknown as readonly Item[]).map(one.write).join(',') || 'none',
    allowed: `at most ${most} different ${what}, separated by commas, or none`,
  };
}

/** The same, or a word that stands for null. */
export function orNull(field: LinkField, word: string): LinkField {
  return {
    ...field,
    read: (text) => (text === word ? null : field.read(text)),
    write: (value) => (value === null ? word : field.write(value)),
    allowed: `${field.allowed}, or ${word}`,
  };
}
