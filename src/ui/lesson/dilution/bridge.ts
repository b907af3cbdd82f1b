import { html } from 'lit';
import { allQueries, benchmarkLink, oneQuery } from './benchmark-link';

/** Larger ones take a slow machine minutes, all against all. */
const MOST_ALL = 16_384;

/** On to the benchmark, at that size. */
export function renderBridge(words: number) {
  const all = Math.min(words, MOST_ALL);
  return html`
    <div class="prose">
      <p>
        One word that asks over ${words.toLocaleString('en-US')} is ${words.toLocaleString('en-US')}
        scores. A model has every word ask, in many heads at once: among
        ${all.toLocaleString('en-US')} words that is ${(all * all).toLocaleString('en-US')} scores a
        head. How long does that take your machine?
      </p>
      <p>
        <a id="to-benchmark" href=${benchmarkLink(allQueries(all))}
          >Measure ${all.toLocaleString('en-US')} × ${all.toLocaleString('en-US')} in the
          benchmark</a
        >, or
        <a id="to-benchmark-one" href=${benchmarkLink(oneQuery(words))}
          >one query over ${words.toLocaleString('en-US')} keys</a
        >.
      </p>
    </div>
  `;
}
