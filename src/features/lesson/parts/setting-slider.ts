import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { formatDecimal } from '../../../ui/format-number';
import { shared } from '../../../ui/styles/shared';

/**
 * A labelled slider with its number, linear or logarithmic. While it is dragged it fires `slide`, and
 * `settle` at the end; by keyboard both for each press.
 *
 * @fires {CustomEvent<number>} slide
 * @fires {Event} settle
 */
@customElement('setting-slider')
export class SettingSlider extends LitElement {
  static override styles = [
    ...shared,
    css`
      :host {
        flex: 1 1 12rem;
        max-width: 24rem;
        font-size: var(--text);
      }

      label {
        display: flex;
        gap: var(--space-3);
        align-items: baseline;
        justify-content: space-between;
      }

      input {
        width: 100%;
        height: 1.75rem;
        margin: 0;
        accent-color: var(--accent);
        cursor: pointer;
      }
    `,
  ];

  @property() label = '';
  @property({ type: Number }) value = 0;
  @property({ type: Number }) least = 0;
  @property({ type: Number }) most = 1;
  /** The grid of values; of logarithmic sliders, the share by which each differs from the next. */
  @property({ type: Number }) step = 0.01;
  @property({ type: Boolean }) logarithmic = false;
  /** How the number is written, units included. */
  @property({ attribute: false }) format: (value: number) => string = (value) =>
    formatDecimal(value);

  override render() {
    const [least, most] = [this.toTrack(this.least), this.toTrack(this.most)];
    const step = this.logarithmic ? Math.log(1 + this.step) : this.step;
    return html`
      <label for="range"
        ><span>${this.label}</span><span class="number">${this.format(this.value)}</span></label
      >
      <input
        id="range"
        type="range"
        min=${least}
        max=${most}
        step=${this.logarithmic ? 'any' : step}
        .value=${live(String(this.toTrack(this.value)))}
        aria-valuetext=${this.format(this.value)}
        @input=${this.slide}
        @change=${() => this.dispatchEvent(new Event('settle'))}
        @keydown=${this.handleKeydown}
      />
    `;
  }

  private toTrack(value: number): number {
    return this.logarithmic ? Math.log(value) : value;
  }

  private slide(event: Event) {
    const at = Number((event.target as HTMLInputElement).value);
    this.emitSlide(this.logarithmic ? this.snap(Math.exp(at)) : at);
  }

  /** A logarithmic track is smooth under the pointer; keys go a step at a time. */
  private handleKeydown(event: KeyboardEvent) {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (!by || !this.logarithmic) return;
    event.preventDefault();
    const next = this.value * (1 + this.step) ** by;
    const rounded = this.snap(next);
    // Of whole numbers a small share may be less than 1: one step is at least one.
    this.emitSlide(rounded === this.value ? this.value + by : rounded);
    this.dispatchEvent(new Event('settle'));
  }

  /** Two digits tell, and whole numbers stay whole. */
  private snap(value: number): number {
    const isWhole = Number.isInteger(this.least) && Number.isInteger(this.most);
    return isWhole ? Math.round(value) : Number(value.toPrecision(2));
  }

  private emitSlide(value: number) {
    const detail = Math.min(this.most, Math.max(this.least, value));
    this.dispatchEvent(new CustomEvent('slide', { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'setting-slider': SettingSlider;
  }
}
