import { defaultSettings, formatSettings, type Settings } from '../../../bench/settings';
import { customPreset } from '../../../bench/presets';
import { formatAddress } from '../../address';

/** One word that asks over so many that answer, in one head: what dilution is computed with, as a benchmark. */
export const oneQuery = (words: number): Settings => ({
  ...defaultSettings,
  preset: customPreset,
  heads: 1,
  kvHeads: 1,
  queryLength: 1,
  keyLength: words,
});

/** Every word asks all: so many squared scores. */
export const allQueries = (words: number): Settings => ({
  ...oneQuery(words),
  queryLength: words,
});

/** The address of the benchmark with these settings. */
export const benchmarkLink = (settings: Settings): string =>
  formatAddress({
    page: 'benchmark',
    document: new URLSearchParams(formatSettings(settings)).toString(),
  });
