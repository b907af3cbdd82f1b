import { type LinkField, type LinkIssue, LinkCodec, fieldMakers } from '../numeric/url-state';
import type { Distribution } from '../numeric/random';
import type { Shape } from '../attention/layout';
import type { ElementType } from '../numeric/float16';
import { implementations } from './implementations';
import type { MaskName } from '../attention/modifiers/index';
import { isWindowed, maskChoices, windowedMasks } from './masks';
import { customPreset, findPreset, presets } from './presets';

/** Everything that defines a benchmark run: the same settings give the same run. */
export interface Settings extends Shape {
  /** A name from `presets.ts` (`suite`, `sweep`, a model's), or `custom`: then the shape below counts. */
  readonly preset: string;
  readonly mask: MaskName;
  /** Keys visible to the left of a query, and under the mask `window` to its right; other masks ignore it. */
  readonly window: number;
  /** How numbers are stored; arithmetic is float32 for either. */
  readonly dtype: ElementType;
  /** Seed of the random inputs: a whole number from 0 to 4294967295. */
  readonly seed: number;
  readonly distribution: Distribution;
  /** Names from `implementations.ts`, in the order in which results list them. */
  readonly contestants: readonly string[];
  /** Seconds that the whole run should take. A single case gets its minimum of samples even beyond it. */
  readonly budget: number;
}

interface SettingInfo extends LinkField<Settings> {
  readonly label: string;
  /** One sentence for people. */
  readonly help: string;
}

export interface NumberSetting extends SettingInfo {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
}

/** One of several words; of a list, one or more, in an order. */
export interface ChoiceSetting extends SettingInfo {
  readonly kind: 'choice' | 'list';
  readonly choices: readonly FieldChoice[];
}

export interface FieldChoice {
  readonly value: string;
  readonly label: string;
}

/** A setting: an entry of the link, a flag on the command line, and a control on the page. */
export type SettingField = NumberSetting | ChoiceSetting;

const make = fieldMakers<Settings>();

/** The extents of a custom problem, in the order of (B, H, G, S, L, D, E). */
export const shapeFields: readonly NumberSetting[] = [
  whole('batch', 'batch', 'Batch', 'Independent sequences.', 1, 65536),
  whole('heads', 'heads', 'Heads', 'Query heads.', 1, 4096),
  whole(
    'kv-heads',
    'kvHeads',
    'KV heads',
    'Key/value heads, a divisor of the query heads. Default: as many as query heads.',
    1,
    4096,
  ),
  whole('queries', 'queryLength', 'Queries', 'Queries per sequence.', 1, 1048576),
  whole('keys', 'keyLength', 'Keys', 'Keys per sequence. Default: as many as queries.', 1, 1048576),
  whole('head-dim', 'headSize', 'Head dim', 'Dimension of queries and keys (d_k).', 1, 256),
  whole(
    'value-dim',
    'valueSize',
    'Value dim',
    'Dimension of values (d_v). Default: the head dim.',
    1,
    256,
  ),
];

const maskField = choice('mask', 'mask', 'Mask', 'Which keys a query may attend to.', maskChoices);

/** Counts only beside a mask that has a width. */
export const windowField = whole(
  'window',
  'window',
  'Window',
  'Keys visible to the left of a query; under the mask window, as many to its right.',
  0,
  1048576,
);

/** What a preset brings with it: given explicitly, these make a custom case. */
const problemFields: readonly SettingField[] = [...shapeFields, maskField, windowField];

const presetField = choice('preset', 'preset', 'Preset', 'What to measure.', [
  ...presets.map(({ name, label }) => ({ value: name, label })),
  { value: customPreset, label: 'Custom shape' },
]);

