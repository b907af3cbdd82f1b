import type { PlotOptions } from '@observablehq/plot';
import { customElement } from 'lit/decorators.js';
import { formatNumber, formatShare } from '../../../bench/format';
import { type ComputeUnit, findImplementation } from '../../../bench/implementations';
import type { Report } from '../../../bench/report';
import { boundAt, intensityOf, peaksOf, type Peaks } from '../../../bench/roofline/roof';
import { shared } from '../../../ui/styles/shared';
import { plotStyles, type PlotModule, PlotChart } from './plot-chart';
import { seriesColor, seriesSymbol } from './series';

/** A contestant on a case. */
interface RooflineMark {
  readonly contestant: string;
  readonly intensity: number;
  readonly gflops: number;
  readonly title: string;
}

/** A corner or an end of a roof. */
interface Corner {
  readonly name: string;
  readonly intensity: number;
  readonly gflops: number;
}

function marks(report: Report): RooflineMark[] {
  return report.cases.flatMap((item) =>
    item.entries.flatMap(({ contestant, timing }) => {
      if (!timing?.roof) return [];
      const { gflops, roof } = timing;
      const reached = `${formatNumber(gflops)} GFLOP/s, ${formatShare(roof.share)} of the ceiling`;
      const bound = `bound by ${roof.boundBy}`;
      const title = `${contestant}\n${item.name}\n${reached}, ${bound}`;
      return { contestant, intensity: intensityOf(item), gflops, title };
    }),
  );
}

/** What computes, as the chart names its roof, and how its line is broken. */
const ROOFS: Readonly<Record<ComputeUnit, { readonly name: string; readonly dash: string }>> = {
  gpu: { name: 'GPU', dash: 'none' },
  matrix: { name: 'subgroup matrices', dash: '9 3 2 3' },
  cpu: { name: 'CPU', dash: '4 3' },
};

/** The roofs over marks between these intensities: each rises with the bandwidth, then is flat. */
function roofs({ cases, ceilings }: Report, least: number, most: number): Corner[] {
  const times = cases.flatMap(({ entries }) => entries.filter(({ timing }) => timing));
  const competing = new Set(times.map(({ contestant }) => findImplementation(contestant)?.unit));
  return (Object.keys(ROOFS) as ComputeUnit[]).flatMap((unit) => {
    const peaks = competing.has(unit) ? peaksOf(unit, ceilings) : undefined;
    return peaks ? corners(ROOFS[unit].name, peaks, least, most) : [];
  });
}

function corners(name: string, peaks: Peaks, least: number, most: number): Corner[] {
  const ridge = peaks.arithmetic / peaks.memory;
  const between = [least, ridge, most].filter((at) => at >= least && at <= most);
  return between.map((intensity) => ({
    name,
    intensity,
    gflops: boundAt(intensity, peaks).bound / 1e9,
  }));
}

/** Speed against operations a byte, both logarithmic, under what the machine can do at most. */
@customElement('roofline-chart')
export class RooflineChart extends PlotChart {
  static override styles = [...shared, plotStyles];

  protected readonly heading = 'Under the roofline';
  protected readonly caption =
    'GFLOP/s against operations for each byte that must be read or written. A roof is the most that this machine was seen to do: memory bounds it on the slope, arithmetic where it is flat. Each mark is a contestant on a case.';

  protected options(plot: PlotModule, report: Report, width: number): PlotOptions | null {
    const data = marks(report);
    if (data.length === 0) return null;
    const intensities = data.map(({ intensity }) => intensity);
    const [least, most] = [Math.min(...intensities) / 2, Math.max(...intensities) * 2];
    const lines = roofs(report, least, most);
    const speeds = [...data, ...lines].map(({ gflops }) => gflops);
    const levels = roundNumbers(Math.min(...speeds), Math.max(...speeds), 10);
    return {
      width,
      height: 340,
      marginLeft: 56,
      marginTop: 24,
      marginRight: 24,
      marginBottom: 44,
      ariaLabel: describe(data, lines),
      color: { type: 'identity' },
      symbol: { type: 'identity' },
      x: {
        type: 'log',
        label: 'FLOP per byte',
        labelAnchor: 'right',
        ticks: roundNumbers(least, most, width / 90),
        tickFormat: formatTick,
      },
      y: {
        type: 'log',
        label: 'GFLOP/s',
        grid: true,
        inset: 8,
        ticks: levels,
        tickFormat: formatTick,
      },
      marks: [...roofMarks(plot, lines), ...contestantMarks(plot, data)],
    };
  }
}

/** 1, 2, 5, 10, 20, … between two numbers; powers of ten alone where that were more than `most`. */
function roundNumbers(first: number, last: number, most: number): number[] {
  const exponents = Array.from({ length: 40 }, (_, i) => i - 15);
  const within = (digits: readonly number[]) =>
    exponents
      .flatMap((exponent) => digits.map((digit) => digit * 10 ** exponent))
      .filter((number) => number >= first && number <= last);
  const all = within([1, 2, 5]);
  return all.length <= most ? all : within([1]);
}

/** As text; Plot's own formats leave out labels on logarithmic scales. */
const formatTick = (value: number): string => String(Number(value.toPrecision(1)));

/** The chart in words: the best of each roof; the table holds all numbers. */
function describe(data: readonly RooflineMark[], lines: readonly Corner[]): string {
  const tops = new Map<string, number>();
  for (const { name, gflops } of lines) tops.set(name, Math.max(gflops, tops.get(name) ?? 0));
  const roofsInWords = [...tops].map(
    ([name, top]) => `${name} roof at ${formatNumber(top)} GFLOP/s`,
  );
  const fastest = data.reduce((best, mark) => (mark.gflops > best.gflops ? mark : best));
  const best = `the fastest mark is ${fastest.title.replaceAll('\n', ', ')}`;
  return `Roofline: ${[...roofsInWords, best].join('; ')}. The table above holds all numbers.`;
}

function roofMarks(plot: PlotModule, lines: readonly Corner[]) {
  const at = { x: 'intensity', y: 'gflops', z: 'name' } as const;
  const stroke = { stroke: 'var(--ink-soft)', strokeWidth: 1.5 } as const;
  return [
    ...Object.values(ROOFS).map(({ name: roof, dash: strokeDasharray }) =>
      plot.line(lines, {
        ...at,
        ...stroke,
        strokeDasharray,
        filter: ({ name }: Corner) => name === roof,
      }),
    ),
    plot.text(
      lines,
      plot.selectLast({
        ...at,
        text: 'name',
        textAnchor: 'end',
        dy: -8,
        fill: 'var(--ink-soft)',
        stroke: 'var(--paper)',
        strokeWidth: 4,
      }),
    ),
  ];
}

function contestantMarks(plot: PlotModule, data: readonly RooflineMark[]) {
  const fill = ({ contestant }: RooflineMark) => seriesColor(contestant);
  const symbol = ({ contestant }: RooflineMark) => seriesSymbol(contestant);
  const at = { x: 'intensity', y: 'gflops' } as const;
  return [
    plot.dot(data, { ...at, fill, symbol, r: 4.5 }),
    plot.tip(data, plot.pointer({ ...at, title: 'title', fill: 'var(--surface)' })),
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'roofline-chart': RooflineChart;
  }
}
