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
/** Where the axes end; beyond is room for the labels. */
const [LEFT, RIGHT, TOP] = [46, WIDTH - 12, 24];

/** Positions along an axis, from 0 to 1; clamped. */
export const scaleOf = ({ min, max, logarithmic }: Axis) =>
  (logarithmic ? scaleLog : scaleLinear)([min, max], [0, 1]).clamp(true);

/** Lines, points and labels within two axes, as SVG. */
export function drawChart(chart: Chart) {
  const { x, y, curves, marks = [], labels = [], labelledBy, height = 252 } = chart;
  const bottom = height - 40;
  const across = scaleOf(x).range([LEFT, RIGHT]);
  const up = scaleOf(y).range([bottom, TOP]);
  return html`
    <svg
      class="chart"
      font-size="12"
      viewBox="0 0 ${WIDTH} ${height}"
      role="img"
      aria-labelledby=${labelledBy}
    >
      ${y.ticks.map(
        (tick) => svg`
          <line class="line" x1=${LEFT} x2=${RIGHT} y1=${up(tick)} y2=${up(tick)} />
          <text class="soft-fill" x=${LEFT - 6} y=${up(tick) + 4} text-anchor="end">${y.format(tick)}</text>`,
      )}
      <line stroke="var(--edge)" x1=${LEFT} x2=${RIGHT} y1=${bottom} y2=${bottom} />
      ${x.ticks.map(
        (tick) => svg`
          <line stroke="var(--edge)" x1=${across(tick)} x2=${across(tick)} y1=${bottom} y2=${bottom + 4} />
          <text class="soft-fill" x=${across(tick)} y=${bottom + 16} text-anchor="middle">${x.format(tick)}</text>`,
      )}
      <text class="soft-fill" x=${RIGHT} y=${height - 6} text-anchor="end">${x.label}</text>
      ${y.label ? svg`<text class="soft-fill" x=${LEFT} y=${TOP - 12}>${y.label}</text>` : nothing}
      ${curves.map(
        ({ points, role, dashed }) => svg`<polyline
          class="role-line ${role}"
          stroke-linejoin="round"
          stroke-dasharray=${dashed ? '5 4' : nothing}
          points=${points.map(([a, b]) => `${across(a).toFixed(2)},${up(b).toFixed(2)}`).join(' ')}
        />`,
      )}
      ${marks.map(({ at: [a, b], role, hollow, small, title }) => {
        const [fill, stroke] = hollow ? ['paper', 'role-color'] : ['role-color', 'paper'];
        return svg`<circle
          class=${role}
          fill="var(--${fill})"
          stroke="var(--${stroke})"
          stroke-width=${hollow ? 2 : 1.5}
          cx=${across(a)}
          cy=${up(b)}
          r=${small ? 3 : 5}
        >${title ? svg`<title>${title}</title>` : nothing}</circle>`;
      })}
      ${labels.map(
        ({ at: [a, b], text, role, anchor = 'start', shift: [right, down] = [0, 0] }) => {
          const color = role === 'guide' ? 'soft-fill' : `role-fill ${role}`;
          return svg`<text class="halo ${color}" font-size="13" x=${across(a) + right} y=${up(b) + down} text-anchor=${anchor}>${text}</text>`;
        },
      )}
    </svg>
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
