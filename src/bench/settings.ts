/** Settings: what they are, their defaults, and how to read and write them. */
export type * from './settings-types';
export { defaultSettings } from './defaults';
export { formatSettings } from './settings-format';
export { describeProblem, parseSettings, runKey, type SettingProblem } from './settings-parse';
