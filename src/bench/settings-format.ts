import { defaultSettings } from './defaults';
import { fields, problemFields, windowField } from './fields';
import { isWindowed } from './masks';
import { customPreset } from './presets';
import type { Settings } from './settings-types';

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
  return fields
    .filter(({ key }) => !leftOut.has(key) && differs(key))
    .map(({ name, key }) => [name, String(settings[key])]);
}

/** What parsing assumes for each setting when it is left out. */
function usualValues({ heads, queryLength, headSize }: Settings): Settings {
  return { ...defaultSettings, kvHeads: heads, keyLength: queryLength, valueSize: headSize };
}
