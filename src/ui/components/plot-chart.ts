import type { PlotOptions } from '@observablehq/plot';
import { html, LitElement, type PropertyValues } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { Report } from '../../bench/report';
import { drawPlot, loadPlot, type PlotModule } from '../plot';
import './series-mark';

/** A running benchmark reports often; charts follow at this pace, so as not to disturb it. */
const redrawMs = 400;

/** In pixels; less is not a chart. */
const narrowest = 200;

/** What the charts share: loading, width, a measured pace of drawing, and heading and caption. */
export abstract class PlotChart extends LitElement {
  @property({ attribute: false }) report: Report | null = null;

  @query('.chart') private readonly canvas!: HTMLElement;
  private width = 0;
  private timer: number | undefined;
  private readonly observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry!.contentRect.width);
    // Hidden or not yet laid out, it keeps the width that it will need again.
    if (width < narrowest || width === this.width) return;
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
    if (changed.has('report')) this.schedule(this.report?.status === 'running' ? redrawMs : 0);
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
    if (!this.report || this.width < narrowest) return;
    const plot = await loadPlot();
    const options = this.options(plot, this.report, this.width);
    if (options) this.canvas.replaceChildren(drawPlot(plot, options));
    else this.canvas.replaceChildren();
    this.hidden = !options;
  }
}
