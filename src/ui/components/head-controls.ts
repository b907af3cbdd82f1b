import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { defaultControls, type HeadControls as Controls } from '../../heads/controls';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { controlStyles } from './head-controls.css';
import { logSlider } from './log-slider';
import { type Extents, renderMaskControl } from './mask-control';
import { TypedNumbers } from './typed-numbers';

/** The sliders' ends; typed numbers may go further. */
const TEMPERATURES = { least: 0.05, most: 20 };
const SOFTCAPS = { least: 0.25, most: 64 };
const FIRST_SOFTCAP = 4;

/**
 * What people change about a head while they look at it: temperature, mask, soft cap, linear biases, type. Every
 * step of a slider is told at once.
 *
 * @fires {CustomEvent<HeadControls>} controls-change
 */
@customElement('head-controls')
export class HeadControlsElement extends LitElement {
  static override styles = [...shared, forms, controlStyles];

  @property({ attribute: false }) controls: Controls = defaultControls;
  /** Of the source, for the mask's drawing and density; nothing is drawn without. */
  @property({ attribute: false }) extents: Extents | null = null;
  /** Why float16 cannot be had; empty where it can. */
  @property({ attribute: 'f16-lacking' }) f16Lacking = '';
  private readonly numbers = new TypedNumbers(this, (field, value) =>
    this.change({ [field]: value }),
  );

  override render() {
    const { controls, extents, numbers } = this;
    return html`
      <div class="controls">
        ${this.renderTemperature()}
        ${renderMaskControl(controls, extents, numbers, (mask) => this.change({ mask }))}
        ${this.renderSoftcap()} ${this.renderAlibi()} ${this.renderType()}
      </div>
    `;
  }

  private renderTemperature() {
    const { temperature } = this.controls;
    const slider = { id: 'temperature', ...TEMPERATURES, value: temperature };
    return html`
      <div class="control">
        <label for="temperature">Temperature</label>
        <div class="line">
          ${logSlider(slider, (value) => this.change({ temperature: value }))}
          ${this.numbers.renderInput('temperature', temperature, 'Temperature, typed')}
        </div>
        ${this.numbers.renderError('temperature')}
      </div>
    `;
  }

  private renderSoftcap() {
    const { softcap } = this.controls;
    const isOff = softcap === null;
    const value = softcap ?? FIRST_SOFTCAP;
    const slider = { id: 'softcap', ...SOFTCAPS, value, name: 'Soft cap of the scores', isOff };
    const toggle = (event: Event) => {
      const { checked } = event.target as HTMLInputElement;
      this.change({ softcap: checked ? FIRST_SOFTCAP : null });
    };
    return html`
      <div class="control">
        <span class="label" id="softcap-label">Soft cap</span>
        <div class="line">
          <input
            id="softcap-on"
            type="checkbox"
            aria-labelledby="softcap-label"
            .checked=${live(!isOff)}
            @change=${toggle}
          />
          ${logSlider(slider, (cap) => this.change({ softcap: cap }))}
          ${
            isOff
              ? html`<span class="note">off</span>`
              : this.numbers.renderInput('softcap', softcap, 'Soft cap, typed')
          }
        </div>
        ${this.numbers.renderError('softcap')}
      </div>
    `;
  }

  private renderAlibi() {
    return html`
      <div class="control">
        <span class="label">Linear biases</span>
        <label
          class="check"
          title="Scores fall with distance, by each head's slope in the ALiBi paper"
        >
          <input
            id="alibi"
            type="checkbox"
            .checked=${live(this.controls.alibi)}
            @change=${(event: Event) =>
              this.change({ alibi: (event.target as HTMLInputElement).checked })}
          />
          ALiBi
        </label>
      </div>
    `;
  }

  private renderType() {
    const { f16Lacking, controls } = this;
    return html`
      <div class="control">
        <label for="type">Stored as</label>
        <div class="line">
          <select
            id="type"
            aria-describedby="type-note"
            @change=${(event: Event) => {
              const { value } = event.target as HTMLSelectElement;
              this.change({ type: value as Controls['type'] });
            }}
          >
            <option value="f32" .selected=${controls.type === 'f32'}>float32</option>
            <option value="f16" .selected=${controls.type === 'f16'} ?disabled=${f16Lacking !== ''}>
              float16
            </option>
          </select>
        </div>
        <p id="type-note" class="note">${f16Lacking}</p>
      </div>
    `;
  }

  private change(some: Partial<Controls>) {
    this.controls = { ...this.controls, ...some };
    const detail = this.controls;
    this.dispatchEvent(new CustomEvent('controls-change', { detail, bubbles: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'head-controls': HeadControlsElement;
  }
}
