import { defaultSettings } from './defaults';
import {
  allowedBy,
  fields,
  findField,
  maskField,
  presetField,
  problemFields,
  readField,
  windowField,
  type FieldValue,
} from './fields';
import { isWindowed, windowedMasks } from './masks';
import { customPreset, findPreset } from './presets';
import type { MaskName, Settings } from './settings-types';

/** Why one setting was not taken as given. */
export interface SettingProblem {
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
  problems: SettingProblem[];
} {
  const { given, problems } = gather(entries);
  const values = new Map<string, FieldValue>();
  for (const [name, value] of given) {
    const field = findField(name)!;
    const read = readField(field, value);
    if (read === undefined) problems.push({ field: name, value, allowed: allowedBy(field) });
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
export function describeProblem({ field, value, allowed }: SettingProblem): string {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return `${field}: "${shown}" is not allowed; expected ${allowed}.`;
}

/** Each known field with its one text; everything else is a problem. */
function gather(entries: Iterable<readonly [string, string]>) {
  const problems: SettingProblem[] = [];
  const texts = new Map<string, string[]>();
  for (const [name, value] of entries) {
    if (name === runKey) continue;
    if (findField(name)) texts.set(name, [...(texts.get(name) ?? []), value]);
    else problems.push({ field: name, value, allowed: `one of the settings ${fieldNames}` });
  }
  const given = new Map<string, string>();
  for (const [field, all] of texts) {
    if (all.length === 1) given.set(field, all[0]);
    else problems.push({ field, value: all.join('" and "'), allowed: 'one value, given once' });
  }
  return { given, problems };
}

const fieldNames = fields.map(({ name }) => name).join(', ');

function conflict(preset: string, spelled: readonly { name: string }[]): SettingProblem {
  const names = spelled.map(({ name }) => name).join(', ');
  const allowed = `${customPreset} beside ${names}, for any other preset has its own`;
  return { field: presetField.name, value: preset, allowed };
}

/** A preset of one case is a shape by name; a suite leaves the shape at its default. */
function fillFrom(preset: string, values: Map<string, FieldValue>): void {
  const cases = findPreset(preset)?.cases ?? [];
  if (cases.length !== 1) return;
  const { shape, ...rest } = cases[0];
  for (const [key, value] of Object.entries({ ...shape, ...rest })) values.set(key, value);
}

/** What is left out follows what was given; key/value heads must share out the query heads. */
function completeShape(values: Map<string, FieldValue>, given: Map<string, string>) {
  const follow = (key: keyof Settings, leader: keyof Settings) => {
    if (!values.has(leader)) values.set(leader, defaultSettings[leader]);
    if (!values.has(key)) values.set(key, values.get(leader)!);
  };
  // A bad number of heads is one mistake, not two.
  const headsKnown = !given.has('heads') || values.has('heads');
  follow('kvHeads', 'heads');
  follow('keyLength', 'queryLength');
  follow('valueSize', 'headSize');
  const problems: SettingProblem[] = [];
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
function settleWindow(values: Map<string, FieldValue>, given: Map<string, string>) {
  const mask = (values.get(maskField.key) ?? defaultSettings.mask) as MaskName;
  if (isWindowed(mask) || !values.delete(windowField.key)) return [];
  // A mask that was not understood is one mistake, not two.
  if (given.has(maskField.name) && !values.has(maskField.key)) return [];
  const { name } = windowField;
  const allowed = `${maskField.name} to be ${windowedMasks.join(' or ')} beside it`;
  return [{ field: name, value: given.get(name) ?? '', allowed }];
}
