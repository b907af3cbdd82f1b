import { describe, expect, it } from 'vitest';
import { settingsCodec } from '../../../../bench/settings';
import { readAddress } from '../../../../ui/address';
import { deckDilution } from '../../model/dilution';
import { allQueriesSettings, benchmarkLink, oneQuerySettings } from './benchmark-link';
import { describeDilution } from './dilution-chart';

describe('dilution', () => {
  it.each([
    [6, '53 % of the weight (0.534)'],
    [64, '7.2 % of the weight (0.072)'],
    [1024, '0.47 % of the weight (0.00471)'],
  ])('%d words leave %s', (words, text) => {
    expect(describeDilution(words, deckDilution, 'they')).toContain(text);
  });

  it('leads to the benchmark at that size', () => {
    for (const settings of [
      allQueriesSettings(1024),
      oneQuerySettings(65_536),
      allQueriesSettings(6),
    ]) {
      const { page, document } = readAddress(benchmarkLink(settings));
      expect(page).toBe('benchmark');
      const read = settingsCodec.parse(new URLSearchParams(document));
      expect(read.issues).toEqual([]);
      expect(read.state).toEqual(settings);
    }
  });
});
