import { html, nothing, svg } from 'lit';
import type { Vector } from '../../lessons/matrix';

/** How one direction of a chart is scaled and labelled. */
export interface Axis {
  readonly least: number;
  readonly most: number;
  readonly logarithmic?: boolean;
  readonly ticks: readonly number[];
  readonly write: (value: number) => string;
  readonly label: string;
}

/** A line through points, with its name at its own place. */
export interface Curve {
  readonly points: readonly Vector[];
  /** Of a concept, or 'guide' for what is only held against. */
  readonly concept: string;
  readonly dashed?: boolean;
}

/** A point that has something to say. */
export interface ChartMark {
  readonly at: Vector;
  readonly concept: string;
  /** Hollow: expected; filled: computed. */
  readonly hollow?: boolean;
  readonly small?: boolean;
  /** What the pointer is told. */
  readonly title?: string;
}

export interface ChartWords {
  readonly at: Vector;
  readonly text: string;
  readonly concept: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Shift in units of the view box; down is positive. */
  readonly shift?: Vector;
}

export interface Chart {
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly Curve[];
  readonly marks?: readonly ChartMark[];
  readonly words?: readonly ChartWords[];
  /** The id of the text that says what it shows now. */
  readonly labelledBy: string;
  readonly height?: number;
}

const WIDTH = 400;
/** Room for the labels. */
const EDGE = { left: 46, right: 12, top: 24, bottom: 40 };

/** Where values lie along an axis, from 0 to 1; what is beyond its ends, at them. */
export function placeOn({ least, most, logarithmic }: Axis, value: number): number {
  const along = logarithmic
    ? Math.log(value / least) / Math.log(most / least)
    : (value - least) / (most - least);
  return Math.min(1, Math.max(0, along));
}

/** A drawn chart: lines, points and words within two axes. */
export function drawChart(chart: Chart) {
  const { height = 252, labelledBy, curves, marks = [], words = [] } = chart;
  const at = placing(chart, height);
  return html`
    <svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby=${labelledBy}>
      ${drawAxes(chart, height)}
      ${curves.map(
        ({ points, concept, dashed }) => svg`<polyline
          class="curve ${concept} ${dashed ? 'dashed' : ''}"
          points=${points
            .map((point) =>
              at(point)
                .map((value) => value.toFixed(2))
                .join(','),
            )
            .join(' ')}
        />`,
      )}
      ${marks.map(({ at: point, concept, hollow, small, title }) => {
        const [x, y] = at(point);
        return svg`<circle class="mark ${concept} ${hollow ? 'hollow' : ''}" cx=${x} cy=${y} r=${small ? 3 : 5} >${title ? svg`<title>${title}</title>` : nothing}</circle>`;
      })}
      ${words.map(({ at: point, text, concept, anchor = 'start', shift = [0, 0] }) => {
        const [x, y] = at(point);
        return svg`<text class="words ${concept}" x=${x + shift[0]} y=${y + shift[1]} text-anchor=${anchor}>${text}</text>`;
      })}
    </svg>
  `;
}

const placing =
  ({ x, y }: Chart, height: number) =>
  (point: Vector): [number, number] => [
    EDGE.left + placeOn(x, point[0]) * (WIDTH - EDGE.left - EDGE.right),
    height - EDGE.bottom - placeOn(y, point[1]) * (height - EDGE.top - EDGE.bottom),
  ];

function drawAxes(chart: Chart, height: number) {
  const { x, y } = chart;
  const at = placing(chart, height);
  const floor = height - EDGE.bottom;
  return svg`
    ${y.ticks.map((tick) => {
      const [, top] = at([x.least, tick]);
      return svg`
        <line class="grid" x1=${EDGE.left} x2=${WIDTH - EDGE.right} y1=${top} y2=${top} />
        <text class="tick" x=${EDGE.left - 6} y=${top + 4} text-anchor="end">${y.write(tick)}</text>`;
    })}
    <line class="axis" x1=${EDGE.left} x2=${WIDTH - EDGE.right} y1=${floor} y2=${floor} />
    ${x.ticks.map((tick) => {
      const [left] = at([tick, y.least]);
      return svg`
        <line class="axis" x1=${left} x2=${left} y1=${floor} y2=${floor + 4} />
        <text class="tick" x=${left} y=${floor + 16} text-anchor="middle">${x.write(tick)}</text>`;
    })}
    <text class="tick name" x=${WIDTH - EDGE.right} y=${height - 6} text-anchor="end">${x.label}</text>
    ${y.label ? svg`<text class="tick name" x=${EDGE.left} y=${EDGE.top - 12}>${y.label}</text>` : nothing}
  `;
}

/** A curve of a function, evenly along the axis; denser than any screen needs to be smooth. */
export function curveOf(axis: Axis, value: (at: number) => number, count = 120): Vector[] {
  const { least, most, logarithmic } = axis;
  return Array.from({ length: count + 1 }, (_, i) => {
    const along = i / count;
    const x = logarithmic ? least * (most / least) ** along : least + along * (most - least);
    return [x, value(x)];
  });
}
