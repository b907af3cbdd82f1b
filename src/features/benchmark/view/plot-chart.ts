import type { PlotOptions } from '@observablehq/plot';
import { css, html, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Report } from '../../../bench/report';
import { UiElement } from '../../../ui/element';
import { seriesColor, seriesSymbol } from './series';

/** Replaces Observable Plot's own style sheet, which the content-security policy forbids. */
const plotStyles = css`
  .legend {
    display: inline-flex;
    gap: 0 var(--space-4);
    margin-left: var(--space-2);
    color: var(--ink);
  }

  .chart svg {
    max-width: 100%;
    height: auto;
    overflow: visible;
    font: 400 12px/1 var(--mono);
    --plot-background: var(--paper);
  }

  text {
    white-space: pre;
  }
`;

/** The page's largest package is loaded for the first chart. */
const loadPlot = () => import('@observablehq/plot');

export type PlotModule = Awaited<ReturnType<typeof loadPlot>>;

/** Draws a chart without Plot's inline style element, which the content-security policy forbids. */
function drawPlot(plot: PlotModule, width: number, options: PlotOptions) {
  const chart = plot.plot({
    color: { type: 'identity' },
    symbol: { type: 'identity' },
    width,
    marginLeft: 56,
    marginTop: 24,
    marginBottom: 44,
    ...options,
    className: 'plot',
  });
  for (const style of chart.querySelectorAll('style')) style.remove();
  // One image with one name, instead of groups named after types of marks.
  chart.setAttribute('role', 'img');
  for (const group of chart.querySelectorAll('g')) group.removeAttribute('aria-label');
  return chart;
}

/** Minimum time between drawings during a run, so as not to disturb it. */
const REDRAW_MS = 400;

/** In pixels. */
const MIN_WIDTH = 200;

/** Base of the charts: heading, caption and legend, width, and throttled drawing. */
export abstract class PlotChart extends UiElement {
  static override styles = plotStyles;

  @property({ attribute: false }) report: Report | null = null;

  @query('.chart') private readonly canvas!: HTMLElement;
  private width = 0;
  private timer: number | undefined;
  private readonly observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry!.contentRect.width);
    // While hidden, it keeps the width that it will have again.
    if (width < MIN_WIDTH || width === this.width) return;
    this.width = width;
    this.schedule(0);
  });

  protected abstract readonly heading: string;
  protected abstract readonly caption: string;
  /** The chart, or null where the report has nothing to show. */
  protected abstract options(plot: PlotModule, report: Report, width: number): PlotOptions | null;

  override render() {
    return html`
      <figure>
        <h3>${this.heading}</h3>
        <figcaption class="small soft">
          ${this.caption}
          <span class="row legend">
            ${this.report?.settings.contestants.map(
              (name) => html`<span><series-mark contestant=${name}></series-mark> ${name}</span>`,
            )}
          </span>
        </figcaption>
        <div class="chart mt-3"></div>
      </figure>
    `;
  }

  override firstUpdated() {
    this.observer.observe(this.canvas);
  }

  override updated(changed: PropertyValues) {
    if (changed.has('report')) this.schedule(this.report?.status === 'running' ? REDRAW_MS : 0);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    window.clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Draws after a pause, unless a drawing is already scheduled. */
  private schedule(pause: number) {
    if (this.timer !== undefined && pause > 0) return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.draw(), pause);
  }

  private async draw() {
    this.timer = undefined;
    // In the background, the observer does not fire.
    this.width ||= this.canvas.clientWidth;
    if (!this.report || this.width < MIN_WIDTH) return;
    const plot = await loadPlot();
    const options = this.options(plot, this.report, this.width);
    this.canvas.replaceChildren(...(options ? [drawPlot(plot, this.width, options)] : []));
    this.hidden = !options;
  }
}

interface SeriesPoint {
  readonly contestant: string;
  readonly title: string;
}

/** The channels that tell implementations apart. */
export const seriesChannels = {
  fill: ({ contestant }: { readonly contestant: string }) => seriesColor(contestant),
  symbol: ({ contestant }: { readonly contestant: string }) => seriesSymbol(contestant),
};

/** One mark per point, and the tip of the point nearest to the pointer. */
export const seriesDots = <Point extends SeriesPoint>(
  plot: PlotModule,
  data: readonly Point[],
  at: { readonly x: keyof Point & string; readonly y: keyof Point & string },
  options: { readonly r?: number; readonly fillOpacity?: number } = {},
) => [
  plot.dot(data, { ...at, ...seriesChannels, r: 4.5, ...options }),
  plot.tip(data, plot.pointer({ ...at, title: 'title', fill: 'var(--surface)' })),
];
