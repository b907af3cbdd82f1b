import { formatCount, formatFloat } from '../../../numeric/format';
import { html, nothing, css, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { when } from 'lit/directives/when.js';
import '../../../ui/controls/ui-data-table';
import type { DataColumn } from '../../../ui/controls/ui-data-table';
import { emit } from '../../../ui/emit';
import { ThemeObserver } from '../../../ui/interaction/redraw';
import { indexAfterKey } from '../../../ui/interaction/roving-focus';
import { styled } from '../../../ui/styled';
import { UiElement } from '../../../ui/element';
import { drawScatter, markOf } from './scatter-drawing';
import { fitPoints, nearestPoint, PointCloud } from './scatter-layout';
import { pictureStyles } from './pictures';

/** Which mark is which kind, and how many points are not drawn. */
function renderLegend({ kindNames, nonFiniteCount, count }: PointCloud) {
  return html`
    <div class="legend row small">
      ${kindNames.map(
        (name, kind) => html`
          <span>
            <svg
              ${styled({ fill: markOf(kind).color })}
              viewBox="-1.33 -1.33 2.66 2.66"
              aria-hidden="true"
            >
              <path d=${markOf(kind).outline} /></svg
            >${name}
          </span>
        `,
      )}
      ${when(
        nonFiniteCount > 0,
        () =>
          html`<span class="error">
            ${nonFiniteCount} of ${count} points are not finite and are not drawn.
          </span>`,
      )}
    </div>
  `;
}

const scatterStyles = css`
  .legend {
    min-height: 2rem;
  }

  .legend svg {
    display: inline-block;
    width: 12px;
    height: 12px;
    margin-right: var(--space-1);
    vertical-align: -1px;
  }

  .plane {
    height: clamp(18rem, 60cqi, 32rem);
    background: color-mix(in oklab, var(--surface) 55%, var(--paper));
  }

  /* Colours and letters of what is drawn. */
  canvas {
    border-color: var(--line);
    color: var(--ink);
    caret-color: var(--paper);
    font: 500 12px var(--sans);
  }

  :host {
    container-type: inline-size;
  }

  .picked {
    position: absolute;
    width: 18px;
    height: 18px;
    margin: -9px 0 0 -9px;
    border: 2px solid var(--ink);
    border-radius: 50%;
    box-shadow: 0 0 0 1px var(--paper);
    pointer-events: none;
  }
`;

const MARGIN = 28;
/** A pointer this near to a point means it. */
const MAX_PICK_DISTANCE = 40;

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/**
 * Points of a plane, such as the first two principal components of a head's outputs, up to 65,536 of them. Kinds
 * (queries and keys, say) differ by form and colour; both axes have one scale.
 *
 * @fires {CustomEvent<{ index: number | null }>} point-pick - the point under the pointer or the cursor
 */
@customElement('point-scatter')
export class PointScatter extends UiElement {
  static override styles = [pictureStyles, scatterStyles];

  /** n × 2: first and second coordinate of each point. */
  @property({ attribute: false }) points: Float32Array = new Float32Array();
  /** One a point, from 0; all the same without. */
  @property({ attribute: false }) kinds?: ArrayLike<number>;
  @property({ attribute: false }) kindNames: readonly string[] = [];
  /** One a point. */
  @property({ attribute: false }) labels: readonly string[] = [];
  /** Shares of the variance that the two axes hold, from 0 to 1. */
  @property({ attribute: false }) explained: readonly [number, number] = [0, 0];
  /** What the points are, for screen readers: "outputs of head 3". */
  @property() name = 'points';
  /** Index of the point that is described. */
  @property({ attribute: false }) picked: number | null = null;

  private cloud = new PointCloud(this.points, [], undefined, []);
  private layout = fitPoints(this.points, 1, 1, 0);
  @state() private size = { width: 0, height: 0 };
  private readonly resizeObserver = new ResizeObserver(([{ contentRect }]) => {
    this.size = { width: contentRect.width, height: contentRect.height };
  });
  @query('.plane') private plane!: HTMLElement | null;
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  constructor() {
    super();
    new ThemeObserver(this, () => this.draw());
  }

  override connectedCallback() {
    super.connectedCallback();
    if (this.plane) this.resizeObserver.observe(this.plane);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.resizeObserver.disconnect();
  }

  override willUpdate(changed: PropertyValues) {
    const { points, labels, kinds, kindNames, picked, size } = this;
    this.cloud = new PointCloud(points, labels, kinds, kindNames);
    if (picked !== null && picked >= this.cloud.count) this.picked = null;
    if (changed.has('points') || changed.has('size')) {
      this.layout = fitPoints(points, size.width, size.height, MARGIN);
    }
  }

  override updated(changed: PropertyValues) {
    if (this.plane) this.resizeObserver.observe(this.plane);
    if (['points', 'kinds', 'labels', 'size'].some((name) => changed.has(name))) this.draw();
  }

  override render() {
    const { cloud, picked, explained } = this;
    if (cloud.problem) return html`<p class="error">${cloud.problem}</p>`;
    return html`
      ${renderLegend(cloud)}
      <div
        class="picture plane"
        role="application"
        aria-roledescription="scatter plot"
        aria-label="${formatCount(cloud.count)} ${this.name}. Left and right arrow keys go from point to point."
        tabindex="0"
        @pointermove=${this.handlePointer}
        @pointerdown=${this.handlePointer}
        @keydown=${this.handleKey}
        @focus=${() => this.picked ?? this.pick(cloud.count > 0 ? 0 : null)}
      >
        <canvas></canvas>
        ${picked === null || !cloud.isFinite(picked) ? nothing : this.renderPicked(picked)}
      </div>
      <p class="row close between soft small mt-1">
        <span>x-axis: first component, ${percent(explained[0])} of the variance</span>
        <span>y-axis: second component, ${percent(explained[1])}</span>
      </p>
      <p class="readout mt-2" role="status">
        ${picked === null ? 'Hover over a point to read it.' : cloud.describe(picked)}
      </p>
      ${this.renderTable()}
    `;
  }

  private renderPicked(i: number) {
    const { points, layout } = this;
    const position = {
      left: `${layout.x(points[2 * i])}px`,
      top: `${layout.y(points[2 * i + 1])}px`,
    };
    return html`<div class="picked" ${styled(position)}></div>`;
  }

  private renderTable() {
    const { cloud } = this;
    const { points, labels, hasKinds, count } = cloud;
    const columns: DataColumn<number>[] = [
      { label: 'Point', value: (i) => labels[i] },
      ...(hasKinds ? [{ label: 'Kind', value: (i: number) => cloud.kindName(i) }] : []),
      { label: 'First', numeric: true, value: (i) => formatFloat(points[2 * i]) },
      { label: 'Second', numeric: true, value: (i) => formatFloat(points[2 * i + 1]) },
    ];
    return html`<ui-data-table
      summary="Table of points"
      .columns=${columns}
      .rows=${Array.from({ length: count }, (_, i) => i)}
    ></ui-data-table>`;
  }

  private draw() {
    const { canvas, size, cloud, layout } = this;
    if (canvas && size.width > 0) drawScatter(canvas, cloud, layout, size);
  }

  private handlePointer = (event: PointerEvent) => {
    const box = this.plane!.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const nearest = nearestPoint(this.points, this.layout, x, y, MAX_PICK_DISTANCE);
    if (nearest !== null) this.pick(nearest);
  };

  private handleKey = (event: KeyboardEvent) => {
    const { count } = this.cloud;
    const next = indexAfterKey(event, this.picked ?? 0, { count, columns: 1, anyArrow: true });
    if (next === null) return;
    event.preventDefault();
    this.pick(next);
  };

  private pick(index: number | null) {
    if (this.picked === index) return;
    this.picked = index;
    emit(this, 'point-pick', { index });
  }
}

declare global {
  interface HTMLElementEventMap {
    'point-pick': CustomEvent<{ readonly index: number | null }>;
  }

  interface HTMLElementTagNameMap {
    'point-scatter': PointScatter;
  }
}
