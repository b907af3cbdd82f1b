import { nothing, svg } from 'lit';
import type { Matrix } from '../../../lessons/matrix';
import { type Moved, placedWords } from '../../../lessons/plane';
import type { LessonState } from '../../../lessons/state';
import { dragPoint } from '../drag-point';
import { renderArrow } from './arrows';
import { type Context, firstPlaces } from './context';
import type { LabelPlace } from './labels';
import {
  labelPlaces,
  planeFrame,
  pointOf,
  renderAxes,
  renderLabel,
  renderRegions,
  topicMark,
} from './word-plane';

export interface ContextPicture {
  readonly context: Context;
  readonly state: LessonState;
  /** Where the arrows end now; the last is where they lead. */
  readonly chain: Matrix;
  /** The word that is pointed at; −1 for none. */
  readonly place: number;
  /** What the prose points at. */
  readonly lit: string;
  readonly move: (word: string, at: [number, number]) => void;
  readonly settle: () => void;
}

/** The sentence in the plane: its words to drag, the arrows of the sum, and where they lead. */
export function renderContextPlane(picture: ContextPicture) {
  const { context, state, chain, place, lit } = picture;
  const { words, names, all, mover } = context;
  const { moved, without } = state;
  const { arrows, point } = all[mover];
  const shown = chain[chain.length - 1];
  const places = firstPlaces(context);
  const label = `${names[mover]}, in this sentence`;
  const labels = labelPlaces(
    planeFrame,
    [
      { text: label, at: point },
      ...places.map((i) => ({ text: words[i].word, at: words[i].point })),
    ],
    chain,
  );
  return svg`
      <svg class="plane" data-lit=${lit} viewBox=${planeFrame.viewBox} role="group" aria-label="The sentence in the plane" aria-describedby="caption">
        ${renderAxes(planeFrame)}${renderRegions(planeFrame, moved)}
        ${renderLandmarks(
          words.map(({ word }) => word),
          moved,
        )}
        ${place < 0 ? nothing : renderArrow(planeFrame, [0, 0], words[place].point, 'whole')}
        ${renderArrow(planeFrame, words[mover].point, shown, 'output', 6)}
        ${arrows.map((_, i) =>
          without.includes(i)
            ? nothing
            : renderArrow(
                planeFrame,
                chain[i - 1] ?? [0, 0],
                chain[i],
                i === place ? 'part pointed' : 'part',
              ),
        )}
        ${places.map((i, n) => renderWord(picture, i, labels[n + 1]))}
        <g class="moved" transform="translate(${planeFrame.x(shown[0])} ${planeFrame.y(shown[1])})">
          <circle r="7" />${renderLabel(label, labels[0])}
        </g>
      </svg>
    `;
}

/** Words of the plane that are not in the sentence: marks alone. */
function renderLandmarks(present: readonly string[], moved: Moved) {
  return placedWords
    .filter(({ word, topic }) => topic !== 'none' && !present.includes(word))
    .map((word) => {
      const [x, y] = pointOf(word, moved);
      return svg`<g class="landmark far ${word.topic}" transform="translate(${planeFrame.x(x)} ${planeFrame.y(y)})">
          ${topicMark(word.topic, 3)}
        </g>`;
    });
}

function renderWord(
  { context: { words }, place, move, settle }: ContextPicture,
  i: number,
  label: LabelPlace,
) {
  const { word, topic, point } = words[i];
  const isPointed = place >= 0 && words[place].word === word;
  return svg`<g class="word value ${topic} ${isPointed ? 'pointed' : ''}">
      ${dragPoint({
        frame: planeFrame,
        at: point,
        label: `The word ${word}`,
        drawing: svg`${topicMark(topic)}${renderLabel(word, label)}`,
        move: (at) => move(word, at),
        settle,
      })}
    </g>`;
}
