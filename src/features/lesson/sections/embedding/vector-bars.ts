import { css, html, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatFixed } from '../../../../numeric/format';
import { emit } from '../../../../ui/emit';
import { arrowStep } from '../../../../ui/interaction/roving-focus';
import { styled } from '../../../../ui/styled';
import { UiElement } from '../../../../ui/element';
import type { Vector } from '../../model/matrix';

const vectorBarsStyles = css`
  :host {
    display: grid;
    grid-template-columns: 1.5rem minmax(0, 1fr);
    height: 13rem;
  }

  .scale {
    position: relative;
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
`;

export interface ValueChange {
  readonly index: number;
  readonly value: number;
}

/** Vertical distance at which a press becomes a drag. */
const DRAG_PX = 4;
const KEY_STEP = 0.05;

/**
 * A vector as bars, one of which is chosen. A press chooses the nearest bar, a mouse drags it to another value;
 * left and right arrows choose, up and down change the value, Delete restores it.
 *
 * @fires {CustomEvent<number>} value-point - the bar under the pointer; −1 when it leaves
 * @fires {CustomEvent<number>} value-choose
 * @fires {CustomEvent<ValueChange>} value-change
 * @fires {Event} value-settle
 * @fires {CustomEvent} value-restore
 */
@customElement('vector-bars')
export class VectorBars extends UiElement {
  static override styles = vectorBarsStyles;

  @property() label = '';
  @property({ attribute: false }) values: Vector = [];
  /** The vector before edits: bars that differ are marked. */
  @property({ attribute: false }) original: Vector = [];
  /** Another vector, drawn as a tick a value. */
  @property({ attribute: false }) other: Vector = [];
  @property({ type: Number }) index = 0;
  /** The bar under the pointer; −1 for none. */
  @state() private hovered = -1;

  private pressed: { y: number; isDragging: boolean } | null = null;

  override render() {
    const { values, index, extent } = this;
    return html`
      <div class="scale soft small" aria-hidden="true">
        ${[1, 0, -1].map(
          (value) =>
            html`<span ${styled({ top: `${((extent - value) / (2 * extent)) * 100}%` })}
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
        aria-valuemin=${-extent}
        aria-valuemax=${extent}
        aria-valuenow=${values[index]}
        aria-valuetext="value ${index + 1} of ${values.length}: ${formatFixed(values[index])}"
        @pointerdown=${this.press}
        @pointermove=${this.move}
        @pointerup=${this.release}
        @pointercancel=${this.release}
        @pointerleave=${() => this.hover(-1)}
        @keydown=${this.handleKey}
      >
        ${this.renderBars()}
      </div>
    `;
  }

  private renderBars() {
    const { values, original, other, index, extent } = this;
    const height = extent * 0.022;
    return svg`
      <svg
        width="100%"
        height="100%"
        viewBox="0 ${-extent} ${values.length} ${2 * extent}"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        ${this.renderBand(index, 'color-mix(in oklab, var(--accent) 22%, transparent)')}
        ${this.hovered < 0 ? nothing : this.renderBand(this.hovered, 'color-mix(in oklab, var(--ink) 10%, transparent)')}
        <g stroke="var(--line)">${[1, -1].map((y) => this.renderLine(y))}</g>
        ${values.map(
          (value, i) => svg`<rect
            class="bar"
            fill=${value === original[i] ? 'var(--series-4)' : 'var(--accent)'}
            x=${i + 0.14}
            y=${Math.min(0, -value)}
            width="0.72"
            height=${Math.abs(value)}
          />`,
        )}
        <g stroke="var(--ink-soft)">${this.renderLine(0)}</g>
        ${other.map(
          (value, i) =>
            svg`<rect fill="var(--series-3)" x=${i} y=${-value - height / 2} width="1" height=${height} />`,
        )}
      </svg>
    `;
  }

  /** A line across, as thin however the picture is stretched. */
  private renderLine(y: number) {
    return svg`<line vector-effect="non-scaling-stroke" x2=${this.values.length} y1=${y} y2=${y} />`;
  }

  private renderBand(index: number, fill: string) {
    const { extent } = this;
    return svg`<rect fill=${fill} x=${index} y=${-extent} width="1" height=${2 * extent} />`;
  }

  /** The scale ends a little beyond ±1, or beyond the largest value. */
  private get extent(): number {
    const sizes = [...this.values, ...this.other].map(Math.abs);
    return Math.max(1.25, 1.05 * Math.max(...sizes));
  }

  private readonly press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.pressed = { y: event.clientY, isDragging: false };
    this.choose(this.indexAt(event));
  };

  private readonly move = (event: PointerEvent) => {
    const { pressed } = this;
    const isTouch = event.pointerType === 'touch';
    if (pressed && isTouch) return this.choose(this.indexAt(event));
    if (!pressed) return this.hover(this.indexAt(event));
    if (Math.abs(event.clientY - pressed.y) > DRAG_PX) pressed.isDragging = true;
    if (pressed.isDragging) this.change(this.valueAt(event));
  };

  private readonly release = () => {
    if (this.pressed?.isDragging) emit(this, 'value-settle');
    this.pressed = null;
  };

  private readonly handleKey = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.values.length - 1;
    const far = event.shiftKey ? 10 : 1;
    const [across, down] = arrowStep(event) ?? [0, 0];
    const to = across !== 0 ? this.index + across * far : { Home: 0, End: last }[event.key];
    if (to !== undefined) this.choose(Math.min(last, Math.max(0, to)));
    else if (down !== 0) {
      this.change(this.values[this.index] - down * KEY_STEP * far);
      emit(this, 'value-settle');
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      emit(this, 'value-restore');
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
    const { extent } = this;
    const value = extent - ((clientY - top) / height) * 2 * extent;
    // Without limits the scale would grow with the bar that is dragged.
    return Math.min(1.2, Math.max(-1.2, value));
  }

  private hover(index: number) {
    if (index === this.hovered) return;
    this.hovered = index;
    emit(this, 'value-point', index);
  }

  private choose(index: number) {
    if (index !== this.index) emit(this, 'value-choose', index);
  }

  private change(value: number) {
    emit(this, 'value-change', { index: this.index, value: Number(value.toFixed(2)) });
  }
}

declare global {
  interface HTMLElementEventMap {
    'value-point': CustomEvent<number>;
    'value-choose': CustomEvent<number>;
    'value-change': CustomEvent<ValueChange>;
    'value-settle': CustomEvent;
    'value-restore': CustomEvent;
  }
}
