import { html } from 'lit';
import { customPreset } from '../../../../bench/presets';
import { defaultSettings, type Settings, settingsCodec } from '../../../../bench/settings';
import { formatAddress } from '../../../../ui/address';
import { formatFixed } from '../../../../ui/format-number';

/** One word that asks over so many that answer, in one head: what dilution is computed with, as a benchmark. */
export const oneQuerySettings = (words: number): Settings => ({
  ...defaultSettings,
  preset: customPreset,
  heads: 1,
  kvHeads: 1,
  queryLength: 1,
  keyLength: words,
});

/** Every word asks all: so many squared scores. */
export const allQueriesSettings = (words: number): Settings => ({
  ...oneQuerySettings(words),
  queryLength: words,
});

/** The address of the benchmark with these settings. */
export const benchmarkLink = (settings: Settings): string =>
  formatAddress({
    page: 'benchmark',
    document: settingsCodec.text(settingsCodec.format(settings)),
  });

/** Larger ones take a slow machine minutes, all against all. */
const MAX_QUERIES = 16_384;

/** On to the benchmark, at that size. */
export function renderBenchmarkLinks(words: number) {
  const all = Math.min(words, MAX_QUERIES);
  return html`
    <div class="prose">
      <p>
        One word that asks over ${formatFixed(words, 0)} is ${formatFixed(words, 0)} scores. A model
        has every word ask, in many heads at once: among ${formatFixed(all, 0)} words that is
        ${formatFixed(all * all, 0)} scores a head. How long does that take your machine?
      </p>
      <p>
        <a id="to-benchmark" href=${benchmarkLink(allQueriesSettings(all))}
          >Measure ${formatFixed(all, 0)} × ${formatFixed(all, 0)} in the benchmark</a
        >, or
        <a id="to-benchmark-one" href=${benchmarkLink(oneQuerySettings(words))}
          >one query over ${formatFixed(words, 0)} keys</a
        >.
      </p>
    </div>
  `;
}
