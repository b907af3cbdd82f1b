import { nothing, svg, type SVGTemplateResult } from 'lit';
import type { Vector } from '../../../lessons/matrix';
import { type Moved, type PlacedWord, placedWords, type Topic } from '../../../lessons/plane';
import { PlaneFrame } from '../plane-frame';
import { convexHull } from './hull';
import { type LabelOptions, type LabelPlace, placeLabels } from './labels';

/** The part of the plane in which all words have their first places. */
export const planeFrame = new PlaneFrame({ left: -3.5, right: 3.5, bottom: -2.5, top: 3.5 });

const FONT_SIZE = 12;

export const topicNames: readonly Topic[] = ['biology', 'department', 'prison'];

/** What each topic's words are called together. */
export const topicLabels: Readonly<Record<Topic, string>> = {
  biology: 'biology',
  department: 'departments',
  prison: 'prisons',
};

/** Where a word is now. */
export const pointOf = ({ word, point }: PlacedWord, moved: Moved): Vector =>
  Object.hasOwn(moved, word) ? moved[word] : point;

/** Words of a topic where they are now. */
export const wordsOfTopic = (topic: Topic, moved: Moved): PlacedWord[] =>
  placedWords
    .filter((one) => one.topic === topic)
    .map((one) => ({ ...one, point: pointOf(one, moved) }));

/** A mark of its own for each topic, as colour alone would not do. */
export function topicMark(topic: Topic | 'none', size = 4): SVGTemplateResult {
  if (topic === 'biology') return svg`<circle class="mark" r=${size} />`;
  if (topic === 'prison') {
    return svg`<rect class="mark" x=${-0.9 * size} y=${-0.9 * size} width=${1.8 * size} height=${1.8 * size} />`;
  }
  if (topic === 'department') {
    return svg`<path class="mark" d="M0 ${-1.2 * size} L${1.15 * size} ${0.9 * size} L${-1.15 * size} ${0.9 * size} Z" />`;
  }
  return svg`<circle class="mark none" r=${0.7 * size} />`;
}

/** Regions of the topics, with their names at the far side. */
export function renderRegions(frame: PlaneFrame, moved: Moved): SVGTemplateResult[] {
  return topicNames.map((topic) => {
    const points = wordsOfTopic(topic, moved).map(({ point }) => point);
    const hull = convexHull(points);
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const middle = (Math.min(...xs) + Math.max(...xs)) / 2;
    const isHigh = Math.max(...ys) + Math.min(...ys) > 0;
    const y = isHigh ? frame.y(Math.max(...ys)) - 30 : frame.y(Math.min(...ys)) + 36;
    return svg`
      <g class="region ${topic}" aria-hidden="true">
        <polygon points=${hull.map((point) => frame.point(point)).join(' ')} />
        <text x=${frame.x(middle)} y=${y} text-anchor="middle">${topicLabels[topic]}</text>
      </g>
    `;
  });
}

/** The plane's two axes, faint: they mean nothing by themselves. */
export function renderAxes(frame: PlaneFrame): SVGTemplateResult {
  const { left, right, bottom, top } = frame.range;
  return svg`
    <g class="axes" aria-hidden="true">
      <line x1=${frame.x(left)} x2=${frame.x(right)} y1=${frame.y(0)} y2=${frame.y(0)} />
      <line y1=${frame.y(bottom)} y2=${frame.y(top)} x1=${frame.x(0)} x2=${frame.x(0)} />
    </g>
  `;
}

export interface Labelled {
  readonly text: string;
  readonly at: Vector;
}

/** Where the names of points go, so that they cover neither one another nor the points. */
export function labelPlaces(
  frame: PlaneFrame,
  labelled: readonly Labelled[],
  others: readonly Vector[] = [],
  options: Partial<LabelOptions> = {},
): LabelPlace[] {
  const onFrame = ([x, y]: Vector) => ({ x: frame.x(x), y: frame.y(y) });
  return placeLabels(
    labelled.map(({ text, at }) => ({ text, ...onFrame(at) })),
    {
      width: frame.width,
      height: frame.height,
      fontSize: FONT_SIZE,
      points: others.map(onFrame),
      ...options,
    },
  );
}

/** A name where `labelPlaces` put it, round (0, 0), with a line to its mark where it is far off. */
export function renderLabel(text: string, { dx, dy, anchor, leader }: LabelPlace) {
  return svg`
    ${leader ? svg`<line class="leader" x2=${leader[0]} y2=${leader[1]} />` : nothing}
    <text class="name" x=${dx} y=${dy} text-anchor=${anchor}>${text}</text>
  `;
}
