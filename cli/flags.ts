import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { settingFields } from '../src/bench/settings';
import { type LinkIssue, describeIssue } from '../src/numeric/url-state';
import { adapters } from './browser';

/** A flag of the command line. */
export interface Flag<Value> {
  readonly help: string;
  /** What stands for its value in the help; a flag without one takes no value. */
  readonly placeholder?: string;
  /** The value where the flag is not given, or not allowed. */
  readonly initial: Value;
  /** The value of a text; undefined where it is not allowed. A flag without a value reads "". */
  readonly read: (text: string) => Value | undefined;
  /** What is allowed, as the end of a sentence that begins "expected". */
  readonly allowed: string;
}

export type Flags<Values> = { readonly [Name in keyof Values]: Flag<Values[Name]> };

export const switchFlag = (help: string): Flag<boolean> => ({
  help,
  initial: false,
  read: () => true,
  allowed: 'no value',
});

export const helpFlag = switchFlag('Show this help.');

export function choiceFlag<Word extends string>(words: readonly Word[], help: string): Flag<Word> {
  const allowed = `one of ${words.join(', ')}`;
  return {
    help: `${help} Expected: ${allowed}.`,
    placeholder: 'NAME',
    initial: words[0],
    read: (text) => words.find((word) => word === text),
    allowed,
  };
}

export const adapterFlag = choiceFlag(adapters, 'The WebGPU adapter.');

/** The full path of a file to write, or null. Checked before a minute of measuring, not after. */
export const outputFlag = (folder: string, help: string): Flag<string | null> => ({
  help,
  placeholder: 'FILE',
  initial: null,
  read(text) {
    const path = text && resolve(folder, text);
    return path && isWritable(path) ? path : undefined;
  },
  allowed: 'a file, in a folder that exists and can be written to',
});

function isWritable(path: string): boolean {
  try {
    const folder = dirname(path);
    const isThere = existsSync(path);
    if (isThere ? statSync(path).isDirectory() : !statSync(folder).isDirectory()) return false;
    accessSync(isThere ? path : folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Other names of settings, for the command line. */
const ALIASES: Readonly<Record<string, string>> = { suite: 'preset' };

export interface CommandLine<Values> {
  readonly values: Values;
  /** Settings with their texts, with `withSettings`. */
  readonly settings: readonly (readonly [name: string, text: string])[];
  readonly issues: LinkIssue[];
}

/** Reads a command line. Whatever is not a known flag with an allowed value becomes an issue. */
export function parseFlags<Values extends object>(
  args: readonly string[],
  flags: Flags<Values>,
  withSettings = false,
): CommandLine<Values> {
  const own = new Map(Object.entries(flags) as [string, Flag<unknown>][]);
  const settingNames = withSettings
    ? [...settingFields.map(({ name }) => name), ...Object.keys(ALIASES)]
    : [];
  const takesValue = (name: string) =>
    settingNames.includes(name) || own.get(name)?.placeholder !== undefined;
  const options = Object.fromEntries(
    [...settingNames, ...own.keys()].map((name) => [
      name,
      { type: takesValue(name) ? 'string' : 'boolean' } as const,
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const settings: [string, string][] = [];
  const texts = new Map<string, string[]>();
  const issues: LinkIssue[] = [];
  const allowed = 'only what --help lists';
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      issues.push({ field: 'argument', value: token.value, allowed });
      continue;
    }
    const { name, rawName, value = '' } = token;
    if (!rawName.startsWith('--') || !Object.hasOwn(options, name)) {
      issues.push({ field: 'argument', value: rawName, allowed });
    } else if (!takesValue(name) && value) {
      issues.push({ field: name, value, allowed: own.get(name)!.allowed });
    } else if (settingNames.includes(name)) settings.push([ALIASES[name] ?? name, value]);
    else texts.set(name, [...(texts.get(name) ?? []), value]);
  }
  const values = Object.fromEntries(
    [...own].map(([name, flag]) => [name, readFlag(name, flag, texts.get(name) ?? [], issues)]),
  ) as Values;
  return { values, settings, issues };
}

function readFlag<Value>(
  field: string,
  { placeholder, initial, read, allowed }: Flag<Value>,
  texts: readonly string[],
  issues: LinkIssue[],
): Value {
  if (texts.length === 0) return initial;
  if (texts.length > 1 && placeholder !== undefined) {
    issues.push({ field, value: texts.join('" and "'), allowed: 'one value, given once' });
    return initial;
  }
  const value = read(texts[0]);
  if (value === undefined) issues.push({ field, value: texts[0], allowed });
  return value ?? initial;
}

/** Issues for people, one a line, each flag as it is typed. */
export function describeIssues(issues: readonly LinkIssue[], command: string): string {
  const lines = issues.map(({ field, ...issue }) =>
    describeIssue({ ...issue, field: field === 'argument' ? field : `--${field}` }),
  );
  return [...lines, `See ${command} --help`].join('\n');
}

/** The flags in two columns: the settings first, where they are flags as well. */
export function describeFlags<Values>(flags: Flags<Values>, withSettings = false): string {
  const placeholders = { number: 'N', list: 'A,B', choice: 'NAME' };
  const settings = settingFields.map(({ name, kind, help, allowed }) => [
    `--${name} ${placeholders[kind]}`,
    `${help} Expected: ${allowed}.`,
  ]);
  const aliases = Object.entries(ALIASES).map(([alias, name]) => [
    `--${alias} NAME`,
    `Another name for --${name}.`,
  ]);
  const own = (Object.entries(flags) as [string, Flag<unknown>][]).map(
    ([name, { placeholder, help }]) => [`--${name}${placeholder ? ` ${placeholder}` : ''}`, help],
  );
  const rows = [...(withSettings ? [...settings, ...aliases] : []), ...own];
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`).join('\n');
}

/** Runs a command until SIGINT or SIGTERM, which abort its signal. */
export async function untilInterrupted<Result>(
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController();
  const stop = () => abort.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await run(abort.signal);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** The exit status of a command that was interrupted. */
export const INTERRUPTED = 130;

/** npm runs scripts in the project's folder; paths are meant from where the user is. */
export const userFolder = (): string => process.env.INIT_CWD ?? process.cwd();
