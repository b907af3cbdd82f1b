import type { PlotOptions } from '@observablehq/plot';
import { customElement } from 'lit/decorators.js';
import { formatMs } from '../../../bench/format';
import type { Report } from '../../../bench/report';
import { PlotChart, type PlotModule, seriesChannels, seriesDots } from './plot-chart';

/** Each case with a row for each of its implementations: ends of the interval and samples, in percent from the median. */
function collect({ cases }: Report) {
  const timed = cases.flatMap(({ name, entries }, index) => {
    const rows = entries.flatMap(({ contestant, timing }) => {
      if (!timing) return [];
      const { median, low, high, samples } = timing;
      const percent = (ms: number) => (ms / median - 1) * 100;
      const row = { id: `${index} ${contestant}`, contestant };
      return {
        ...row,
        low: percent(low ?? median),
        high: percent(high ?? median),
        samples: samples.map((ms) => {
          const title = `${contestant}, ${name}\n${formatMs(ms)}`;
          return { ...row, deviation: percent(ms), title };
        }),
      };
    });
    return rows.length > 0 ? { id: `${index}`, name, rows } : [];
  });
  const rows = timed.flatMap((one) => one.rows);
  return {
    headings: timed,
    rows,
    samples: rows.flatMap(({ samples }) => samples),
    /** A case's name stands above its rows. */
    order: timed.flatMap(({ id, rows }) => [id, ...rows.map((row) => row.id)]),
  };
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
    const { headings, rows, samples, order } = collect(report);
    if (rows.length === 0) return null;
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
        plot.barX(rows, {
          y,
          x1: 'low',
          x2: 'high',
          fill: seriesChannels.fill,
          fillOpacity: 0.2,
          insetTop: 2,
          insetBottom: 2,
        }),
        plot.text(headings, { ...aside, ...halo, text: 'name', fontWeight: 500, dy: 3 }),
        plot.text(rows, { ...aside, text: 'contestant', fill: 'var(--ink-soft)' }),
        ...seriesDots(plot, samples, { x: 'deviation', y }, { r: 3, fillOpacity: 0.8 }),
      ],
    };
  }
}
