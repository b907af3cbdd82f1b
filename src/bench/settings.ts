import { parseInteger } from '../numeric/parse';
import { implementations } from './implementations';
import { maskChoices, isWindowed, windowedMasks } from './masks';
import { customPreset, presets, findPreset } from './presets';
import type { Settings, MaskName } from './settings-types';

interface FieldBase {
  /** The key in the URL hash, and the flag on the command line without its dashes. */
  readonly name: string;
  readonly key: keyof Settings;
  readonly label: string;
  /** One sentence for people. */
  readonly help: string;
}

/** A whole number within a range, ends included. */
export interface NumberSetting extends FieldBase {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
}

/** One of several words. */
export interface ChoiceSetting extends FieldBase {
  readonly kind: 'choice';
  readonly choices: readonly FieldChoice[];
}

/** Some of several words, in an order; at least one, none twice. */
export interface ListSetting extends FieldBase {
  readonly kind: 'list';
  readonly choices: readonly FieldChoice[];
}

interface FieldChoice {
  readonly value: string;
  readonly label: string;
}

export type SettingField = NumberSetting | ChoiceSetting | ListSetting;
type SettingValue = number | string | readonly string[];

/** The extents of a custom problem, in the order of (B, H, G, S, L, D, E). */
export const shapeFields: readonly NumberSetting[] = [
  whole('batch', 'batch', 'Batch', 'Independent sequences.', 1, 65536),
  whole('heads', 'heads', 'Heads', 'Query heads.', 1, 4096),
  whole(
    'kv-heads',
    'kvHeads',
    'Key/value heads',
    'Heads of keys and values: a divisor of the query heads; the same number when left out.',
    1,
    4096,
  ),
  whole('queries', 'queryLength', 'Queries', 'Queries in a sequence.', 1, 1048576),
  whole(
    'keys',
    'keyLength',
    'Keys',
    'Keys in a sequence; as many as queries when left out.',
    1,
    1048576,
  ),
  whole('head-dim', 'headSize', 'Head size', 'Values in a query and in a key.', 1, 256),
  whole(
    'value-dim',
    'valueSize',
    'Value size',
    'Values in a value row; the head size when left out.',
    1,
    256,
  ),
];

export const maskField = choice(
  'mask',
  'mask',
  'Mask',
  'Which keys a query may attend to.',
  maskChoices,
);

/** Counts only beside a mask that has a width. */
export const windowField = whole(
  'window',
  'window',
  'Window',
  'Keys that a query sees to its left, and under the mask window as many to its right.',
  0,
  1048576,
);

/** What a preset brings with it: spelled out, these make a case of their own. */
export const problemFields: readonly SettingField[] = [...shapeFields, maskField, windowField];

export const presetField = choice('preset', 'preset', 'Preset', 'What to measure.', [
  ...presets.map(({ name, label }) => ({ value: name, label })),
  { value: customPreset, label: 'Custom shape' },
]);

/** Every setting there is, in the order that people meet them. */
export const settingFields: readonly SettingField[] = [
  presetField,
  ...problemFields,
  choice('dtype', 'dtype', 'Type', 'Type of the stored numbers.', [
    { value: 'f32', label: 'float32' },
    { value: 'f16', label: 'float16' },
  ]),
  whole('seed', 'seed', 'Seed', 'Seed of the random inputs.', 0, 4294967295),
  choice('distribution', 'distribution', 'Distribution', 'Distribution of the random inputs.', [
    { value: 'normal', label: 'normal' },
    { value: 'uniform', label: 'uniform' },
  ]),
  {
    kind: 'list',
    name: 'contestants',
    key: 'contestants',
    label: 'Contestants',
    help: 'What to compare, in the order to show it.',
    choices: implementations.map(({ name }) => ({ value: name, label: name })),
  },
  whole('budget', 'budget', 'Time budget', 'Seconds that the whole run should take.', 1, 86400),
];

