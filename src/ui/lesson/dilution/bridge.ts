import { html } from 'lit';
import { digits } from '../digits';
import { allQueries, benchmarkLink, oneQuery } from './benchmark-link';

/** Larger ones take a slow machine minutes, all against all. */
const MOST_ALL = 16_384;

/** On to the benchmark, at that size. */
export function renderBridge(words: number) {
  const all = Math.min(words, MOST_ALL);
  return html`
    <div class="prose">
      <p>
        One word that asks over ${digits(words, 0)} is ${digits(words, 0)} scores. A model has every
        word ask, in many heads at once: among ${digits(all, 0)} words that is
        ${digits(all * all, 0)} scores a head. How long does that take your machine?
      </p>
      <p>
        <a id="to-benchmark" href=${benchmarkLink(allQueries(all))}
          >Measure ${digits(all, 0)} × ${digits(all, 0)} in the benchmark</a
        >, or
        <a id="to-benchmark-one" href=${benchmarkLink(oneQuery(words))}
          >one query over ${digits(words, 0)} keys</a
        >.
      </p>
    </div>
  `;
}
