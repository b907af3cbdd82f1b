import { css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { arrowStep } from '../interaction/roving-focus';
import { UiElement } from '../element';

export interface SliderScale {
  readonly min: number;
  readonly max: number;
  readonly logarithmic: boolean;
  /** Step between values; on logarithmic scales the relative step. */
  readonly step: number;
  /** Significant digits of values on logarithmic scales. */
  readonly digits: number;
  /** A value that logarithmic scales snap to; 0 for none. */
  readonly snap: number;
}

/** In units of the natural logarithm: about 4 %. */
const SNAP_RANGE = 0.04;

/** The track position of a value: its logarithm on logarithmic scales. */
export const positionOf = (value: number, { logarithmic }: SliderScale): number =>
  logarithmic ? Math.log(value) : value;

/** The value at a track position. On logarithmic scales with integer ends, values are integers. */
export function valueAt(position: number, scale: SliderScale): number {
  const { logarithmic, snap } = scale;
  if (!logarithmic) return clamp(position, scale);
  const value = Math.exp(position);
  const isSnapped = snap > 0 && Math.abs(position - Math.log(snap)) < SNAP_RANGE;
  return clamp(isSnapped ? snap : rounded(value, scale), scale);
}

/** The next value up or down; on logarithmic scales of integers it differs by at least one. */
export function valueAfterStep(value: number, direction: number, scale: SliderScale): number {
  if (!scale.logarithmic) return clamp(value + direction * scale.step, scale);
  const next = rounded(value * (1 + scale.step) ** direction, scale);
  return clamp(next === value ? value + direction : next, scale);
}

function rounded(value: number, { min, max, digits }: SliderScale): number {
  const isWhole = Number.isInteger(min) && Number.isInteger(max);
  return isWhole ? Math.round(value) : Number(value.toPrecision(digits));
}

const clamp = (value: number, { min, max }: SliderScale): number =>
  Math.min(max, Math.max(min, value));

/**
 * A slider with label and value, linear or logarithmic. The value may lie outside its range until the slider is moved.
 *
 * @fires {Event} input - while dragged; read `value`.
 * @fires {Event} change - when released, and after each key press.
 * @csspart label
 * @csspart input
 * @slot - content after the track, such as a number field.
 */
@customElement('ui-slider')
export class UiSlider extends UiElement implements SliderScale {
  static override shadowRootOptions = { ...UiElement.shadowRootOptions, delegatesFocus: true };

  static override styles = css`
    :host {
      min-width: 0;
    }

    input {
      flex: 1;
      width: 100%;
      min-width: 0;
      height: 1.75rem;
      margin: 0;
      accent-color: var(--accent);
      cursor: pointer;
    }

    input:disabled {
      cursor: default;
    }
  `;

  @property() label = '';
  /** Makes the label available to screen readers only. */
  @property({ type: Boolean, attribute: 'label-hidden' }) labelHidden = false;
  @property({ type: Number }) value = 0;
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = 1;
  @property({ type: Number }) step = 0.01;
  @property({ type: Boolean }) logarithmic = false;
  @property({ type: Number }) digits = 2;
  @property({ type: Number }) snap = 0;
  @property({ type: Boolean }) disabled = false;
  @property({ attribute: false }) format: (value: number) => string = String;

  @query('input') private readonly input!: HTMLInputElement;

  override render() {
    const { label, labelHidden, logarithmic, value } = this;
    const text = this.format(value);
    return html`
      ${
        labelHidden
          ? nothing
          : html`<label class="row one-line baseline between gap-3" for="range" part="label"
              ><span>${label}</span><span class="number">${text}</span></label
            >`
      }
      <div class="track row one-line gap-2">
        <input
          id="range"
          part="input"
          type="range"
          min=${positionOf(this.min, this)}
          max=${positionOf(this.max, this)}
          step=${logarithmic ? 'any' : this.step}
          ?disabled=${this.disabled}
          .value=${live(String(positionOf(value, this)))}
          aria-label=${labelHidden ? label : nothing}
          aria-valuetext=${text}
          @input=${() => (this.value = valueAt(Number(this.input.value), this))}
          @change=${this.emitChange}
          @keydown=${this.handleKey}
        />
        <slot></slot>
      </div>
    `;
  }

  /** Native keys would move by shares of the logarithmic track instead of by steps. */
  private handleKey(event: KeyboardEvent) {
    const step = this.logarithmic ? arrowStep(event) : null;
    if (!step) return;
    event.preventDefault();
    this.value = valueAfterStep(this.value, step[0] - step[1], this);
    this.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    this.emitChange();
  }

  /** Unlike `input`, a native `change` does not leave the shadow root. */
  private emitChange() {
    this.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-slider': UiSlider;
  }
}
