import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatFixed } from '../../../../ui/format-number';
import { styled } from '../../../../ui/styled';
import { shared } from '../../../../ui/styles/shared';
import type { Vector } from '../../model/matrix';

const vectorBarsStyles = css`
  :host {
    display: grid;
    grid-template-columns: 1.5rem minmax(0, 1fr);
    height: 13rem;
  }

  .scale {
    position: relative;
    color: var(--ink-soft);
    font-size: var(--text-small);
    line-height: 1;
  }

  .scale span {
    position: absolute;
    right: var(--space-2);
    transform: translateY(-50%);
  }

  /* A finger that goes up or down scrolls the page; sideways it goes through the values. */
  .plot {
    cursor: ns-resize;
    touch-action: pan-y;
  }

  svg {
    display: block;
    width: 100%;
    height: 100%;
  }

  line {
    vector-effect: non-scaling-stroke;
  }

  .grid {
    stroke: var(--line);
  }

  .zero {
    stroke: var(--ink-soft);
  }

  .bar {
    fill: var(--series-4);
  }

  .bar.edited {
    fill: var(--accent);
  }

  .here {
    fill: color-mix(in oklab, var(--accent) 22%, transparent);
  }

  .near {
    fill: color-mix(in oklab, var(--ink) 10%, transparent);
  }

  .other {
    fill: var(--series-3);
  }
`;

export interface ValueChange {
  readonly index: number;
  readonly value: number;
}

/** How far a pointer goes up or down before it changes a value and not only points at it. */
const DRAG_PX = 4;
const STEP = 0.05;

/**
 * A vector as bars, one of which is chosen. A pointer points at the nearest bar, a press chooses it, a mouse
 * drags it to another value; arrow keys go to the next bar or change it, Delete puts it back.
 *
 * @fires {CustomEvent<number>} value-point - −1 when the pointer leaves
 * @fires {CustomEvent<number>} value-choose
 * @fires {CustomEvent<ValueChange>} value-change
 * @fires {Event} value-settle
 * @fires {CustomEvent<number>} value-restore
 */
@customElement('vector-bars')
export class VectorBars extends LitElement {
  static override styles = [...shared, vectorBarsStyles];

  @property() label = '';
  @property({ attribute: false }) values: Vector = [];
  /** What it was at first: bars that differ are marked. */
  @property({ attribute: false }) original: Vector = [];
  /** Another vector, as a tick a value; none if empty. */
  @property({ attribute: false }) other: Vector = [];
  @property({ type: Number }) index = 0;
  /** The bar under the pointer; −1 for none. */
  @state() private hovered = -1;

  private held: { y: number; isDragging: boolean } | null = null;

  override render() {
    const { values, index, reach } = this;
    return html`
      <div class="scale" aria-hidden="true">
        ${[1, 0, -1].map(
          (value) =>
            html`<span ${styled({ top: `${((reach - value) / (2 * reach)) * 100}%` })}
              >${value === 0 ? '0' : formatFixed(value, 0)}</span
            >`,
        )}
      </div>
      <div
        class="plot"
        role="slider"
        tabindex="0"
        aria-orientation="vertical"
        aria-label=${this.label}
        aria-valuemin=${-reach}
        aria-valuemax=${reach}
        aria-valuenow=${values[index]}
        aria-valuetext="value ${index + 1} of ${values.length}: ${formatFixed(values[index])}"
        @pointerdown=${this.press}
        @pointermove=${this.move}
        @pointerup=${this.release}
        @pointercancel=${this.release}
        @pointerleave=${() => this.point(-1)}
        @keydown=${this.walk}
      >
        ${this.renderBars()}
      </div>
    `;
  }

  private renderBars() {
    const { values, original, other, index, reach } = this;
    const height = reach * 0.022;
    return svg`
      <svg
        viewBox="0 ${-reach} ${values.length} ${2 * reach}"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <rect class="here" x=${index} y=${-reach} width="1" height=${2 * reach} />
        ${
          this.hovered < 0
            ? nothing
            : svg`<rect class="near" x=${this.hovered} y=${-reach} width="1" height=${2 * reach} />`
        }
        ${[1, -1].map((y) => svg`<line class="grid" x2=${values.length} y1=${y} y2=${y} />`)}
        ${values.map(
          (value, i) => svg`<rect
            class="bar ${value === original[i] ? '' : 'edited'}"
            x=${i + 0.14}
            y=${Math.min(0, -value)}
            width="0.72"
            height=${Math.abs(value)}
          />`,
        )}
        <line class="zero" x2=${values.length} />
        ${
          other.length === 0
            ? nothing
            : other.map(
                (value, i) =>
                  svg`<rect class="other" x=${i} y=${-value - height / 2} width="1" height=${height} />`,
              )
        }
      </svg>
    `;
  }

  /** The scale goes a little beyond 1, and farther where a value does. */
  private get reach(): number {
    const largest = Math.max(...this.values.map(Math.abs), ...this.other.map(Math.abs));
    return Math.max(1.25, largest * 1.05);
  }

  private readonly press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const plot = event.currentTarget as HTMLElement;
    plot.setPointerCapture(event.pointerId);
    this.held = { y: event.clientY, isDragging: false };
    this.choose(this.indexAt(event));
  };

  private readonly move = (event: PointerEvent) => {
    const { held } = this;
    const isTouch = event.pointerType === 'touch';
    if (held && isTouch) return this.choose(this.indexAt(event));
    if (!held) return this.point(this.indexAt(event));
    if (Math.abs(event.clientY - held.y) > DRAG_PX) held.isDragging = true;
    if (held.isDragging) this.change(this.valueAt(event));
  };

  private readonly release = () => {
    if (this.held?.isDragging) this.dispatchEvent(new Event('value-settle'));
    this.held = null;
  };

  private readonly walk = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.values.length - 1;
    const far = event.shiftKey ? 10 : 1;
    const to = {
      ArrowLeft: this.index - far,
      ArrowRight: this.index + far,
      Home: 0,
      End: last,
    }[event.key];
    const by = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (to !== undefined) this.choose(Math.min(last, Math.max(0, to)));
    else if (by !== undefined) {
      this.change(this.values[this.index] + by * far);
      this.dispatchEvent(new Event('value-settle'));
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      this.dispatchEvent(new CustomEvent('value-restore', { detail: this.index }));
    } else return;
    event.preventDefault();
  };

  private indexAt({ clientX, currentTarget }: PointerEvent): number {
    const { left, width } = (currentTarget as Element).getBoundingClientRect();
    const count = this.values.length;
    return Math.min(count - 1, Math.max(0, Math.floor(((clientX - left) / width) * count)));
  }

  private valueAt({ clientY, currentTarget }: PointerEvent): number {
    const { top, height } = (currentTarget as Element).getBoundingClientRect();
    const { reach } = this;
    const value = reach - ((clientY - top) / height) * 2 * reach;
    // A bar that is pulled out of the picture would make the scale run away.
    return Math.min(1.2, Math.max(-1.2, value));
  }

  private point(index: number) {
    if (index === this.hovered) return;
    this.hovered = index;
    this.dispatchEvent(new CustomEvent('value-point', { detail: index }));
  }

  private choose(index: number) {
    if (index === this.index) return;
    this.dispatchEvent(new CustomEvent('value-choose', { detail: index }));
  }

  private change(value: number) {
    const detail: ValueChange = { index: this.index, value: Number(value.toFixed(2)) };
    this.dispatchEvent(new CustomEvent('value-change', { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vector-bars': VectorBars;
  }
}
