import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { shared } from '../styles/shared';
import { tableBehind } from '../styles/table-behind';
import { styled } from '../styled';
import { pointAfterKey, PointCloud } from './point-cloud';
import { scatterStyles } from './point-scatter.css';
import { renderPointTable } from './point-table';
import { drawOnCanvas } from './scatter-canvas';
import { fitPoints, nearestPoint } from './scatter-layout';
import { renderLegend } from './scatter-legend';
import { tell } from './tell';
import { ThemeWatch } from './theme-watch';

/** Room for marks and labels, in pixels. */
const MARGIN = 28;
/** A pointer this near to a point means it. */
const REACH = 40;

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/**
 * Points of a plane, such as the first two principal components of a head's outputs, up to 65,536 of them. Kinds
 * (queries and keys, say) differ by form and colour; both axes have one scale.
 *
 * @fires {CustomEvent<{ index: number | null }>} point-pick - the point under the pointer or the cursor
 */
@customElement('point-scatter')
export class PointScatter extends LitElement {
  static override styles = [...shared, tableBehind, scatterStyles];

  /** n × 2: first and second coordinate of each point. */
  @property({ attribute: false }) points: Float32Array = new Float32Array();
  /** One a point, from 0; all the same without. */
  @property({ attribute: false }) kinds?: ArrayLike<number>;
  /** Names of the kinds, for the legend. */
  @property({ attribute: false }) kindNames: readonly string[] = [];
  /** One a point. */
  @property({ attribute: false }) labels: readonly string[] = [];
  /** Shares of the variance that the two axes hold, from 0 to 1. */
  @property({ attribute: false }) explained: readonly [number, number] = [0, 0];
  /** What the points are, for screen readers: "outputs of head 3". */
  @property() name = 'points';
  /** Index of the point that is told of. */
  @property({ attribute: false }) picked: number | null = null;

  @state() private isTableOpen = false;
  private cloud = new PointCloud(this.points, [], undefined, []);
  private layout = fitPoints(this.points, 1, 1, 0);
  @state() private size = { width: 0, height: 0 };
  private readonly sized = new ResizeObserver(([{ contentRect }]) => {
    this.size = { width: contentRect.width, height: contentRect.height };
  });
  @query('.plane') private plane!: HTMLElement | null;
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  constructor() {
    super();
    new ThemeWatch(this, () => this.draw());
  }

  override connectedCallback() {
    super.connectedCallback();
    if (this.plane) this.sized.observe(this.plane);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.sized.disconnect();
  }

  override willUpdate(changed: PropertyValues) {
    const { points, labels, kinds, kindNames } = this;
    this.cloud = new PointCloud(points, labels, kinds, kindNames);
    if (changed.has('points') && this.picked !== null && this.picked >= this.cloud.count) {
      this.picked = null;
    }
    if (changed.has('points') || changed.has('size')) {
      const { width, height } = this.size;
      this.layout = fitPoints(points, width, height, MARGIN);
    }
  }

  override updated(changed: PropertyValues) {
    if (this.plane) this.sized.observe(this.plane);
    const isOther = ['points', 'kinds', 'labels', 'size'].some((name) => changed.has(name));
    if (isOther) this.draw();
  }

  override render() {
    const { cloud, picked, explained } = this;
    if (cloud.problem) return html`<p class="error">${cloud.problem}</p>`;
    const told = picked === null ? 'Point at a mark to read it.' : cloud.tell(picked);
    return html`
      ${renderLegend(cloud)}
      <div
        class="plane"
        role="application"
        aria-roledescription="scatter plot"
        aria-label="${cloud.count.toLocaleString('en-US')} ${this.name}. Left and right arrow keys go from point to point."
        tabindex="0"
        @pointermove=${this.takePointer}
        @pointerdown=${this.takePointer}
        @keydown=${this.takeKey}
        @focus=${() => this.picked ?? this.pick(cloud.count > 0 ? 0 : null)}
      >
        <canvas></canvas>
        ${picked === null || !cloud.isFinite(picked) ? nothing : this.renderPicked(picked)}
      </div>
      <p class="axes">
        <span>Across: first component, ${percent(explained[0])} of the variance</span>
        <span>Up: second component, ${percent(explained[1])}</span>
      </p>
      <p class="told" role="status">${told}</p>
      ${this.renderTable()}
    `;
  }

  private renderPicked(i: number) {
    const { points, layout } = this;
    const place = { left: `${layout.x(points[2 * i])}px`, top: `${layout.y(points[2 * i + 1])}px` };
    return html`<div class="picked" ${styled(place)}></div>`;
  }

  private renderTable() {
    const toggle = (event: Event) => {
      this.isTableOpen = (event.target as HTMLDetailsElement).open;
    };
    return html`
      <details @toggle=${toggle}>
        <summary>Table of points</summary>
        ${this.isTableOpen ? renderPointTable(this.cloud) : nothing}
      </details>
    `;
  }

  private draw() {
    const { canvas, size, cloud, layout } = this;
    if (canvas && size.width > 0) drawOnCanvas(canvas, cloud, layout, size);
  }

  private takePointer = (event: PointerEvent) => {
    const box = this.plane!.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const nearest = nearestPoint(this.points, this.layout, x, y, REACH);
    if (nearest !== null) this.pick(nearest);
  };

  private takeKey = (event: KeyboardEvent) => {
    const { count } = this.cloud;
    if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return;
    const next = pointAfterKey(event.key, this.picked ?? 0, count);
    if (next === null) return;
    event.preventDefault();
    this.pick(next);
  };

  private pick(index: number | null) {
    if (this.picked === index) return;
    this.picked = index;
    tell(this, 'point-pick', { index });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'point-scatter': PointScatter;
  }
}
