import { html, nothing } from 'lit';
import { formatFixed } from '../../../../ui/format-number';
import { listOf } from '../../model/sentence';
import type { LessonState } from '../../model/state';
import { nearestTopic } from '../../model/word-points';
import type { SentenceContext } from '../../parts/plane/context';
import { pointTex, pointText } from '../../parts/plane/frame';
import { topicLabels } from '../../parts/plane/word-plane';

/** What the pictures of a sentence show now. */
export function contextCaption(state: LessonState, context: SentenceContext, place: number) {
  const { words, byQuery: all, subject: mover, unknown } = context;
  const name = context.names[mover];
  const { weights, point } = all[mover];
  const from = words[mover].point;
  const isEmpty = weights.every((weight) => weight === 0);
  const { excluded: without, temperature, pointOverrides: moved } = state;
  const { names } = context;
  return html`
    ${
      isEmpty
        ? html`All words are left out: there is nothing to attend to, and the sum is 0.`
        : html`<em>${name}</em> moves from ${pointText(from)} to ${pointText(point)}, nearest to
            ${topicLabels[nearestTopic(point, moved)]}. ${describeWeights(context, state.excluded)}`
    }
    ${
      without.length > 0 && !isEmpty
        ? html`Left out: ${listOf(without.map((i) => names[i]))}.`
        : nothing
    }
    ${temperature === 1 ? nothing : html`The temperature is ${temperature}.`}
    ${
      unknown.length > 0
        ? html`The plane does not know ${listOf(unknown)}:
          ${unknown.length === 1 ? 'it has' : 'they have'} a made-up place near the middle, always
          the same. Drag ${unknown.length === 1 ? 'it' : 'them'} to where you think
          ${unknown.length === 1 ? 'it belongs' : 'they belong'}.`
        : html`All points may be dragged; their places are ours.`
    }
    ${place < 0 ? nothing : saySummand(context, place)}
  `;
}

function describeWeights(
  { names, byQuery: all, subject: mover }: SentenceContext,
  without: readonly number[],
) {
  const { weights } = all[mover];
  const present = names
    .map((_, i) => i)
    .filter((i) => !without.includes(i))
    .toSorted((a, b) => weights[a] - weights[b]);
  const [least, most] = [present[0], present[present.length - 1]];
  const isEven = weights[most] < 1.5 * weights[least];
  return html`Weights go from ${formatFixed(weights[least])} for <em>${names[least]}</em> to
    ${formatFixed(weights[most])} for <em>${names[most]}</em>${
      isEven ? ': near the middle a point has no favourites.' : '.'
    }`;
}

function saySummand(
  { names, words, byQuery: all, subject: mover }: SentenceContext,
  place: number,
) {
  const { weights, arrows } = all[mover];
  return html`<strong>${names[place]}</strong> adds ${formatFixed(weights[place])} ·
    ${pointText(words[place].point)} = ${pointText(arrows[place])}.`;
}

/** The sum with its numbers, as a formula: its first terms and the last. */
export function sumFormula(
  { names, words, byQuery: all, subject: mover }: SentenceContext,
  without: readonly number[],
): string {
  const { weights, point } = all[mover];
  const present = names.map((_, i) => i).filter((i) => !without.includes(i));
  const term = (i: number) =>
    String.raw`\htmlClass{weight}{${formatFixed(weights[i])}}\,\htmlClass{value}{${pointTex(words[i].point)}}`;
  const few = present.length > 3 ? [...present.slice(0, 2), -1, present.at(-1)!] : present;
  const terms = few.map((i) => (i < 0 ? String.raw`\dots` : term(i))).join(' + ') || '0';
  const name = String.raw`\text{${names[mover]}}'`;
  return String.raw`\htmlClass{output}{${name}} = ${terms} = \htmlClass{output}{${pointTex(point)}}`;
}
