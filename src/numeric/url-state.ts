import { parseDecimal, parseList, parseSigned, parseInteger } from './parse';

// Converts state to and from the entries of a link. Below `ui` because the benchmark's settings are
// command line flags too.

export interface LinkField<State, Key extends keyof State = keyof State> {
  /** Its name in the link. */
  readonly name: string;
  readonly key: Key;
  /** Parses a value; undefined if it is not allowed. */
  read(text: string): State[Key] | undefined;
  write(value: State[Key]): string;
  /** What is allowed, as the end of a sentence that begins "expected". */
  readonly allowed: string;
  /** The field is used only where another field has one of some values. */
  readonly beside?: Beside<State>;
}

export interface Beside<State> {
  readonly name: string;
  readonly key: keyof State;
  readonly values: readonly string[];
}

/** Why an entry of a link was rejected. */
export interface LinkIssue {
  readonly field: string;
  readonly value: string;
  /** What would have been right, as the end of a sentence that begins "expected". */
  readonly allowed: string;
}

export type LinkEntries = Iterable<readonly [name: string, value: string]>;

/** Texts by name; each name is known and given once. */
export type GivenTexts = ReadonlyMap<string, string>;

export function describeIssue({ field, value, allowed }: LinkIssue): string {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return `${field}: "${shown}" is not allowed; expected ${allowed}.`;
}

export interface LinkCodecOptions<State> {
  /** In the order in which links have them. */
  readonly fields: readonly LinkField<State>[];
  readonly defaults: State;
  /** What entries are called in messages: "one of the settings …". */
  readonly noun?: string;
  /** Entries that are not part of the state, but no mistake. */
  readonly ignores?: (name: string, value: string) => boolean;
  /** Characters left unescaped in links. Default: commas and colons. */
  readonly plain?: string;
  /** Entries on which the defaults of all others depend; they come first. `read` gives the state that fields start from. */
  readonly first?: {
    readonly names: readonly string[];
    readonly read: (given: GivenTexts, issues: LinkIssue[]) => State;
    readonly write: (state: State) => [name: string, value: string][];
  };
  /** Completes and checks what depends on several fields. `values` has only those that were given and allowed. */
  readonly settle?: (
    values: Partial<State>,
    start: State,
    given: GivenTexts,
    issues: LinkIssue[],
  ) => State;
  /** The values that parsing assumes for entries left out of this state's link. Default: `defaults`. */
  readonly assumed?: (state: State) => State;
  /** Keys to leave out of the link, whatever their values. */
  readonly omitted?: (state: State, assumed: State) => ReadonlySet<keyof State>;
}

/** Parses and formats a state as link entries. Values that are not allowed keep their default and become issues. */
export class LinkCodec<State extends object> {
  readonly fields: readonly LinkField<State>[];
  readonly defaults: State;
  readonly #options: LinkCodecOptions<State>;
  readonly #byName: ReadonlyMap<string, LinkField<State>>;
  readonly #names: readonly string[];

  constructor(options: LinkCodecOptions<State>) {
    this.#options = options;
    this.fields = options.fields;
    this.defaults = options.defaults;
    this.#byName = new Map(options.fields.map((field) => [field.name, field]));
    this.#names = [...(options.first?.names ?? []), ...this.#byName.keys()];
  }

  findField(name: string): LinkField<State> | undefined {
    return this.#byName.get(name);
  }

  parse(entries: LinkEntries): { state: State; issues: LinkIssue[] } {
    const { first, settle } = this.#options;
    const { given, issues } = this.#gather(entries);
    const start = first ? first.read(given, issues) : this.defaults;
    const values: Partial<State> = {};
    const understood: LinkField<State>[] = [];
    for (const [name, text] of given) {
      const field = this.#byName.get(name);
      if (!field) continue;
      const value = field.read(text);
      if (value === undefined) {
        issues.push({ field: name, value: text, allowed: field.allowed });
        continue;
      }
      values[field.key] = value;
      understood.push(field);
    }
    this.#dropUnused(values, start, understood, given, issues);
    const state = settle ? settle(values, start, given, issues) : { ...start, ...values };
    return { state, issues };
  }

  /** The shortest entries that parse to this state, except for fields it does not use. */
  format(state: State): [name: string, value: string][] {
    const { first, assumed, omitted } = this.#options;
    const usual = assumed ? assumed(state) : this.defaults;
    const leftOut = omitted?.(state, usual);
    const entries = first ? first.write(state) : [];
    for (const field of this.fields) {
      if (leftOut?.has(field.key) || !counts(field, state)) continue;
      const text = field.write(state[field.key]);
      if (text !== field.write(usual[field.key])) entries.push([field.name, text]);
    }
    return entries;
  }