/** Every setting, in the order of the page and of `--help`. */
export const settingFields: readonly SettingField[] = [
  presetField,
  ...problemFields,
  choice('dtype', 'dtype', 'dtype', 'Storage type of the tensors.', [
    { value: 'f32', label: 'float32' },
    { value: 'f16', label: 'float16' },
  ]),
  whole('seed', 'seed', 'Seed', 'Seed of the random inputs.', 0, 4294967295),
  choice('distribution', 'distribution', 'Distribution', 'Distribution of the random inputs.', [
    { value: 'normal', label: 'normal' },
    { value: 'uniform', label: 'uniform' },
  ]),
  implementationList(),
  whole('budget', 'budget', 'Time budget (s)', 'Target duration of the whole run.', 1, 86400),
];

function whole(
  name: string,
  key: Parameters<typeof make.whole>[1],
  label: string,
  help: string,
  min: number,
  max: number,
): NumberSetting {
  return { ...make.whole(name, key, min, max), kind: 'number', label, help, min, max };
}

function choice(
  name: string,
  key: 'preset' | 'mask' | 'dtype' | 'distribution',
  label: string,
  help: string,
  choices: readonly FieldChoice[],
): ChoiceSetting {
  const words = choices.map(({ value }) => value) as never[];
  return { ...make.choice(name, key, words), kind: 'choice', label, help, choices };
}

function implementationList(): ChoiceSetting {
  const names = implementations.map(({ name }) => name);
  const field = make.field({
    name: 'contestants',
    key: 'contestants',
    read(text) {
      const words = text.split(',');
      const isAllowed = words.every((word) => names.includes(word));
      return isAllowed && new Set(words).size === words.length ? words : undefined;
    },
    write: String,
    allowed: `one or more of ${names.join(', ')}, each once, separated by commas`,
  });
  return {
    ...field,
    kind: 'list',
    label: 'Implementations',
    help: 'Implementations to compare, in the order to list them.',
    choices: names.map((name) => ({ value: name, label: name })),
  };
}

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

/** The entry of a link that starts the run at once: an instruction to the page, not a setting. */
export const runKey = 'run';

/** Settings as link entries, which are also the flags of the command line. */
export const settingsCodec = new LinkCodec<Settings>({
  fields: settingFields,
  defaults: defaultSettings,
  noun: 'settings',
  ignores: (name) => name === runKey,
  plain: ',',
  settle(values, start, given, issues) {
    const explicit = problemFields.filter(({ name }) => given.has(name));
    const preset = values.preset ?? (explicit.length ? customPreset : start.preset);
    if (preset === customPreset) return completeCase({ ...values, preset }, start, given, issues);
    if (explicit.length) {
      const names = explicit.map(({ name }) => name).join(', ');
      const allowed = `${customPreset} beside ${names}: every other preset defines them itself`;
      issues.push({ field: presetField.name, value: preset, allowed });
    }
    const others = { ...values };
    for (const { key } of explicit) delete others[key];
    return { ...start, ...others, preset, ...onlyCaseOf(preset) };
  },
  assumed: (state) => ({ ...defaultSettings, ...followersOf(state) }),
  omitted(state, assumed) {
    const isCustom = state.preset === customPreset;
    const keys = new Set<keyof Settings>(isCustom ? [] : problemFields.map(({ key }) => key));
    if (!isWindowed(state.mask)) keys.add(windowField.key);
    // An explicit shape already implies the custom preset.
    const isExplicit = problemFields.some(
      ({ key }) => !keys.has(key) && state[key] !== assumed[key],
    );
    if (isCustom && isExplicit) keys.add('preset');
    return keys;
  },
});

/** The shape and mask of a preset of one case; a suite leaves them at their defaults. */
function onlyCaseOf(preset: string): Partial<Settings> {
  const cases = findPreset(preset)?.cases ?? [];
  if (cases.length !== 1) return {};
  const { shape, ...rest } = cases[0];
  return { ...shape, ...rest };
}

/** The extents that equal another one by default. */
const followersOf = ({ heads, queryLength, headSize }: Shape) => ({
  kvHeads: heads,
  keyLength: queryLength,
  valueSize: headSize,
});

