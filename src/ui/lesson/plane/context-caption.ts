import { html, nothing } from 'lit';
import { nearestTopic } from '../../../lessons/plane';
import type { LessonState } from '../../../lessons/state';
import { digits } from '../digits';
import { listOf } from '../list-of';
import type { Context } from './context';
import { pointTex, pointText } from './point-text';
import { topicLabels } from './word-plane';

/** What the pictures of a sentence show now. */
export function contextCaption(state: LessonState, context: Context, place: number) {
  const { words, all, mover, unknown } = context;
  const name = context.names[mover];
  const { weights, point } = all[mover];
  const from = words[mover].point;
  const isEmpty = weights.every((weight) => weight === 0);
  const { without, temperature, moved } = state;
  const { names } = context;
  return html`
    ${
      isEmpty
        ? html`All words are left out: there is nothing to attend to, and the sum is 0.`
        : html`<em>${name}</em> moves from ${pointText(from)} to ${pointText(point)}, nearest to
            ${topicLabels[nearestTopic(point, moved)]}. ${sayWeights(context, state.without)}`
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

function sayWeights({ names, all, mover }: Context, without: readonly number[]) {
  const { weights } = all[mover];
  const present = names
    .map((_, i) => i)
    .filter((i) => !without.includes(i))
    .toSorted((a, b) => weights[a] - weights[b]);
  const [least, most] = [present[0], present[present.length - 1]];
  const isEven = weights[most] < 1.5 * weights[least];
  return html`Weights go from ${digits(weights[least])} for <em>${names[least]}</em> to
    ${digits(weights[most])} for <em>${names[most]}</em>${
      isEven ? ': near the middle a point has no favourites.' : '.'
    }`;
}

function saySummand({ names, words, all, mover }: Context, place: number) {
  const { weights, arrows } = all[mover];
  return html`<strong>${names[place]}</strong> adds ${digits(weights[place])} ·
    ${pointText(words[place].point)} = ${pointText(arrows[place])}.`;
}

/** The sum with its numbers, as a formula: its first terms and the last. */
export function sumFormula(
  { names, words, all, mover }: Context,
  without: readonly number[],
): string {
  const { weights, point } = all[mover];
  const present = names.map((_, i) => i).filter((i) => !without.includes(i));
  const term = (i: number) =>
    String.raw`\htmlClass{weight}{${digits(weights[i])}}\,\htmlClass{value}{${pointTex(words[i].point)}}`;
  const few = present.length > 3 ? [...present.slice(0, 2), -1, present.at(-1)!] : present;
  const terms = few.map((i) => (i < 0 ? String.raw`\dots` : term(i))).join(' + ') || '0';
  const name = String.raw`\text{${names[mover]}}'`;
  return String.raw`\htmlClass{output}{${name}} = ${terms} = \htmlClass{output}{${pointTex(point)}}`;
}
