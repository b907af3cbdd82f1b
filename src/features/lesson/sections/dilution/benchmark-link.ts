import { html } from 'lit';
import { customPreset } from '../../../../bench/presets';
import { defaultSettings, type Settings, settingsCodec } from '../../../../bench/settings';
import { formatAddress } from '../../../../ui/address';
import { formatFixed } from '../../../../numeric/format';

/** One query over `words` keys, in one head: the problem that dilution is computed with. */
export const oneQuerySettings = (words: number): Settings => ({
  ...defaultSettings,
  preset: customPreset,
  heads: 1,
  kvHeads: 1,
  queryLength: 1,
  keyLength: words,
});

/** Every word a query over all: words² scores. */
export const allQueriesSettings = (words: number): Settings => ({
  ...oneQuerySettings(words),
  queryLength: words,
});

export const benchmarkLink = (settings: Settings): string =>
  formatAddress({
    page: 'benchmark',
    document: settingsCodec.text(settingsCodec.format(settings)),
  });

/** More queries take a slow machine minutes. */
const MAX_QUERIES = 16_384;

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
