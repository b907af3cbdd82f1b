import { greatest } from 'd3-array';
import { css, html } from 'lit';
import { formatFixed } from '../../../../numeric/format';
import { texDigits } from '../../parts/arithmetic';
import { span } from '../../parts/track';
import type { WordSimilarity } from './vectors';
import { norm, type Vector } from '../../model/matrix';

export const embeddingStyles = css`
  .highlighted {
    outline: 2px solid var(--accent);
    outline-offset: var(--space-2);
  }

  .cosines .axis,
  .cosines button {
    display: grid;
    grid-template-columns: 6rem minmax(4rem, 1fr) 3.5rem;
    gap: var(--space-2);
    align-items: center;
    width: 100%;
    padding: 0 var(--space-2);
  }

  .cosines .ends {
    display: grid;
    grid-template-columns: 1fr auto 1fr;
  }

  .cosines button {
    min-height: 2rem;
  }

  .cosines button:is(:hover, [aria-pressed='true']) {
    background: var(--surface);
  }

  .cosines button[aria-pressed='true'] {
    box-shadow: inset 3px 0 var(--series-3);
  }

  .track {
    height: 1rem;
    background:
      linear-gradient(var(--line), var(--line)) center / 1px 100% no-repeat,
      linear-gradient(var(--line), var(--line)) center / 100% 1px no-repeat;
  }

  .track i {
    inset-block: calc(50% - 1px);
    background: var(--series-3);
  }

  .track :is(.was, .now) {
    inset-block: calc(50% - 0.375rem);
    width: 0.75rem;
    border: 2px solid var(--series-3);
    border-radius: 50%;
    transform: translateX(-50%);
  }

  .track .was {
    background: none;
  }
`;

/** Each word's cosine as a point between −1 and 1, beside the one before the edits. */
export function renderCosines(
  now: readonly WordSimilarity[],
  before: readonly WordSimilarity[],
  chosen: number,
  choose: (word: number) => void,
) {
  return html`
    <div class="cosines stack gap-1" role="group" aria-label="Words to compare with">
      <p class="axis soft small" aria-hidden="true">
        <span>cosine</span>
        <span class="ends"
          ><span>−1, opposite</span><span>0</span><span class="end-aligned">1, alike</span></span
        >
      </p>
      ${now.map(({ word, cosine }, i) => {
        const [is, was] = [cosine, before[i].cosine].map((value) => (value + 1) / 2);
        return html`
          <button type="button" class="flat" aria-pressed=${i === chosen} @click=${() => choose(i)}>
            <span>${word}</span>
            <span class="track">
              <i ${span(Math.min(is, was), Math.max(is, was))}></i>
              <i class="was" ${span(was, 1)}></i>
              <i class="now" ${span(is, 1)}></i>
            </span>
            <span class="number end-aligned">${formatFixed(cosine)}</span>
          </button>
        `;
      })}
    </div>
  `;
}

export const cosineFormula = (
  { word, dot, cosine }: WordSimilarity,
  vector: Vector,
  other: Vector,
): string =>
  String.raw`\begin{aligned}\cos(\text{cell}, \text{${word}}) &= \frac{a \cdot b}{\lVert a\rVert\,\lVert b\rVert} \\[0.4em] &= \frac{${texDigits(dot)}}{${texDigits(norm(vector))} \times ${texDigits(norm(other))}} \\[0.4em] &= ${texDigits(cosine)}\end{aligned}`;

export function describeChanges(
  now: readonly WordSimilarity[],
  before: readonly WordSimilarity[],
  edits: number,
) {
  const changes = now.map(({ word, cosine }, i) => ({ word, change: cosine - before[i].cosine }));
  const { word, change } = greatest(changes, ({ change }) => Math.abs(change)) ?? changes[0];
  return html`${edits === 1 ? 'One value' : `${edits} values`} of the hundred changed: the cosine
    that moved most is that to <em>${word}</em>, ${change < 0 ? 'down' : 'up'} by
    ${formatFixed(Math.abs(change))}.`;
}
