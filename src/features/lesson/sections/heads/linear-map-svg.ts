import { nothing, svg, type SVGTemplateResult } from 'lit';
import { apply, gridLines, type PlaneMap } from '../../model/linear-map';
import { type Matrix, mean, type Vector } from '../../model/matrix';
import type { Topic } from '../../model/word-points';
import { PlaneFrame, planeLine } from '../../parts/plane/frame';
import { convexHull, topicLabels, topicMark } from '../../parts/plane/word-plane';

const GRID = 3;

export function renderGrid(frame: PlaneFrame, map: PlaneMap, name: string): SVGTemplateResult {
  const ends = gridLines(GRID, 1).map((line) => apply(map, [line[0], line[line.length - 1]]));
  return svg`
    <g class="grid ${name}">
      ${ends.map(([from, to]) => planeLine(frame, from, to, 'line'))}
    </g>
  `;
}

/** The image of the unit square. */
export function renderUnitSquare(frame: PlaneFrame, map: PlaneMap): SVGTemplateResult {
  const corners: Matrix = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  const points = apply(map, corners).map((corner) => frame.point(corner));
  return svg`<polygon fill="color-mix(in oklab, var(--accent) 16%, transparent)" points=${points.join(' ')} />`;
}

export interface Clusters {
  readonly words: readonly string[];
  readonly points: Matrix;
  readonly labels: readonly Topic[];
}

export interface ClusterOptions {
  readonly markSize: number;
  readonly named?: boolean;
  /** Called with a word's index, and −1 when the pointer leaves. */
  readonly hover?: (word: number) => void;
}

/** The topics' words as marks, each topic in its hull. */
export function renderClusters(
  frame: PlaneFrame,
  { words, points, labels }: Clusters,
  { markSize, named, hover }: ClusterOptions,
): SVGTemplateResult {
  const topics = [...new Set(labels)];
  return svg`
    ${topics.map((topic) => {
      const hull = convexHull(points.filter((_, i) => labels[i] === topic));
      return svg`<g class="region ${topic}">
        <polygon points=${hull.map((corner) => frame.point(corner)).join(' ')} />
        ${named ? renderName(frame, topic, hull) : nothing}
      </g>`;
    })}
    ${points.map(
      ([x, y], i) => svg`<g
        class="word ${labels[i]}"
        transform=${frame.translate([x, y])}
        @pointerenter=${hover ? () => hover(i) : nothing}
        @pointerleave=${hover ? () => hover(-1) : nothing}
      >
        ${hover ? svg`<circle r="12" fill="transparent" /><title>${words[i]}</title>` : nothing}
        ${topicMark(labels[i], markSize)}
      </g>`,
    )}
  `;
}

/** Outside the hull, away from the middle of the picture and inside its edges. */
function renderName(frame: PlaneFrame, topic: Topic, hull: Matrix) {
  const [middle] = mean(hull);
  const ys = hull.map(([, y]) => frame.y(y));
  const isHigh = mean(hull)[1] > 0;
  const y = isHigh ? Math.min(...ys) - 14 : Math.max(...ys) + 22;
  const [left, right] = [45, frame.width - 45];
  return svg`<text
    class="name"
    x=${Math.min(right, Math.max(left, frame.x(middle)))}
    y=${Math.min(frame.height - 6, Math.max(14, y))}
    text-anchor="middle"
  >${topicLabels[topic]}</text>`;
}

/** The distances behind a term of the separation, as lines: from centre to centre, or from centres to words. */
export function renderHighlightedSpread(
  frame: PlaneFrame,
  { points, labels }: Clusters,
  term: string,
) {
  if (term !== 'between' && term !== 'within') return nothing;
  const all = mean(points);
  const topics = [...new Set(labels)].map((topic) => {
    const own = points.filter((_, i) => labels[i] === topic);
    return { own, centre: mean(own) };
  });
  return svg`<g stroke="var(--ink)" stroke-width="2">
    ${topics.map(({ own, centre }) =>
      term === 'between'
        ? planeLine(frame, all, centre, '')
        : own.map((point) => planeLine(frame, centre, point, '')),
    )}
  </g>`;
}

/** A square around the origin that contains all points however they are rotated. */
export function frameAround(points: Matrix, width: number): PlaneFrame {
  const farthest = points.reduce((max, [x, y]: Vector) => Math.max(max, Math.hypot(x, y)), 0.5);
  const half = Math.ceil(farthest * 1.12 * 2) / 2;
  return new PlaneFrame({ left: -half, right: half, bottom: -half, top: half }, width);
}