  /** Entries as the text of a hash. */
  text(entries: LinkEntries): string {
    const text = new URLSearchParams([...entries].map(([name, value]) => [name, value])).toString();
    return [...(this.#options.plain ?? ',:')].reduce(
      (plain, character) => plain.replaceAll(encodeURIComponent(character), character),
      text,
    );
  }

  /** Each known entry with its text; unknown and repeated entries are issues. */
  #gather(entries: LinkEntries) {
    const { noun, ignores } = this.#options;
    const issues: LinkIssue[] = [];
    const texts = new Map<string, string[]>();
    for (const [name, value] of entries) {
      if (ignores?.(name, value)) continue;
      if (this.#names.includes(name)) texts.set(name, [...(texts.get(name) ?? []), value]);
      else {
        const allowed = `one of ${noun ? `the ${noun} ` : ''}${this.#names.join(', ')}`;
        issues.push({ field: name, value, allowed });
      }
    }
    const given = new Map<string, string>();
    for (const [field, all] of texts) {
      if (all.length === 1) given.set(field, all[0]);
      else issues.push({ field, value: all.join('" and "'), allowed: 'one value, given once' });
    }
    return { given, issues };
  }

  /** Drops values whose `beside` condition does not hold. */
  #dropUnused(
    values: Partial<State>,
    start: State,
    understood: readonly LinkField<State>[],
    given: GivenTexts,
    issues: LinkIssue[],
  ): void {
    for (const field of understood) {
      const { name, key, beside } = field;
      if (!beside || counts(field, { ...start, ...values })) continue;
      delete values[key];
      // If the other entry was rejected itself, that is one mistake, not two.
      if (given.has(beside.name) && !understood.some((one) => one.name === beside.name)) continue;
      const allowed = `${beside.name} to be ${beside.values.join(' or ')} beside it`;
      issues.push({ field: name, value: given.get(name)!, allowed });
    }
  }
}

function counts<State>({ beside }: LinkField<State>, state: State): boolean {
  return !beside || beside.values.includes(String(state[beside.key]));
}

type KeyFor<State, Value> = {
  [Key in keyof State]-?: Value extends State[Key] ? Key : never;
}[keyof State];

interface FieldOptions<State> {
  readonly beside?: Beside<State>;
  /** Overrides the default text. */
  readonly allowed?: string;
}

/** Typed field factories for a state: `const { whole, choice } = fieldMakers<Settings>()`. */
export function fieldMakers<State>() {
  const field = <Key extends keyof State>(one: LinkField<State, Key>) =>
    one as unknown as LinkField<State>;

  const beside = (name: string, key: keyof State, ...values: string[]): Beside<State> => ({
    name,
    key,
    values,
  });

  function choice<Key extends keyof State>(
    name: string,
    key: Key,
    words: readonly (State[Key] & string)[],
    options: FieldOptions<State> = {},
  ): LinkField<State> {
    const read = (text: string) => words.find((word) => word === text);
    const write = (value: State[Key]) => String(value);
    return field({ name, key, read, write, allowed: `one of ${words.join(', ')}`, ...options });
  }

  /** A boolean as one of two words. */
  function flag(
    name: string,
    key: KeyFor<State, boolean>,
    [on, off]: readonly [on: string, off: string],
    options: FieldOptions<State> = {},
  ): LinkField<State> {
    const values: Readonly<Record<string, boolean>> = { [on]: true, [off]: false };
    const read = (text: string) =>
      (Object.hasOwn(values, text) ? values[text] : undefined) as State[typeof key] | undefined;
    const write = (value: State[typeof key]) => (value ? on : off);
    return field({ name, key, read, write, allowed: `one of ${on}, ${off}`, ...options });
  }

  function numbers(
    kind: string,
    readNumber: (text: string, min: number, max: number) => number | undefined,
    writeNumber: (value: number) => string,
  ) {
    return (
      name: string,
      key: KeyFor<State, number>,
      min: number,
      max: number,
      options: FieldOptions<State> = {},
    ): LinkField<State> => {
      const read = (text: string) => readNumber(text, min, max) as State[typeof key] | undefined;
      const write = (value: State[typeof key]) => writeNumber(value as number);
      const allowed = `${kind} from ${min} to ${max}`;
      return field({ name, key, read, write, allowed, ...options });
    };
  }

  /** Adds null, written as `word`, to a field's values. */
  const orNull = (inner: LinkField<State>, word: string): LinkField<State> => ({
    ...inner,
    read: (text) => (text === word ? (null as State[keyof State]) : inner.read(text)),
    write: (value) => (value === null ? word : inner.write(value)),
    allowed: `${inner.allowed}, or ${word}`,
  });

  return {
    field,
    beside,
    choice,
    flag,
    /** A non-negative integer. */
    whole: numbers('a whole number', parseInteger, String),
    /** A non-negative number without exponent, written with up to four decimals. */
    decimal: numbers('a number', parseDecimal, writeDecimal),
    /** Any number, written with all its digits. */
    number: numbers('a number', parseSigned, String),
    orNull,
  };
}

/** Up to four decimals: finer than anything a page shows or lets users set. */
export const writeDecimal = (value: number): string => String(Number(value.toFixed(4)));

/** Parses at most `max` different items separated by commas, or "none". */
export function readItems<Item>(
  text: string,
  read: (text: string) => Item | undefined,
  max: number,
): Item[] | undefined {
  if (text === 'none') return [];
  const items = parseList(text, ',', read);
  if (!items || items.length > max) return undefined;
  return new Set(text.split(',')).size === items.length ? items : undefined;
}
