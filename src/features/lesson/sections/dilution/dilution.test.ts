import { describe, expect, it } from 'vitest';
import { customPreset } from '../../../../bench/presets';
import { defaultSettings, settingsCodec } from '../../../../bench/settings';
import { readAddress } from '../../../../ui/address';
import { deckDilution } from '../../model/dilution';
import { describeDilution } from './dilution-chart';
import { benchmarkLink } from './index';

describe('dilution', () => {
  it.each([
    [6, '53 % of the weight (0.534)'],
    [64, '7.2 % of the weight (0.072)'],
    [1024, '0.47 % of the weight (0.00471)'],
  ])('%d words leave %s', (words, text) => {
    expect(describeDilution(words, deckDilution, 'they')).toContain(text);
  });

  it('leads to the benchmark at that size', () => {
    for (const [queryLength, keyLength] of [
      [1024, 1024],
      [1, 65_536],
      [6, 6],
    ]) {
      const { page, document } = readAddress(benchmarkLink(queryLength, keyLength));
      expect(page).toBe('benchmark');
      const read = settingsCodec.parse(new URLSearchParams(document));
      expect(read.issues).toEqual([]);
      const sizes = { heads: 1, kvHeads: 1, queryLength, keyLength };
      expect(read.state).toEqual({ ...defaultSettings, preset: customPreset, ...sizes });
    }
  });
});
