import type { PlotOptions } from '@observablehq/plot';
import { css, html, LitElement, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Report } from '../../../bench/report';
import './series';

/** What Observable Plot's own style sheet would say, in a form that a strict policy allows. */
export const plotStyles = css`
  .chart {
    margin-top: var(--space-3);
  }

  .legend {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0 var(--space-4);
    margin-left: var(--space-2);
    color: var(--ink);
  }

  .chart svg {
    display: block;
    max-width: 100%;
    height: auto;
    overflow: visible;
    font: 400 12px/1 var(--mono);
    --plot-background: var(--paper);
  }

  .chart text,
  .chart tspan {
    white-space: pre;
  }
`;

/** Plot is the page's heaviest package: it comes when the first chart is drawn. */
const loadPlot = () => import('@observablehq/plot');

export type PlotModule = Awaited<ReturnType<typeof loadPlot>>;

/** Draws a chart without Plot's inline style element, which the content-security policy forbids. */
function drawPlot(plot: PlotModule, options: PlotOptions) {
  const chart = plot.plot({ ...options, className: 'plot' });
  for (const style of chart.querySelectorAll('style')) style.remove();
  // One picture with one name, rather than groups named after kinds of marks.
  chart.setAttribute('role', 'img');
  for (const group of chart.querySelectorAll('g')) group.removeAttribute('aria-label');
  return chart;
}

/** A running benchmark reports often; charts follow at this pace, so as not to disturb it. */
const REDRAW_MS = 400;

/** In pixels; less is not a chart. */
const MIN_WIDTH = 200;

/** What the charts share: loading, width, a measured pace of drawing, and heading and caption. */
export abstract class PlotChart extends LitElement {
  @property({ attribute: false }) report: Report | null = null;

  @query('.chart') private readonly canvas!: HTMLElement;
  private width = 0;
  private timer: number | undefined;
  private readonly observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry!.contentRect.width);
    // Hidden or not yet laid out, it keeps the width that it will need again.
    if (width < MIN_WIDTH || width === this.width) return;
    this.width = width;
    this.schedule(0);
  });

  protected abstract readonly heading: string;
  protected abstract readonly caption: string;
  /** The chart, or null where the report holds nothing for it to show. */
  protected abstract options(plot: PlotModule, report: Report, width: number): PlotOptions | null;

  override render() {
    return html`
      <figure>
        <h3>${this.heading}</h3>
        <figcaption class="small soft">
          ${this.caption}
          <span class="legend">
            ${this.report?.settings.contestants.map(
              (name) => html`<span><series-mark contestant=${name}></series-mark> ${name}</span>`,
            )}
          </span>
        </figcaption>
        <div class="chart"></div>
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

  /** Draws after a pause; a chart already waiting to be drawn takes in what is new. */
  private schedule(pause: number) {
    if (this.timer !== undefined && pause > 0) return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.draw(), pause);
  }

  private async draw() {
    this.timer = undefined;
    // A page in the background gets no word from the observer.
    this.width ||= this.canvas.clientWidth;
    if (!this.report || this.width < MIN_WIDTH) return;
    const plot = await loadPlot();
    const options = this.options(plot, this.report, this.width);
    if (options) this.canvas.replaceChildren(drawPlot(plot, options));
    else this.canvas.replaceChildren();
    this.hidden = !options;
  }
}
