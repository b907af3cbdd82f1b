import type { PlotOptions } from '@observablehq/plot';
import { customElement } from 'lit/decorators.js';
import { formatMs } from '../../../bench/format';
import type { Report } from '../../../bench/report';
import { shared } from '../../../ui/styles/shared';
import { plotStyles, type PlotModule, PlotChart } from './plot-chart';
import { seriesColor, seriesSymbol } from './series';

/** A line of the chart: a contestant's samples, or the name of the case that begins here. */
interface Row {
  readonly id: string;
  readonly label: string;
}

interface Strip extends Row {
  /** Ends of the median's interval, in per cent of the median. */
  readonly low: number;
  readonly high: number;
}

interface Sample extends Row {
  readonly deviation: number;
  readonly title: string;
}

function collect(report: Report) {
  const headings: Row[] = [];
  const strips: Strip[] = [];
  const samples: Sample[] = [];
  const order: string[] = [];
  for (const [index, item] of report.cases.entries()) {
    const timed = item.entries.filter(({ timing }) => timing);
    if (timed.length === 0) continue;
    const heading = { id: `${index}`, label: item.name };
    headings.push(heading);
    order.push(heading.id);
    for (const { contestant, timing } of timed) {
      const { median, low, high, samples: times } = timing!;
      const percent = (ms: number) => (ms / median - 1) * 100;
      const row = { id: `${index} ${contestant}`, label: contestant };
      order.push(row.id);
      strips.push({ ...row, low: percent(low ?? median), high: percent(high ?? median) });
      for (const ms of times) {
        const title = `${contestant}, ${item.name}\n${formatMs(ms)}`;
        samples.push({ ...row, deviation: percent(ms), title });
      }
    }
  }
  return { headings, strips, samples, order };
}

const rowHeight = 20;
const labelWidth = 96;
/** A name may be longer than its margin: then the grid makes way. */
const halo = { fill: 'var(--ink)', stroke: 'var(--paper)', strokeWidth: 5 } as const;

/** Every sample as a dot about its own median, so that noise can be compared across speeds. */
@customElement('sample-chart')
export class SampleChart extends PlotChart {
  static override styles = [...shared, plotStyles];

  protected readonly heading = 'Samples';
  protected readonly caption =
    'Each dot is one sample, as its distance from the median of its row. The band is the interval of the median: the narrower, the surer the number.';

  protected options(plot: PlotModule, report: Report, width: number): PlotOptions | null {
    const { headings, strips, samples, order } = collect(report);
    if (strips.length === 0) return null;
    const y = 'id';
    const fill = ({ label }: Row) => seriesColor(label);
    const symbol = ({ label }: Row) => seriesSymbol(label);
    const aside = { y, frameAnchor: 'left', textAnchor: 'start', dx: -labelWidth } as const;
    return {
      width,
      height: order.length * rowHeight + 48,
      marginLeft: labelWidth,
      marginRight: 16,
      marginTop: 0,
      marginBottom: 44,
      ariaLabel: 'Samples of each measurement about their median.',
      color: { type: 'identity' },
      symbol: { type: 'identity' },
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
          fill,
          fillOpacity: 0.2,
          insetTop: 2,
          insetBottom: 2,
        }),
        plot.dot(samples, { y, x: 'deviation', fill, symbol, r: 3, fillOpacity: 0.8 }),
        plot.text(headings, { ...aside, ...halo, text: 'label', fontWeight: 500, dy: 3 }),
        plot.text(strips, { ...aside, text: 'label', fill: 'var(--ink-soft)' }),
        plot.tip(
          samples,
          plot.pointer({ y, x: 'deviation', title: 'title', fill: 'var(--surface)' }),
        ),
      ],
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sample-chart': SampleChart;
  }
}
