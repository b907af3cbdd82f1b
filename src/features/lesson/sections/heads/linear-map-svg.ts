import { html, nothing, svg, type SVGTemplateResult } from 'lit';
import { apply, gridLines, type PlaneMap } from '../../model/linear-map';
import { type Matrix, mean, norm } from '../../model/matrix';
import type { Topic } from '../../model/word-points';
import type { CellEdit } from '../../parts/number-table';
import '../../parts/number-table';
import { PlaneFrame, planeLine } from '../../parts/plane/frame';
import { convexHull, topicLabels, topicMark } from '../../parts/plane/word-plane';
import { type Clusters, groupsOf } from './separation';

const GRID = 3;
const MAPPED_COLOR = 'color-mix(in oklab, var(--accent) 40%, var(--paper))';

/** The lines of a grid that a map has moved. */
export function renderGrid(frame: PlaneFrame, map: PlaneMap, color = MAPPED_COLOR) {
  const lines = gridLines(GRID, 1).map((line) => apply(map, [line[0], line.at(-1)!]));
  return svg`<g stroke=${color}>
    ${lines.map(([from, to]) => planeLine(frame, from, to, ''))}
  </g>`;
}

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

export interface ClusterOptions {
  readonly markSize: number;
  readonly named?: boolean;
  /** "between" or "within": the term of the separation whose distances are drawn. */
  readonly highlighted?: string;
  /** Called with a word's index, and −1 when the pointer leaves. */
  readonly hover?: (word: number) => void;
}

/** The topics' words as marks, each topic in its hull. */
export function renderClusters(
  frame: PlaneFrame,
  { words, points, labels }: Clusters,
  { markSize, named, highlighted, hover }: ClusterOptions,
): SVGTemplateResult {
  const groups = groupsOf(points, labels);
  return svg`
    ${groups.map(({ label, own }) => {
      const hull = convexHull(own);
      return svg`<g class="region ${label}">
        <polygon fill-opacity="0.85" stroke-opacity="0.85" points=${hull.map((corner) => frame.point(corner)).join(' ')} />
        ${named ? renderName(frame, label, hull) : nothing}
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
    <g stroke="var(--ink)" stroke-width="2">
      ${groups.map(({ own, centre }) => {
        if (highlighted === 'between') return planeLine(frame, mean(points), centre, '');
        return highlighted === 'within'
          ? own.map((point) => planeLine(frame, centre, point, ''))
          : nothing;
      })}
    </g>
  `;
}

/** Outside the hull, away from the middle of the picture and inside its edges. */
function renderName(frame: PlaneFrame, topic: Topic, hull: Matrix) {
  const [middle, height] = mean(hull);
  const ys = hull.map(([, y]) => frame.y(y));
  const y = height > 0 ? Math.min(...ys) - 14 : Math.max(...ys) + 22;
  const [left, right] = [45, frame.width - 45];
  return svg`<text
    class="halo"
    x=${Math.min(right, Math.max(left, frame.x(middle)))}
    y=${Math.min(frame.height - 6, Math.max(14, y))}
    text-anchor="middle"
  >${topicLabels[topic]}</text>`;
}

/** A map as a table of its numbers, which readers can edit where there is a `change`. */
export const mapTable = (name: string, map: PlaneMap, change?: (edit: CellEdit) => void) => html`
  <number-table
    name=${name}
    ?editable=${change !== undefined}
    .rowNames=${['new x', 'new y']}
    .columnNames=${['x', 'y']}
    .values=${map}
    @number-change=${({ detail }: CustomEvent<CellEdit>) => change?.(detail)}
  ></number-table>
`;

/** A square around the origin that contains all points however they are rotated. */
export function frameAround(points: Matrix, width: number): PlaneFrame {
  const farthest = Math.max(0.5, ...points.map(norm));
  const half = Math.ceil(farthest * 1.12 * 2) / 2;
  return new PlaneFrame({ left: -half, right: half, bottom: -half, top: half }, width);
}
