import { css, nothing, svg, type SVGTemplateResult, unsafeCSS } from 'lit';
import type { Matrix, Vector } from '../../model/matrix';
import { type PointOverrides, type Topic, topicNames, wordsOfTopic } from '../../model/word-points';
import { extentOf, PlaneFrame } from './frame';
import { type LabelOptions, type LabelPosition, positionNames } from './labels';

/** Each topic's colour, and what stands out where the prose points at the topic. */
const topicRules = topicNames
  .map(
    (topic, i) => `.${topic} { --topic: var(--series-${7 + i}); }
      .plane[data-highlighted='${topic}'] .${topic} {
        --strength: 24%; --line-width: 2.5; --line-opacity: 0.9;
      }`,
  )
  .join('\n');

export const planeStyles = css`
  ${unsafeCSS(topicRules)}

  .none {
    --topic: var(--ink-soft);
  }

  .term:is(.biology, .department, .prison) {
    --role-color: var(--topic);
  }

  svg.plane {
    max-width: 31rem;
    font-size: 12px;
  }

  .plane.boxed {
    overflow: hidden;
    border: 1px solid var(--line);
  }

  .plane .region polygon {
    --region: color-mix(in oklab, var(--topic) var(--strength, 9%), var(--paper));

    fill: var(--region);
    stroke: var(--region);
    stroke-width: 26;
    stroke-linejoin: round;
  }

  .plane .region text {
    fill: var(--topic);
    font-weight: 600;
  }

  .plane .landmark .mark {
    opacity: 0.75;
  }

  .plane line.to {
    stroke: var(--topic);
    stroke-width: var(--line-width, 1);
    opacity: var(--line-opacity, 0.45);
  }
`;

/** The convex hull of the points, anticlockwise (Andrew's monotone chain). */
export function convexHull(points: Matrix): Vector[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (sorted.length < 3) return sorted;
  return [...halfHull(sorted), ...halfHull(sorted.toReversed())];
}

/** One side of the hull, without its last corner, where the other side begins. */
function halfHull(points: Matrix): Vector[] {
  const corners: Vector[] = [];
  for (const point of points) {
    while (corners.length > 1 && !turnsLeft(corners.at(-2)!, corners.at(-1)!, point)) corners.pop();
    corners.push(point);
  }
  return corners.slice(0, -1);
}

const turnsLeft = ([ax, ay]: Vector, [bx, by]: Vector, [cx, cy]: Vector): boolean =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) > 0;

/** The part of the plane where all words are at first. */
export const planeFrame = new PlaneFrame({ left: -3.5, right: 3.5, bottom: -2.5, top: 3.5 });

const FONT_SIZE = 12;

export const topicLabels: Readonly<Record<Topic, string>> = {
  biology: 'biology',
  department: 'departments',
  prison: 'prisons',
};

/** Each topic has its own mark, so that colour is never the only sign. */
export function topicMark(topic: Topic | 'none', size = 4): SVGTemplateResult {
  if (topic === 'none') {
    return svg`<circle class="mark" fill="var(--paper)" stroke="var(--ink-soft)" stroke-width="1.5" r=${0.7 * size} />`;
  }
  if (topic === 'biology') return svg`<circle class="mark" fill="var(--topic)" r=${size} />`;
  if (topic === 'prison') {
    return svg`<rect class="mark" fill="var(--topic)" x=${-0.9 * size} y=${-0.9 * size} width=${1.8 * size} height=${1.8 * size} />`;
  }
  return svg`<path class="mark" fill="var(--topic)" d="M0 ${-1.2 * size} L${1.15 * size} ${0.9 * size} L${-1.15 * size} ${0.9 * size} Z" />`;
}

/** The topics' regions, with their names on the outer side. */
export function renderRegions(frame: PlaneFrame, overrides: PointOverrides): SVGTemplateResult[] {
  return topicNames.map((topic) => {
    const points = wordsOfTopic(topic, overrides).map(({ point }) => point);
    const hull = convexHull(points);
    const [left, right] = extentOf(points, 0);
    const [bottom, top] = extentOf(points, 1);
    const y = bottom + top > 0 ? frame.y(top) - 30 : frame.y(bottom) + 36;
    return svg`
      <g class="region ${topic}" aria-hidden="true">
        <polygon points=${hull.map((point) => frame.point(point)).join(' ')} />
        <text x=${frame.x((left + right) / 2)} y=${y} text-anchor="middle">${topicLabels[topic]}</text>
      </g>
    `;
  });
}

/** The plane's axes, faint, as they mean nothing by themselves. */
export function renderAxes(frame: PlaneFrame): SVGTemplateResult {
  const { left, right, bottom, top } = frame.range;
  return svg`
    <g stroke="var(--line)" aria-hidden="true">
      <line x1=${frame.x(left)} x2=${frame.x(right)} y1=${frame.y(0)} y2=${frame.y(0)} />
      <line y1=${frame.y(bottom)} y2=${frame.y(top)} x1=${frame.x(0)} x2=${frame.x(0)} />
    </g>
  `;
}

interface Labelled {
  readonly text: string;
  readonly at: Vector;
}

/** Positions of names, so that they cover neither one another nor the points. */
export function labelPositions(
  frame: PlaneFrame,
  labelled: readonly Labelled[],
  others: readonly Vector[] = [],
  options: Partial<LabelOptions> = {},
): LabelPosition[] {
  const onFrame = ([x, y]: Vector) => ({ x: frame.x(x), y: frame.y(y) });
  return positionNames(
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

/** A name at a position of `labelPositions`, drawn round (0, 0), with a line to its mark if it is distant. */
export function renderLabel(text: string, { dx, dy, anchor, leader }: LabelPosition) {
  return svg`
    ${leader ? svg`<line stroke="var(--edge)" stroke-width="0.75" x2=${leader[0]} y2=${leader[1]} />` : nothing}
    <text class="halo" x=${dx} y=${dy} text-anchor=${anchor}>${text}</text>
  `;
}
