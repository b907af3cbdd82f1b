import {
  formatSettings,
  parseSettings,
  runKey,
  type SettingIssue,
  type Settings,
} from '../../../bench/settings';
import { readAddress, writeAddress } from '../../../ui/address';

/** What a link to the page says: the hash is the document. */
export interface BenchmarkLink {
  readonly settings: Settings;
  /** What the link asks for and cannot have; everything else in it counts. */
  readonly problems: readonly SettingIssue[];
  /** Whether the run should start at once. */
  readonly run: boolean;
}

export function parseBenchmarkLink(hash: string): BenchmarkLink {
  const entries = new URLSearchParams(readAddress(hash).document);
  return { ...parseSettings(entries), run: entries.get(runKey) === '1' };
}

/** Makes the address bar say these settings. */
export function writeBenchmarkLink(settings: Settings) {
  const text = new URLSearchParams(formatSettings(settings)).toString().replaceAll('%2C', ',');
  writeAddress({ page: 'benchmark', document: text });
}
