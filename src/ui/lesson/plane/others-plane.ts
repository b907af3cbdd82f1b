import { nothing, svg } from 'lit';
import { distance, type Matrix, type Vector } from '../../../lessons/matrix';
import type { LessonState } from '../../../lessons/state';
import type { PlaneFrame } from '../plane-frame';
import { renderArrow } from './arrows';
import { type Context, firstPlaces } from './context';
import { fittingFrame } from './fitting-frame';
import { labelPlaces, renderAxes, renderLabel, renderRegions, topicMark } from './word-plane';

export interface OthersPicture {
  readonly context: Context;
  readonly state: LessonState;
  /** Where the words are once all is still, and where they are now. */
  readonly target: Matrix;
  readonly now: Matrix;
  /** The key that is pointed at; −1 for none. */
  readonly place: number;
  /** What the prose points at. */
  readonly lit: string;
}

/** All words of the sentence, where they were and where attention takes them. */
export function renderOthersPlane(picture: OthersPicture) {
  const {
    context: { words, all },
    state: { moved, asks },
    target,
    now,
    lit,
  } = picture;
  const places = firstPlaces(picture.context);
  const before: Matrix = words.map(({ point }) => point);
  const frame = fittingFrame([...before, ...all.map(({ point }) => point)]);
  const isAfter = target.some((point, i) => point !== before[i]);
  const labels = labelPlaces(
    frame,
    places.map((i) => ({ text: words[i].word, at: target[i] })),
    isAfter ? before : [],
  );
  return svg`
      <svg class="plane near" data-lit=${lit} viewBox=${frame.viewBox} role="img" aria-label="The words of the sentence in the plane, ${isAfter ? 'after' : 'before'} attention" aria-describedby="caption">
        ${renderAxes(frame)}${renderRegions(frame, moved)}
        ${renderLinks(frame, picture)}
        ${places.map((i) => renderTrace(frame, before[i], now[i], words[i].topic))}
        ${places.map((i, n) => {
          const isAsking = words[i].word === words[asks].word;
          const [x, y] = now[i];
          return svg`<g class="word ${words[i].topic} ${isAsking ? 'asks' : ''}" transform="translate(${frame.x(x)} ${frame.y(y)})">
            ${isAsking ? svg`<circle class="ring" r="9" />` : nothing}
            ${topicMark(words[i].topic, 4.5)}${renderLabel(words[i].word, labels[n])}
          </g>`;
        })}
      </svg>
    `;
}

/** From the word that asks to all that it attends to: as thick as the weight. */
function renderLinks(
  frame: PlaneFrame,
  { context: { words, all }, state: { asks }, place }: OthersPicture,
) {
  const [x, y] = words[asks].point;
  return words.map(({ point }, i) => {
    const weight = all[asks].weights[i];
    if (weight < 0.001) return nothing;
    return svg`<line
        class="link ${i === place ? 'pointed' : ''}"
        x1=${frame.x(x)} y1=${frame.y(y)}
        x2=${frame.x(point[0])} y2=${frame.y(point[1])}
        stroke-width=${(weight * 16).toFixed(2)}
      />`;
  });
}

function renderTrace(frame: PlaneFrame, from: Vector, to: Vector, topic: string) {
  if (distance(from, to) < 0.02) return nothing;
  return svg`
      <g class="ghost ${topic}" transform="translate(${frame.x(from[0])} ${frame.y(from[1])})">
        <circle r="2.5" />
      </g>
      ${renderArrow(frame, from, to, 'output', 4)}
    `;
}
