import { isWindowed } from '../../../bench/masks';
import { customPreset } from '../../../bench/presets';
import {
  settingFields,
  findSettingField,
  maskField,
  problemFields,
  parseSetting,
  windowField,
  type SettingField,
  parseSettings,
  type MaskName,
  type SettingIssue,
  type Settings,
} from '../../../bench/settings';

/** Settings being edited: what was last right, and the texts that are not, kept as typed. */
export interface FormState {
  readonly settings: Settings;
  /** Texts by field name, where they say something else than the settings. */
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly SettingIssue[];
}

export function formStateOf(settings: Settings): FormState {
  return { settings, texts: new Map(), problems: [] };
}

export function sameSettings(a: Settings, b: Settings): boolean {
  return settingFields.every(({ key }) => String(a[key]) === String(b[key]));
}

/** What a field shows. */
export function fieldText(draft: FormState, field: SettingField): string {
  return draft.texts.get(field.name) ?? String(draft.settings[field.key]);
}

/** A field's text changed: the draft that follows. Nothing typed is lost, and a mistake in one
 *  field holds up none of the others. */
export function editField(draft: FormState, name: string, text: string): FormState {
  const texts = new Map(settingFields.map((field) => [field.name, fieldText(draft, field)]));
  const spelled = problemFields.map((field) => field.name);
  texts.set(name, text);
  if (spelled.includes(name)) {
    texts.set('preset', customPreset);
    syncFollower(texts, draft.settings, name, text);
  }
  if (texts.get('preset') !== customPreset) for (const own of spelled) texts.delete(own);
  else if (!isWindowed(texts.get(maskField.name) as MaskName)) texts.delete(windowField.name);

  const { problems } = parseSettings(texts);
  const kept = new Map(problems.map(({ field }) => [field, texts.get(field)!]));
  // What is wrong falls back on what it was, not on a default.
  for (const field of kept.keys())
    texts.set(field, String(draft.settings[findSettingField(field)!.key]));
  return { settings: parseSettings(texts).settings, texts: kept, problems };
}

/** Fields that stay the same as another for as long as they are the same. */
const FOLLOWERS = new Map([
  ['heads', 'kv-heads'],
  ['queries', 'keys'],
  ['head-dim', 'value-dim'],
]);

function syncFollower(texts: Map<string, string>, before: Settings, leader: string, text: string) {
  const follower = FOLLOWERS.get(leader);
  const field = findSettingField(leader)!;
  if (!follower || parseSetting(field, text) === undefined) return;
  if (texts.get(follower) === String(before[field.key])) texts.set(follower, text);
}
