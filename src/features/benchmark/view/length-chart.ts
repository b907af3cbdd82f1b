import { formatCount } from '../../../numeric/format';
import type { PlotOptions } from '@observablehq/plot';
import { customElement } from 'lit/decorators.js';
import { formatTiming } from '../../../bench/format';
import type { CaseReport, Report } from '../../../bench/report';
import { shared } from '../../../ui/styles/shared';
import { plotStyles, type PlotModule, PlotChart } from './plot-chart';
import { seriesColor, seriesSymbol } from './series';

interface Point {
  readonly contestant: string;
  /** Cases that differ in length alone make one line. */
  readonly line: string;
  readonly length: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly title: string;
  readonly case: string;
}

/** The traits that a line's cases share: everything but the length. */
function lineKey({ shape, mask, window, dtype }: CaseReport) {
  const ratio = shape.queryLength === shape.keyLength ? 'square' : `queries ${shape.queryLength}`;
  const { batch, heads, kvHeads, headSize, valueSize } = shape;
  return [batch, heads, kvHeads, headSize, valueSize, ratio, mask, window, dtype].join(' ');
}

function points(report: Report): Point[] {
  return report.cases.flatMap((item) =>
    item.entries.flatMap(({ contestant, timing }) =>
      timing
        ? {
            contestant,
            line: `${contestant} ${lineKey(item)}`,
            length: item.shape.keyLength,
            median: timing.median,
            low: timing.low ?? timing.median,
            high: timing.high ?? timing.median,
            title: `${contestant}\n${item.name}\n${formatTiming(timing)}`,
            case: item.name,
          }
        : [],
    ),
  );
}

/** One point for each case that no line leads to, the topmost: there its name has room. */
function isolatedPoints(data: readonly Point[]): Point[] {
  const cases = new Map<string, Set<string>>();
  for (const point of data) {
    cases.set(point.line, (cases.get(point.line) ?? new Set()).add(point.case));
  }
  const alone = data.filter(({ line }) => cases.get(line)!.size === 1);
  const top = new Map<string, Point>();
  for (const point of alone) {
    if (point.median > (top.get(point.case)?.median ?? 0)) top.set(point.case, point);
  }
  return [...top.values()];
}

/** Powers of ten within the data's range, for a grid that stays quiet. */
function decades(data: readonly Point[]): number[] {
  const exponents = data.map(({ median }) => Math.log10(median));
  const first = Math.ceil(Math.min(...exponents) - 0.1);
  const last = Math.floor(Math.max(...exponents) + 0.1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => 10 ** (first + i));
}

/** Time against sequence length, both logarithmic: one series a contestant, with its interval. */
@customElement('length-chart')
export class LengthChart extends PlotChart {
  static override styles = [...shared, plotStyles];

  protected readonly heading = 'Time by sequence length';
  protected readonly caption =
    'Milliseconds for one call against the number of keys. A line joins cases that differ in length alone; where it is straight, time follows a power of the length.';

  protected options(plot: PlotModule, report: Report, width: number): PlotOptions | null {
    const data = points(report);
    const lengths = [...new Set(data.map(({ length }) => length))].sort((a, b) => a - b);
    if (lengths.length < 2) return null;
    const powers = decades(data);
    return {
      width,
      height: 320,
      marginLeft: 56,
      marginTop: 24,
      marginBottom: 44,
      ariaLabel: 'Time by sequence length; the table above holds the same numbers.',
      color: { type: 'identity' },
      symbol: { type: 'identity' },
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
  const stroke = ({ contestant }: Point) => seriesColor(contestant);
  const symbol = ({ contestant }: Point) => seriesSymbol(contestant);
  const at = { x: 'length', y: 'median' } as const;
  return [
    plot.line(data, { ...at, z: 'line', stroke, strokeOpacity: 0.55 }),
    plot.ruleX(data, { x: 'length', y1: 'low', y2: 'high', stroke, strokeWidth: 2 }),
    plot.dot(data, { ...at, fill: stroke, symbol, r: 4.5 }),
    plot.tip(data, plot.pointer({ ...at, title: 'title', fill: 'var(--surface)' })),
  ];
}

function caseNames(plot: PlotModule, data: readonly Point[]) {
  const longest = Math.max(...data.map(({ length }) => length));
  const names = isolatedPoints(data);
  const style = { x: 'length', y: 'median', text: 'case', fill: 'var(--ink-soft)' } as const;
  return [
    plot.text(names, {
      ...style,
      filter: ({ length }: Point) => length < longest,
      textAnchor: 'start',
      dx: 10,
    }),
    plot.text(names, {
      ...style,
      filter: ({ length }: Point) => length === longest,
      textAnchor: 'end',
      dx: -10,
    }),
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'length-chart': LengthChart;
  }
}
