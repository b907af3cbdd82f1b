import { nothing, svg, type SVGTemplateResult } from 'lit';
import { apply, gridLines, type PlaneMap } from '../../../lessons/linear-map';
import type { Matrix, Vector } from '../../../lessons/matrix';
import type { Topic } from '../../../lessons/plane';
import { PlaneFrame } from '../plane-frame';
import { convexHull } from '../plane/hull';
import { topicMark } from '../plane/word-plane';

const GRID = 3;

/** The lines of a square grid under a map: straight ones stay straight. */
export function renderGrid(frame: PlaneFrame, map: PlaneMap, name: string): SVGTemplateResult {
  const ends = gridLines(GRID, 1).map((line) => apply(map, [line[0], line[line.length - 1]]));
  return svg`
    <g class="grid ${name}">
      ${ends.map(
        ([from, to]) => svg`<line
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
  return svg`<polygon class="unit" points=${points.join(' ')} />`;
}

export interface Clusters {
  readonly words: readonly string[];
  readonly points: Matrix;
  readonly labels: readonly Topic[];
}

export interface ClusterOptions {
  readonly markSize: number;
  /** Called with a word's place, and −1 when the pointer leaves. */
  readonly point?: (place: number) => void;
}

/** The topics' words as marks, each topic in its hull. */
export function renderClusters(
  frame: PlaneFrame,
  { words, points, labels }: Clusters,
  { markSize, point }: ClusterOptions,
): SVGTemplateResult {
  const topics = [...new Set(labels)];
  return svg`
    ${topics.map((topic) => {
      const hull = convexHull(points.filter((_, i) => labels[i] === topic));
      return svg`<g class="region ${topic}">
        <polygon points=${hull.map((corner) => frame.point(corner)).join(' ')} />
      </g>`;
    })}
    ${points.map(
      ([x, y], i) => svg`<g
        class="word ${labels[i]}"
        transform="translate(${frame.x(x)} ${frame.y(y)})"
        @pointerenter=${point ? () => point(i) : nothing}
        @pointerleave=${point ? () => point(-1) : nothing}
      >
        ${point ? svg`<circle r="12" fill="transparent" /><title>${words[i]}</title>` : nothing}
        ${topicMark(labels[i], markSize)}
      </g>`,
    )}
  `;
}

/** A square round the origin that has all points, whichever way they are turned. */
export function roundFrame(points: Matrix, width: number): PlaneFrame {
  const farthest = points.reduce((most, [x, y]: Vector) => Math.max(most, Math.hypot(x, y)), 0.5);
  const half = Math.ceil(farthest * 1.12 * 2) / 2;
  return new PlaneFrame({ left: -half, right: half, bottom: -half, top: half }, width);
}
