import type { PlotOptions } from '@observablehq/plot';
import { greatest, rollup } from 'd3-array';
import { scaleLog } from 'd3-scale';
import { customElement } from 'lit/decorators.js';
import { formatNumber, formatShare } from '../../../bench/format';
import { type ComputeUnit, findImplementation } from '../../../bench/implementations';
import { type Report, timedEntries } from '../../../bench/report';
import { boundAt, intensityOf, peaksOf } from '../../../bench/roofline/roof';
import { logTicks } from '../../../ui/charts/ticks';
import { PlotChart, type PlotModule, seriesDots } from './plot-chart';

/** A mark for each implementation on a case. */
const marks = (report: Report) =>
  timedEntries(report).flatMap(({ reported, contestant, timing: { gflops, roof } }) => {
    if (!roof) return [];
    const reached = `${formatNumber(gflops)} GFLOP/s, ${formatShare(roof.share)} of the roofline`;
    const title = `${contestant}\n${reported.name}\n${reached}, bound by ${roof.boundBy}`;
    return { contestant, intensity: intensityOf(reported), gflops, title };
  });

/** The name of each roofline, and its dash pattern. */
const ROOFS: Readonly<Record<ComputeUnit, { readonly name: string; readonly dash: string }>> = {
  gpu: { name: 'GPU', dash: 'none' },
  matrix: { name: 'subgroup matrices', dash: '9 3 2 3' },
  cpu: { name: 'CPU', dash: '4 3' },
};

/** The rooflines between two intensities: each rises with the bandwidth, then is flat. */
function roofs(report: Report, min: number, max: number) {
  const units = new Set(
    timedEntries(report).map(({ contestant }) => findImplementation(contestant)?.unit),
  );
  return (Object.keys(ROOFS) as ComputeUnit[]).flatMap((unit) => {
    const peaks = units.has(unit) ? peaksOf(unit, report.ceilings) : undefined;
    if (!peaks) return [];
    const ridge = peaks.arithmetic / peaks.memory;
    const ends = [min, ridge, max].filter((at) => at >= min && at <= max);
    const { name } = ROOFS[unit];
    return ends.map((intensity) => {
      return { name, intensity, gflops: boundAt(intensity, peaks).bound / 1e9 };
    });
  });
}

type Corners = ReturnType<typeof roofs>;

/** GFLOP/s against arithmetic intensity, both logarithmic, below the measured rooflines. */
@customElement('roofline-chart')
export class RooflineChart extends PlotChart {
  protected readonly heading = 'Roofline';
  protected readonly caption =
    'GFLOP/s against arithmetic intensity (FLOP per byte of compulsory traffic). A roofline is measured on this machine: memory bandwidth limits its slope, peak FLOP/s its flat part. Each mark is an implementation on a case.';

  protected options(plot: PlotModule, report: Report, width: number): PlotOptions | null {
    const data = marks(report);
    if (data.length === 0) return null;
    const intensities = data.map(({ intensity }) => intensity);
    const [min, max] = [Math.min(...intensities) / 2, Math.max(...intensities) * 2];
    const lines = roofs(report, min, max);
    const speeds = [...data, ...lines].map(({ gflops }) => gflops);
    const levels = roundNumbers(Math.min(...speeds), Math.max(...speeds), 10);
    return {
      height: 340,
      marginRight: 24,
      ariaLabel: describe(data, lines),
      x: {
        type: 'log',
        label: 'FLOP per byte',
        labelAnchor: 'right',
        ticks: roundNumbers(min, max, width / 90),
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
      marks: [
        ...roofMarks(plot, lines),
        ...seriesDots(plot, data, { x: 'intensity', y: 'gflops' }),
      ],
    };
  }
}

/** 1, 2, 5, 10, 20, … between two numbers; only powers of ten where those are more than `max`. */
function roundNumbers(first: number, last: number, max: number): number[] {
  const decades = Math.ceil(Math.log10(last / first)) + 1;
  const all = scaleLog([first, last], [0, 1]).ticks(decades);
  const round = all.filter((tick) => ['1', '2', '5'].includes(tick.toExponential(0)[0]));
  return round.length <= max ? round : logTicks(first, last, Infinity);
}

/** Plot's own formats omit labels on logarithmic scales. */
const formatTick = (value: number): string => String(Number(value.toPrecision(1)));

/** The chart in words: the top of each roofline, and the fastest mark. */
function describe(data: ReturnType<typeof marks>, lines: Corners): string {
  const tops = rollup(
    lines,
    (ends) => Math.max(...ends.map(({ gflops }) => gflops)),
    ({ name }) => name,
  );
  const roofsInWords = [...tops].map(
    ([name, top]) => `${name} roofline at ${formatNumber(top)} GFLOP/s`,
  );
  const fastest = greatest(data, ({ gflops }) => gflops)!;
  const best = `the fastest mark is ${fastest.title.replaceAll('\n', ', ')}`;
  return `Roofline: ${[...roofsInWords, best].join('; ')}. The table above has all numbers.`;
}

function roofMarks(plot: PlotModule, lines: Corners) {
  const at = { x: 'intensity', y: 'gflops', z: 'name' } as const;
  const stroke = { stroke: 'var(--ink-soft)', strokeWidth: 1.5 } as const;
  return [
    ...Object.values(ROOFS).map(({ name: roof, dash: strokeDasharray }) =>
      plot.line(lines, {
        ...at,
        ...stroke,
        strokeDasharray,
        filter: ({ name }: Corners[number]) => name === roof,
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
