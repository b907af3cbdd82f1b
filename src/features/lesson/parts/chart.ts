import { scaleLinear, scaleLog } from 'd3-scale';
import { html, nothing, svg } from 'lit';
import { formatDecimal } from '../../../numeric/format';
import type { Vector } from '../model/matrix';

/** How one direction of a chart is scaled and labelled. */
export interface Axis {
  readonly min: number;
  readonly max: number;
  readonly logarithmic?: boolean;
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  readonly label: string;
}

/** Shares from 0 to 1. */
export const shareAxis = (label: string): Axis => ({
  min: 0,
  max: 1,
  ticks: [0, 0.25, 0.5, 0.75, 1],
  format: (value) => formatDecimal(value, 2),
  label,
});

/** A line through points. */
interface Curve {
  readonly points: readonly Vector[];
  /** An attention role, or 'guide' for lines to compare with. */
  readonly role: string;
  readonly dashed?: boolean;
}

export interface ChartMark {
  readonly at: Vector;
  readonly role: string;
  /** Hollow: expected; filled: computed. */
  readonly hollow?: boolean;
  readonly small?: boolean;
  /** Tooltip. */
  readonly title?: string;
}

export interface ChartLabel {
  readonly at: Vector;
  readonly text: string;
  readonly role: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Shift in units of the view box; down is positive. */
  readonly shift?: Vector;
}

interface Chart {
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly Curve[];
  readonly marks?: readonly ChartMark[];
  readonly labels?: readonly ChartLabel[];
  /** The id of the caption. */
  readonly labelledBy: string;
  readonly height?: number;
}

const WIDTH = 400;
/** Room for the labels. */
const MARGINS = { left: 46, right: 12, top: 24, bottom: 40 };

/** Positions along an axis, from 0 to 1; clamped. */
export const scaleOf = ({ min, max, logarithmic }: Axis) =>
  (logarithmic ? scaleLog : scaleLinear)([min, max], [0, 1]).clamp(true);

/** Lines, points and labels within two axes, as SVG. */
export function drawChart(chart: Chart) {
  const { height = 252, labelledBy, curves, marks = [], labels = [] } = chart;
  const at = positioner(chart, height);
  return html`
    <svg
      class="chart"
      font-size="12"
      viewBox="0 0 ${WIDTH} ${height}"
      role="img"
      aria-labelledby=${labelledBy}
    >
      ${drawAxes(chart, height)}
      ${curves.map(
        ({ points, role, dashed }) => svg`<polyline
          class="role-line ${role}"
          stroke-linejoin="round"
          stroke-dasharray=${dashed ? '5 4' : nothing}
          points=${points
            .map((point) =>
              at(point)
                .map((value) => value.toFixed(2))
                .join(','),
            )
            .join(' ')}
        />`,
      )}
      ${marks.map(({ at: point, role, hollow, small, title }) => {
        const [x, y] = at(point);
        const [fill, stroke] = hollow ? ['paper', 'role-color'] : ['role-color', 'paper'];
        return svg`<circle
          class=${role}
          fill="var(--${fill})"
          stroke="var(--${stroke})"
          stroke-width=${hollow ? 2 : 1.5}
          cx=${x}
          cy=${y}
          r=${small ? 3 : 5}
        >${title ? svg`<title>${title}</title>` : nothing}</circle>`;
      })}
      ${labels.map(({ at: point, text, role, anchor = 'start', shift = [0, 0] }) => {
        const [x, y] = at(point);
        const color = role === 'guide' ? 'soft-fill' : `role-fill ${role}`;
        return svg`<text class="halo ${color}" font-size="13" x=${x + shift[0]} y=${y + shift[1]} text-anchor=${anchor}>${text}</text>`;
      })}
    </svg>
  `;
}

function positioner(chart: Chart, height: number) {
  const x = scaleOf(chart.x).range([MARGINS.left, WIDTH - MARGINS.right]);
  const y = scaleOf(chart.y).range([height - MARGINS.bottom, MARGINS.top]);
  return (point: Vector): [number, number] => [x(point[0]), y(point[1])];
}

function drawAxes(chart: Chart, height: number) {
  const { x, y } = chart;
  const at = positioner(chart, height);
  const floor = height - MARGINS.bottom;
  return svg`
    ${y.ticks.map((tick) => {
      const [, top] = at([x.min, tick]);
      return svg`
        <line class="line" x1=${MARGINS.left} x2=${WIDTH - MARGINS.right} y1=${top} y2=${top} />
        <text class="soft-fill" x=${MARGINS.left - 6} y=${top + 4} text-anchor="end">${y.format(tick)}</text>`;
    })}
    <line stroke="var(--edge)" x1=${MARGINS.left} x2=${WIDTH - MARGINS.right} y1=${floor} y2=${floor} />
    ${x.ticks.map((tick) => {
      const [left] = at([tick, y.min]);
      return svg`
        <line stroke="var(--edge)" x1=${left} x2=${left} y1=${floor} y2=${floor + 4} />
        <text class="soft-fill" x=${left} y=${floor + 16} text-anchor="middle">${x.format(tick)}</text>`;
    })}
    <text class="soft-fill" x=${WIDTH - MARGINS.right} y=${height - 6} text-anchor="end">${x.label}</text>
    ${y.label ? svg`<text class="soft-fill" x=${MARGINS.left} y=${MARGINS.top - 12}>${y.label}</text>` : nothing}
  `;
}

/** A function's curve, sampled evenly along the axis, densely enough to look smooth. */
export function curveOf(axis: Axis, value: (at: number) => number, count = 120): Vector[] {
  const scale = scaleOf(axis);
  return Array.from({ length: count + 1 }, (_, i) => {
    const x = scale.invert(i / count);
    return [x, value(x)];
  });
}
