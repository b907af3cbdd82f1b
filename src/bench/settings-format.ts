import { defaultSettings } from './defaults';
import { fields, maskField, shapeFields } from './fields';
import { customPreset } from './presets';
import type { Settings } from './settings-types';

/** The fewest texts that `parseSettings` turns into these settings again. */
export function formatSettings(settings: Settings): [string, string][] {
  const usual = usualValues(settings);
  const differs = (key: keyof Settings) => String(settings[key]) !== String(usual[key]);
  const custom = settings.preset === customPreset;
  const spelled = [...shapeFields, maskField];
  // A preset brings its shape and mask; and a shape by itself already means a custom one.
  const leftOut = new Set<keyof Settings>(custom ? [] : spelled.map(({ key }) => key));
  if (custom && spelled.some(({ key }) => differs(key))) leftOut.add('preset');
  return fields
    .filter(({ key }) => !leftOut.has(key) && differs(key))
    .map(({ name, key }) => [name, String(settings[key])]);
}

/** What parsing assumes for each setting when it is left out. */
function usualValues({ heads, queryLength, headSize }: Settings): Settings {
  return { ...defaultSettings, kvHeads: heads, keyLength: queryLength, valueSize: headSize };
}