export function findSettingField(name: string): SettingField | undefined {
  return settingFields.find((field) => field.name === name);
}

/** The value that a text stands for, or undefined when the field does not allow it. */
export function parseSetting(field: SettingField, text: string): SettingValue | undefined {
  if (field.kind === 'number') return parseInteger(text, field.min, field.max);
  const known = (word: string) => field.choices.some(({ value }) => value === word);
  if (field.kind === 'choice') return known(text) ? text : undefined;
  const words = text.split(',');
  return words.every(known) && new Set(words).size === words.length ? words : undefined;
}

/** What a field allows, as the end of a sentence that begins "expected". */
export function describeAllowed(field: SettingField): string {
  if (field.kind === 'number') return `a whole number from ${field.min} to ${field.max}`;
  const words = field.choices.map(({ value }) => value).join(', ');
  if (field.kind === 'choice') return field.choices.length === 1 ? words : `one of ${words}`;
  return `one or more of ${words}, each once, separated by commas`;
}

function whole(
  name: string,
  key: keyof Settings,
  label: string,
  help: string,
  min: number,
  max: number,
): NumberSetting {
  return { kind: 'number', name, key, label, help, min, max };
}

function choice(
  name: string,
  key: keyof Settings,
  label: string,
  help: string,
  choices: readonly FieldChoice[],
): ChoiceSetting {
  return { kind: 'choice', name, key, label, help, choices };
}

/** What is measured when nothing is asked for. */
export const defaultSettings: Settings = {
  preset: 'suite',
  batch: 1,
  heads: 8,
  kvHeads: 8,
  queryLength: 1024,
  keyLength: 1024,
  headSize: 64,
  valueSize: 64,
  mask: 'none',
  window: 256,
  dtype: 'f32',
  seed: 1,
  distribution: 'normal',
  contestants: implementations.map(({ name }) => name),
  budget: 60,
};

/** Why one setting was not taken as given. */
export interface SettingIssue {
  readonly field: string;
  readonly value: string;
  /** What would have been right, as the end of a sentence that begins "expected". */
  readonly allowed: string;
}

/** In a URL, the key that starts the run at once: an instruction to the page, not a setting. */
export const runKey = 'run';

/** Texts to settings, for URL, command line and controls alike. What is wrong keeps its default. */
export function parseSettings(entries: Iterable<readonly [name: string, value: string]>): {
  settings: Settings;
  problems: SettingIssue[];
} {
  const { given, problems } = gather(entries);
  const values = new Map<string, SettingValue>();
  for (const [name, value] of given) {
    const field = findSettingField(name)!;
    const read = parseSetting(field, value);
    if (read === undefined) problems.push({ field: name, value, allowed: describeAllowed(field) });
    else values.set(field.key, read);
  }
  const spelled = problemFields.filter(({ name }) => given.has(name));
  const preset =
    (values.get('preset') as string | undefined) ??
    (spelled.length ? customPreset : defaultSettings.preset);
  values.set('preset', preset);
  if (preset === customPreset) {
    problems.push(...completeShape(values, given), ...settleWindow(values, given));
  } else {
    if (spelled.length) problems.push(conflict(preset, spelled));
    for (const { key } of spelled) values.delete(key);
    fillFrom(preset, values);
  }
  return { settings: { ...defaultSettings, ...Object.fromEntries(values) }, problems };
}

/** One sentence for people. */
export function describeIssue({ field, value, allowed }: SettingIssue): string {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return `${field}: "${shown}" is not allowed; expected ${allowed}.`;
}

/** Each known field with its one text; everything else is a problem. */
function gather(entries: Iterable<readonly [string, string]>) {
  const problems: SettingIssue[] = [];
  const texts = new Map<string, string[]>();
  for (const [name, value] of entries) {
    if (name === runKey) continue;
    if (findSettingField(name)) texts.set(name, [...(texts.get(name) ?? []), value]);
    else problems.push({ field: name, value, allowed: `one of the settings ${fieldNames}` });
  }
  const given = new Map<string, string>();
  for (const [field, all] of texts) {
    if (all.length === 1) given.set(field, all[0]);
    else problems.push({ field, value: all.join('" and "'), allowed: 'one value, given once' });
  }
  return { given, problems };
}

