import { nothing, svg, type SVGTemplateResult } from 'lit';
import { apply, gridLines, type PlaneMap } from '../../model/linear-map';
import { type Matrix, mean, type Vector } from '../../model/matrix';
import type { Topic } from '../../model/word-points';
import { PlaneFrame } from '../../parts/plane/frame';
import { convexHull, topicLabels, topicMark } from '../../parts/plane/word-plane';

const GRID = 3;

/** The lines of a square grid under a map: straight ones stay straight. */
export function renderGrid(frame: PlaneFrame, map: PlaneMap, name: string): SVGTemplateResult {
  const ends = gridLines(GRID, 1).map((line) => apply(map, [line[0], line[line.length - 1]]));
  return svg`
    <g class="grid ${name}">
      ${ends.map(
        ([from, to]) => svg`<line class="line"
          x1=${frame.x(from[0])} y1=${frame.y(from[1])}
          x2=${frame.x(to[0])} y2=${frame.y(to[1])}
        />`,
      )}
    </g>
  `;
}

/** What becomes of the square between the two basis vectors. */
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
  /** Whether topics have their names. */
  readonly named?: boolean;
  /** Called with a word's place, and −1 when the pointer leaves. */
  readonly point?: (place: number) => void;
}

/** The topics' words as marks, each topic in its hull. */
export function renderClusters(
  frame: PlaneFrame,
  { words, points, labels }: Clusters,
  { markSize, named, point }: ClusterOptions,
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
        @pointerenter=${point ? () => point(i) : nothing}
        @pointerleave=${point ? () => point(-1) : nothing}
      >
        ${point ? svg`<circle r="12" fill="transparent" /><title>${words[i]}</title>` : nothing}
        ${topicMark(labels[i], markSize)}
      </g>`,
    )}
  `;
}

/** Beyond the topic, as seen from the middle, and within the picture. */
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

/** What the separation is made of: distances between topics' centres and all, or from words to centres. */
export type Spread = 'between' | 'within';

/** The distances that count, as lines. */
export function renderSpread(
  frame: PlaneFrame,
  { points, labels }: Clusters,
  spread: Spread,
): SVGTemplateResult {
  const line = (from: Vector, to: Vector) => svg`<line
    x1=${frame.x(from[0])} y1=${frame.y(from[1])} x2=${frame.x(to[0])} y2=${frame.y(to[1])}
  />`;
  const all = mean(points);
  const topics = [...new Set(labels)].map((topic) => {
    const own = points.filter((_, i) => labels[i] === topic);
    return { own, centre: mean(own) };
  });
  return svg`<g stroke="var(--ink)" stroke-width="2">
    ${topics.map(({ own, centre }) =>
      spread === 'between' ? line(all, centre) : own.map((point) => line(centre, point)),
    )}
  </g>`;
}

/** The distances that the prose points at, if it does. */
export const renderHighlightedSpread = (
  frame: PlaneFrame,
  clusters: Clusters,
  highlighted: string,
) =>
  highlighted === 'between' || highlighted === 'within'
    ? renderSpread(frame, clusters, highlighted)
    : nothing;

/** A square round the origin that has all points, whichever way they are turned. */
export function frameAround(points: Matrix, width: number): PlaneFrame {
  const farthest = points.reduce((most, [x, y]: Vector) => Math.max(most, Math.hypot(x, y)), 0.5);
  const half = Math.ceil(farthest * 1.12 * 2) / 2;
  return new PlaneFrame({ left: -half, right: half, bottom: -half, top: half }, width);
}
