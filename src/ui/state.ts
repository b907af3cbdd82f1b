import {
  formatSettings,
  parseSettings,
  runKey,
  type SettingProblem,
  type Settings,
} from '../bench/settings';
import { readAddress, writeAddress } from './address';

/** What a link to the page says: the hash is the document. */
export interface Link {
  readonly settings: Settings;
  /** What the link asks for and cannot have; everything else in it counts. */
  readonly problems: readonly SettingProblem[];
  /** Whether the run should start at once. */
  readonly run: boolean;
}

export function readLink(hash: string): Link {
  const entries = new URLSearchParams(readAddress(hash).document);
  return { ...parseSettings(entries), run: entries.get(runKey) === '1' };
}

/** Makes the address bar say these settings. */
export function writeLink(settings: Settings) {
  const text = new URLSearchParams(formatSettings(settings)).toString().replaceAll('%2C', ',');
  writeAddress({ page: 'benchmark', document: text });
}
