import { html } from 'lit';
import type { Likeness } from '../../../lessons/embedding';
import { norm, type Vector } from '../../../lessons/matrix';
import { styled } from '../../styled';
import { digits } from '../digits';

/** Cosines with some words, one of which is chosen. */
export function renderCosines(
  now: readonly Likeness[],
  before: readonly Likeness[],
  chosen: number,
  choose: (place: number) => void,
) {
  return html`
    <div class="cosines" role="group" aria-label="Words to compare with">
      <p class="axis" aria-hidden="true">
        <span>cosine</span>
        <span class="ends"><span>−1, opposite</span><span>0</span><span>1, alike</span></span>
      </p>
      ${now.map((one, i) => renderCosine(one, before[i].cosine, i === chosen, () => choose(i)))}
    </div>
  `;
}

/** A word's cosine as a point between −1 and 1, with where it was at first. */
function renderCosine(
  { word, cosine }: Likeness,
  was: number,
  isChosen: boolean,
  choose: () => void,
) {
  const at = (value: number) => `${(((value + 1) / 2) * 100).toFixed(2)}%`;
  const [low, high] = cosine < was ? [cosine, was] : [was, cosine];
  return html`
    <button type="button" aria-pressed=${isChosen} @click=${choose}>
      <span class="word">${word}</span>
      <span class="track">
        <span class="way" ${styled({ left: at(low), width: `${(high - low) * 50}%` })}></span>
        <span class="was" ${styled({ left: at(was) })}></span>
        <span class="now" ${styled({ left: at(cosine) })}></span>
      </span>
      <span class="number">${digits(cosine)}</span>
    </button>
  `;
}

/** The cosine with its numbers, as a formula. */
export function cosineFormula(
  { word, dot, cosine }: Likeness,
  vector: Vector,
  other: Vector,
): string {
  return String.raw`\begin{aligned}\cos(\text{cell}, \text{${word}}) &= \frac{a \cdot b}{\lVert a\rVert\,\lVert b\rVert} \\[0.4em] &= \frac{${tex3(dot)}}{${tex3(norm(vector))} \times ${tex3(norm(other))}} \\[0.4em] &= ${tex3(cosine)}\end{aligned}`;
}

/** What the edits have done. */
export function sayChanges(now: readonly Likeness[], before: readonly Likeness[], edits: number) {
  const most = now
    .map(({ word, cosine }, i) => ({ word, by: cosine - before[i].cosine }))
    .toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by))[0];
  const sign = most.by < 0 ? 'down' : 'up';
  return html`${edits === 1 ? 'One value' : `${edits} values`} of the hundred changed: the cosine
    that moved most is that to <em>${most.word}</em>, ${sign} by ${digits(Math.abs(most.by))}.`;
}

/** The most alike. */
export const closest = (all: readonly Likeness[]): string =>
  all.reduce((best, one) => (one.cosine > best.cosine ? one : best)).word;

/** Formulas have their own minus sign. */
const tex3 = (value: number) => digits(value).replace('−', '-').replaceAll(',', '{,}');
