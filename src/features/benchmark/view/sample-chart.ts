import type { PlotOptions } from '@observablehq/plot';
import { customElement } from 'lit/decorators.js';
import { formatMs } from '../../../bench/format';
import type { Report } from '../../../bench/report';
import { PlotChart, type PlotModule, seriesChannels, seriesDots } from './plot-chart';

/** An implementation on a case: a row of the chart, below the case's name. */
interface Row {
  readonly id: string;
  readonly contestant: string;
}

interface Strip extends Row {
  /** Ends of the median's confidence interval, in percent from the median. */
  readonly low: number;
  readonly high: number;
}

interface Sample extends Row {
  readonly deviation: number;
  readonly title: string;
}

function collect({ cases }: Report) {
  const headings: { readonly id: string; readonly name: string }[] = [];
  const strips: Strip[] = [];
  const samples: Sample[] = [];
  const order: string[] = [];
  for (const [index, { name, entries }] of cases.entries()) {
    const timed = entries.filter(({ timing }) => timing);
    if (timed.length === 0) continue;
    headings.push({ id: `${index}`, name });
    order.push(`${index}`);
    for (const { contestant, timing } of timed) {
      const { median, low, high, samples: times } = timing!;
      const percent = (ms: number) => (ms / median - 1) * 100;
      const row = { id: `${index} ${contestant}`, contestant };
      order.push(row.id);
      strips.push({ ...row, low: percent(low ?? median), high: percent(high ?? median) });
      for (const ms of times) {
        const title = `${contestant}, ${name}\n${formatMs(ms)}`;
        samples.push({ ...row, deviation: percent(ms), title });
      }
    }
  }
  return { headings, strips, samples, order };
}

const ROW_HEIGHT = 20;
const LABEL_WIDTH = 96;
/** Names may be longer than their margin; the halo keeps them readable on the grid. */
const halo = { fill: 'var(--ink)', stroke: 'var(--paper)', strokeWidth: 5 } as const;

/** Every sample relative to its median, so that noise can be compared across speeds. */
@customElement('sample-chart')
export class SampleChart extends PlotChart {
  protected readonly heading = 'Samples';
  protected readonly caption =
    'Each dot is a sample, relative to the median of its row. The band is the confidence interval of the median.';

  protected options(plot: PlotModule, report: Report, width: number): PlotOptions | null {
    const { headings, strips, samples, order } = collect(report);
    if (strips.length === 0) return null;
    const y = 'id';
    const aside = { y, frameAnchor: 'left', textAnchor: 'start', dx: -LABEL_WIDTH } as const;
    return {
      height: order.length * ROW_HEIGHT + 48,
      marginLeft: LABEL_WIDTH,
      marginRight: 16,
      marginTop: 0,
      ariaLabel: 'Samples of each result, relative to their median.',
      x: {
        label: '% from the median',
        grid: true,
        nice: true,
        ticks: width / 90,
        tickFormat: '+~f',
      },
      y: { domain: order, axis: null },
      marks: [
        plot.ruleX([0], { stroke: 'var(--edge)' }),
        plot.barX(strips, {
          y,
          x1: 'low',
          x2: 'high',
          fill: seriesChannels.fill,
          fillOpacity: 0.2,
          insetTop: 2,
          insetBottom: 2,
        }),
        plot.text(headings, { ...aside, ...halo, text: 'name', fontWeight: 500, dy: 3 }),
        plot.text(strips, { ...aside, text: 'contestant', fill: 'var(--ink-soft)' }),
        ...seriesDots(plot, samples, { x: 'deviation', y }, { r: 3, fillOpacity: 0.8 }),
      ],
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sample-chart': SampleChart;
  }
}
