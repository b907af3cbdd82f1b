import { formatCount } from '../../../numeric/format';
import type { PlotOptions } from '@observablehq/plot';
import { greatest, group } from 'd3-array';
import { customElement } from 'lit/decorators.js';
import { formatTiming } from '../../../bench/format';
import { type CaseReport, type Report, timedEntries } from '../../../bench/report';
import { logTicks } from '../../../ui/charts/ticks';
import { PlotChart, type PlotModule, seriesChannels, seriesDots } from './plot-chart';

/** What the cases of a line have in common: everything but the length. */
function lineKey({ shape, mask, window, dtype }: CaseReport) {
  const ratio = shape.queryLength === shape.keyLength ? 'square' : `queries ${shape.queryLength}`;
  const { batch, heads, kvHeads, headSize, valueSize } = shape;
  return [batch, heads, kvHeads, headSize, valueSize, ratio, mask, window, dtype].join(' ');
}

const points = (report: Report) =>
  timedEntries(report).map(({ reported, contestant, timing }) => ({
    contestant,
    /** Cases that differ only in length form one line. */
    line: `${contestant} ${lineKey(reported)}`,
    length: reported.shape.keyLength,
    median: timing.median,
    low: timing.low ?? timing.median,
    high: timing.high ?? timing.median,
    title: `${contestant}\n${reported.name}\n${formatTiming(timing)}`,
    case: reported.name,
  }));

type Point = ReturnType<typeof points>[number];

/** The topmost point of each case that is on no line: above it is room for the case's name. */
function isolatedPoints(data: readonly Point[]): Point[] {
  const lines = [...group(data, ({ line }) => line).values()];
  const alone = lines.filter((points) => new Set(points.map((point) => point.case)).size === 1);
  const cases = group(alone.flat(), (point) => point.case);
  return [...cases.values()].map((points) => greatest(points, ({ median }) => median)!);
}

/** Time against sequence length, both logarithmic: one series per implementation, with confidence intervals. */
@customElement('length-chart')
export class LengthChart extends PlotChart {
  protected readonly heading = 'Time by sequence length';
  protected readonly caption =
    'Milliseconds per call against the number of keys. Lines connect cases that differ only in length; a straight line is a power law.';

  protected options(plot: PlotModule, report: Report, width: number): PlotOptions | null {
    const data = points(report);
    const lengths = [...new Set(data.map(({ length }) => length))].sort((a, b) => a - b);
    if (lengths.length < 2) return null;
    const medians = data.map(({ median }) => median);
    const powers = logTicks(Math.min(...medians) / 1.25, Math.max(...medians) * 1.25, Infinity);
    return {
      height: 320,
      ariaLabel: 'Time by sequence length. The table above has the same numbers.',
      x: {
        type: 'log',
        base: 2,
        ticks: lengths,
        tickFormat: formatCount,
        label: 'keys',
        labelAnchor: 'right',
        inset: 16,
      },
      y: {
        type: 'log',
        label: 'ms',
        grid: true,
        inset: 8,
        ticks: powers.length > 1 ? powers : 4,
        tickFormat: '~r',
      },
      marks: [...seriesMarks(plot, data), width >= 640 ? caseNames(plot, data) : null],
    };
  }
}

function seriesMarks(plot: PlotModule, data: readonly Point[]) {
  const { fill: stroke } = seriesChannels;
  const at = { x: 'length', y: 'median' } as const;
  return [
    plot.line(data, { ...at, z: 'line', stroke, strokeOpacity: 0.55 }),
    plot.ruleX(data, { x: 'length', y1: 'low', y2: 'high', stroke, strokeWidth: 2 }),
    ...seriesDots(plot, data, at),
  ];
}

function caseNames(plot: PlotModule, data: readonly Point[]) {
  const longest = Math.max(...data.map(({ length }) => length));
  const names = isolatedPoints(data);
  const style = { x: 'length', y: 'median', text: 'case', fill: 'var(--ink-soft)' } as const;
  // The names of the longest cases have room only to their left.
  const [left, right] = [true, false].map((isLongest) =>
    names.filter(({ length }) => (length === longest) === isLongest),
  );
  return [
    plot.text(right, { ...style, textAnchor: 'start', dx: 10 }),
    plot.text(left, { ...style, textAnchor: 'end', dx: -10 }),
  ];
}
