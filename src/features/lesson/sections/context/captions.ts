import { html, nothing } from 'lit';
import { formatFixed } from '../../../../numeric/format';
import { listOf } from '../../model/sentence';
import type { LessonState } from '../../model/state';
import { nearestTopic } from '../../model/word-points';
import type { SentenceContext } from '../../parts/plane/context';
import { pointTex, pointText } from '../../parts/plane/frame';
import { topicLabels } from '../../parts/plane/word-plane';

export function contextCaption(state: LessonState, context: SentenceContext, hovered: number) {
  const { names, words, byQuery, subject, unknown } = context;
  const { weights, point } = byQuery[subject];
  const from = words[subject].point;
  const isEmpty = weights.every((weight) => weight === 0);
  const { excluded, temperature, pointOverrides } = state;
  return html`
    ${
      isEmpty
        ? html`All words are left out: there is nothing to attend to, and the sum is 0.`
        : html`<em>${names[subject]}</em> moves from ${pointText(from)} to ${pointText(point)},
            nearest to ${topicLabels[nearestTopic(point, pointOverrides)]}.
            ${describeWeights(context, excluded)}`
    }
    ${
      excluded.length > 0 && !isEmpty
        ? html`Left out: ${listOf(excluded.map((i) => names[i]))}.`
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
    ${hovered < 0 ? nothing : describeSummand(context, hovered)}
  `;
}

function describeWeights(
  { names, byQuery, subject }: SentenceContext,
  excluded: readonly number[],
) {
  const { weights } = byQuery[subject];
  const present = names
    .map((_, i) => i)
    .filter((i) => !excluded.includes(i))
    .toSorted((a, b) => weights[a] - weights[b]);
  const [lowest, highest] = [present[0], present[present.length - 1]];
  const isEven = weights[highest] < 1.5 * weights[lowest];
  return html`Weights go from ${formatFixed(weights[lowest])} for <em>${names[lowest]}</em> to
    ${formatFixed(weights[highest])} for <em>${names[highest]}</em>${
      isEven ? ': near the middle a point has no favourites.' : '.'
    }`;
}

function describeSummand({ names, words, byQuery, subject }: SentenceContext, index: number) {
  const { weights, arrows } = byQuery[subject];
  return html`<strong>${names[index]}</strong> adds ${formatFixed(weights[index])} ·
    ${pointText(words[index].point)} = ${pointText(arrows[index])}.`;
}

/** The first two terms and the last, as TeX. */
export function sumFormula(
  { names, words, byQuery, subject }: SentenceContext,
  excluded: readonly number[],
): string {
  const { weights, point } = byQuery[subject];
  const present = names.map((_, i) => i).filter((i) => !excluded.includes(i));
  const term = (i: number) =>
    String.raw`\htmlClass{weight}{${formatFixed(weights[i])}}\,\htmlClass{value}{${pointTex(words[i].point)}}`;
  const shown = present.length > 3 ? [...present.slice(0, 2), -1, present.at(-1)!] : present;
  const terms = shown.map((i) => (i < 0 ? String.raw`\dots` : term(i))).join(' + ') || '0';
  const name = String.raw`\text{${names[subject]}}'`;
  return String.raw`\htmlClass{output}{${name}} = ${terms} = \htmlClass{output}{${pointTex(point)}}`;
}
