import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { shared } from '../styles/shared';
import { tableBehind } from '../styles/table-behind';
import { scatterStyles } from './point-scatter.css';
import { drawScatter, MARKS, markOf, type Mark } from './scatter-drawing';
import { fitPoints, nearestPoint, type ScatterLayout } from './scatter-layout';
import { formatSigned } from './signed-map';
import { ThemeWatch } from './theme-watch';
import { styled } from '../styled';

/** Room for marks and labels, in pixels. */
const MARGIN = 28;
/** A pointer this near to a point means it. */
const REACH = 40;
/** A table is read, and nobody reads more rows. */
const MOST_ROWS = 200;

const outlines: Record<Mark, string> = {
  circle: 'M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z',
  triangle: 'M6 1.2l5 9H1z',
  square: 'M2 2h8v8H2z',
  cross: 'M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2z',
};

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
  private layout: ScatterLayout = fitPoints(this.points, 1, 1, 0);
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
    if (changed.has('points') && this.picked !== null && this.picked >= this.count) {
      this.picked = null;
    }
    if (changed.has('points') || changed.has('size')) {
      const { width, height } = this.size;
      this.layout = fitPoints(this.points, width, height, MARGIN);
    }
  }

  override updated(changed: PropertyValues) {
    if (this.plane) this.sized.observe(this.plane);
    const isOther = ['points', 'kinds', 'labels', 'size'].some((name) => changed.has(name));
    if (isOther) this.draw();
  }

  override render() {
    const { problem, picked, layout, points, explained } = this;
    if (problem) return html`<p class="error">${problem}</p>`;
    const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
    return html`
      ${this.renderLegend()}
      <div
        class="plane"
        role="application"
        aria-roledescription="scatter plot"
        aria-label="${this.count.toLocaleString('en-US')} ${this.name}. Left and right arrow keys go from point to point."
        tabindex="0"
        @pointermove=${this.takePointer}
        @pointerdown=${this.takePointer}
        @keydown=${this.takeKey}
        @focus=${() => this.picked ?? this.pick(this.count > 0 ? 0 : null)}
      >
        <canvas></canvas>
        ${
          picked === null || !this.isFinite(picked)
            ? nothing
            : html`<div
                class="picked"
                ${styled({
                  left: `${layout.x(points[2 * picked])}px`,
                  top: `${layout.y(points[2 * picked + 1])}px`,
                })}
              ></div>`
        }
      </div>
      <p class="axes">
        <span>Across: first component, ${percent(explained[0])} of the variance</span>
        <span>Up: second component, ${percent(explained[1])}</span>
      </p>
      <p class="told" role="status">${this.told}</p>
      ${this.renderTable()}
    `;
  }

  private get count() {
    return this.points.length / 2;
  }

  private get problem(): string | null {
    const { points, labels, kinds } = this;
    if (points.length % 2) return `points has ${points.length} values: two a point are needed.`;
    if (labels.length !== this.count) {
      return `labels has ${labels.length} texts for ${this.count} points.`;
    }
    if (kinds && kinds.length !== this.count) {
      return `kinds has ${kinds.length} numbers for ${this.count} points.`;
    }
    return null;
  }

  private isFinite(i: number) {
    return Number.isFinite(this.points[2 * i]) && Number.isFinite(this.points[2 * i + 1]);
  }

  private renderLegend() {
    let strange = 0;
    for (let i = 0; i < this.count; i++) strange += Number(!this.isFinite(i));
    return html`
      <div class="state">
        ${this.kindNames.map(
          (name, kind) => html`
            <span>
              <svg class="kind-${kind}" viewBox="0 0 12 12" aria-hidden="true">
                <path d=${outlines[markOf(kind)]} /></svg
              >${name}
            </span>
          `,
        )}
        ${
          strange > 0
            ? html`<span class="error">
                ${strange} of ${this.count} points are not finite and have no place here.
              </span>`
            : nothing
        }
      </div>
    `;
  }

  private renderTable() {
    const { points, labels, count, isTableOpen } = this;
    const rows = Array.from({ length: Math.min(count, MOST_ROWS) }, (_, i) => i);
    const toggle = (event: Event) => {
      this.isTableOpen = (event.target as HTMLDetailsElement).open;
    };
    const table = () => html`
      <div class="scroll" tabindex="0" role="group" aria-label="Table of points">
        <table>
          <tr>
            <th scope="col">Point</th>
            ${this.kindNames.length > 1 ? html`<th scope="col">Kind</th>` : nothing}
            <th scope="col" class="number">First</th>
            <th scope="col" class="number">Second</th>
          </tr>
          ${rows.map(
            (i) => html`
              <tr>
                <td>${labels[i]}</td>
                ${this.kindNames.length > 1 ? html`<td>${this.kindName(i)}</td>` : nothing}
                <td class="number">${formatSigned(points[2 * i])}</td>
                <td class="number">${formatSigned(points[2 * i + 1])}</td>
              </tr>
            `,
          )}
        </table>
        ${count > MOST_ROWS ? html`<p class="soft">And ${count - MOST_ROWS} more.</p>` : nothing}
      </div>
    `;
    return html`
      <details @toggle=${toggle}>
        <summary>Table of points</summary>
        ${isTableOpen ? table() : nothing}
      </details>
    `;
  }

  private kindName(i: number): string {
    return this.kindNames[this.kinds?.[i] ?? 0] ?? '';
  }

  private get told(): string {
    const { picked, points, labels } = this;
    if (picked === null) return 'Point at a mark to read it.';
    const kind = this.kindNames.length > 1 ? `, ${this.kindName(picked)}` : '';
    const place = [0, 1].map((axis) => formatSigned(points[2 * picked + axis])).join(', ');
    return `${labels[picked]}${kind} (${picked + 1} of ${this.count}): ${place}`;
  }

  private draw() {
    const { canvas, size, points, kinds, labels, layout } = this;
    if (!canvas || size.width === 0) return;
    canvas.width = Math.round(size.width * devicePixelRatio);
    canvas.height = Math.round(size.height * devicePixelRatio);
    const context = canvas.getContext('2d')!;
    context.scale(devicePixelRatio, devicePixelRatio);
    const { color, borderTopColor, caretColor, font } = getComputedStyle(canvas);
    context.font = font;
    const colors = {
      kinds: this.kindColors(),
      line: borderTopColor,
      ink: color,
      paper: caretColor,
    };
    drawScatter(context, { points, kinds, labels }, layout, size, colors);
  }

  /** Custom properties are read as they are written; only a real property says what colour comes out. */
  private kindColors(): string[] {
    const probe = document.createElement('span');
    this.renderRoot.append(probe);
    const colors = MARKS.map((_, kind) => {
      probe.className = `kind-${kind}`;
      return getComputedStyle(probe).color;
    });
    probe.remove();
    return colors;
  }

  private takePointer = (event: PointerEvent) => {
    const box = this.plane!.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const nearest = nearestPoint(this.points, this.layout, x, y, REACH);
    if (nearest !== null) this.pick(nearest);
  };

  private takeKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || this.count === 0) return;
    const here = this.picked ?? 0;
    const last = this.count - 1;
    const next: Record<string, number> = {
      ArrowLeft: Math.max(0, here - 1),
      ArrowUp: Math.max(0, here - 1),
      ArrowRight: Math.min(last, here + 1),
      ArrowDown: Math.min(last, here + 1),
      Home: 0,
      End: last,
    };
    if (!(event.key in next)) return;
    event.preventDefault();
    this.pick(next[event.key]);
  };

  private pick(index: number | null) {
    if (this.picked === index) return;
    this.picked = index;
    const detail = { index };
    this.dispatchEvent(new CustomEvent('point-pick', { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'point-scatter': PointScatter;
  }
}