/** Defaults that depend on other values, and the checks that involve two of them. */
function completeCase(
  values: Partial<Settings>,
  start: Settings,
  given: ReadonlyMap<string, string>,
  issues: LinkIssue[],
): Settings {
  let settings: Settings = { ...start, ...values };
  settings = { ...settings, ...followersOf(settings), ...values };
  const { heads } = settings;
  // An entry that depends on another one that was not understood is not reported: that is one mistake.
  const isKnown = (name: string, key: keyof Settings) =>
    !given.has(name) || values[key] !== undefined;
  if (heads % settings.kvHeads !== 0) {
    settings = { ...settings, kvHeads: heads };
    if (isKnown('heads', 'heads')) {
      const allowed = `a divisor of heads, which is ${heads}`;
      issues.push({ field: 'kv-heads', value: given.get('kv-heads') ?? '', allowed });
    }
  }
  if (values.window !== undefined && !isWindowed(settings.mask)) {
    settings = { ...settings, window: start.window };
    if (isKnown(maskField.name, 'mask')) {
      const allowed = `${maskField.name} to be ${windowedMasks.join(' or ')} beside it`;
      issues.push({ field: windowField.name, value: given.get(windowField.name)!, allowed });
    }
  }
  return settings;
}

export function sameSettings(a: Settings, b: Settings): boolean {
  return settingFields.every(({ key }) => String(a[key]) === String(b[key]));
}

/** Settings being edited in a form: the last valid values, and invalid texts as typed. */
export interface FormState {
  readonly settings: Settings;
  readonly texts: ReadonlyMap<string, string>;
  readonly issues: readonly LinkIssue[];
}

export function formStateOf(settings: Settings): FormState {
  return { settings, texts: new Map(), issues: [] };
}

export function fieldText(form: FormState, field: SettingField): string {
  return form.texts.get(field.name) ?? String(form.settings[field.key]);
}

/** Fields that stay equal to another for as long as they are equal. */
const FOLLOWERS = new Map([
  ['heads', 'kv-heads'],
  ['queries', 'keys'],
  ['head-dim', 'value-dim'],
]);

/** The form after one field's text was edited. An invalid text is kept, and its setting keeps its last valid value. */
export function editField(form: FormState, name: string, text: string): FormState {
  const before = form.settings;
  const texts = new Map(settingFields.map((field) => [field.name, fieldText(form, field)]));
  texts.set(name, text);
  if (problemFields.some((field) => field.name === name)) {
    texts.set(presetField.name, customPreset);
    const { key, read } = settingsCodec.findField(name)!;
    const follower = FOLLOWERS.get(name);
    if (follower && texts.get(follower) === String(before[key]) && read(text) !== undefined) {
      texts.set(follower, text);
    }
  }
  if (texts.get(presetField.name) !== customPreset) {
    for (const field of problemFields) texts.delete(field.name);
  } else if (!isWindowed(texts.get(maskField.name) as MaskName)) texts.delete(windowField.name);

  const { state, issues } = settingsCodec.parse(texts);
  const invalid = new Map(issues.map(({ field }) => [field, texts.get(field)!]));
  const kept = [...invalid.keys()].map((field) => {
    const { key } = settingsCodec.findField(field)!;
    return [key, before[key]] as const;
  });
  const settings = { ...state, ...Object.fromEntries(kept) };
  const { heads } = settings;
  // Where heads are invalid, parsing checked the KV heads against the default instead of the last valid number.
  const kvHeads = invalid.has('kv-heads') ? before.kvHeads : Number(texts.get('kv-heads'));
  const isCustom = settings.preset === customPreset;
  return {
    settings: isCustom
      ? { ...settings, kvHeads: heads % kvHeads === 0 ? kvHeads : heads }
      : settings,
    texts: invalid,
    issues,
  };
}