const fieldNames = settingFields.map(({ name }) => name).join(', ');

function conflict(preset: string, spelled: readonly { name: string }[]): SettingIssue {
  const names = spelled.map(({ name }) => name).join(', ');
  const allowed = `${customPreset} beside ${names}, for any other preset has its own`;
  return { field: presetField.name, value: preset, allowed };
}

/** A preset of one case is a shape by name; a suite leaves the shape at its default. */
function fillFrom(preset: string, values: Map<string, SettingValue>): void {
  const cases = findPreset(preset)?.cases ?? [];
  if (cases.length !== 1) return;
  const { shape, ...rest } = cases[0];
  for (const [key, value] of Object.entries({ ...shape, ...rest })) values.set(key, value);
}

/** What is left out follows what was given; key/value heads must share out the query heads. */
function completeShape(values: Map<string, SettingValue>, given: Map<string, string>) {
  const follow = (key: keyof Settings, leader: keyof Settings) => {
    if (!values.has(leader)) values.set(leader, defaultSettings[leader]);
    if (!values.has(key)) values.set(key, values.get(leader)!);
  };
  // A bad number of heads is one mistake, not two.
  const headsKnown = !given.has('heads') || values.has('heads');
  follow('kvHeads', 'heads');
  follow('keyLength', 'queryLength');
  follow('valueSize', 'headSize');
  const problems: SettingIssue[] = [];
  const heads = Number(values.get('heads'));
  if (heads % Number(values.get('kvHeads')) === 0) return problems;
  values.set('kvHeads', heads);
  if (headsKnown) {
    const allowed = `a divisor of heads, which is ${heads}`;
    problems.push({ field: 'kv-heads', value: given.get('kv-heads') ?? '', allowed });
  }
  return problems;
}

/** A width that no mask uses would promise what is not measured. */
function settleWindow(values: Map<string, SettingValue>, given: Map<string, string>) {
  const mask = (values.get(maskField.key) ?? defaultSettings.mask) as MaskName;
  if (isWindowed(mask) || !values.delete(windowField.key)) return [];
  // A mask that was not understood is one mistake, not two.
  if (given.has(maskField.name) && !values.has(maskField.key)) return [];
  const { name } = windowField;
  const allowed = `${maskField.name} to be ${windowedMasks.join(' or ')} beside it`;
  return [{ field: name, value: given.get(name) ?? '', allowed }];
}

/** The fewest texts that `parseSettings` turns into these settings again. */
export function formatSettings(settings: Settings): [string, string][] {
  const usual = usualValues(settings);
  const differs = (key: keyof Settings) => String(settings[key]) !== String(usual[key]);
  const custom = settings.preset === customPreset;
  // A preset brings its shape and mask; and a shape by itself already means a custom one.
  const leftOut = new Set<keyof Settings>(custom ? [] : problemFields.map(({ key }) => key));
  if (!isWindowed(settings.mask)) leftOut.add(windowField.key);
  if (custom && problemFields.some(({ key }) => !leftOut.has(key) && differs(key))) {
    leftOut.add('preset');
  }
  return settingFields
    .filter(({ key }) => !leftOut.has(key) && differs(key))
    .map(({ name, key }) => [name, String(settings[key])]);
}

/** What parsing assumes for each setting when it is left out. */
function usualValues({ heads, queryLength, headSize }: Settings): Settings {
  return { ...defaultSettings, kvHeads: heads, keyLength: queryLength, valueSize: headSize };
}

/** Settings: what they are, their defaults, and how to read and write them. */
export type * from './settings-types';
