import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import {
  controlLimits,
  defaultControls,
  type HeadControls as Controls,
  type MaskKind,
  maskKinds,
  problemOptions,
} from '../../heads/controls';
import { maskDensity } from '../../heads/density';
import type { HeadsSource } from '../../heads/source';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { controlStyles } from './head-controls.css';
import './modifier-drawing';

type Extents = Pick<HeadsSource, 'queryLength' | 'keyLength' | 'heads' | 'headSize'>;
type NumberField = 'window' | 'prefix' | 'sinks' | 'temperature' | 'softcap';

/** The sliders' ends; typed numbers may go further. */
const TEMPERATURES = { least: 0.05, most: 20 };
const SOFTCAPS = { least: 0.25, most: 64, first: 4 };
/** Within this of 1, on the logarithmic scale, a slider means 1. */
const SNAP = 0.04;
/** Cells of the mask's drawing along a side. */
const DRAWN = 24;

const numberLabels: Record<'window' | 'prefix' | 'sinks', string> = {
  window: 'Window',
  prefix: 'Prefix',
  sinks: 'Sinks',
};

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
  /** Texts that are no number of their field, as typed. */
  @state() private texts: ReadonlyMap<NumberField, string> = new Map();

  override render() {
    return html`
      <div class="controls">
        ${this.renderTemperature()} ${this.renderMask()} ${this.renderSoftcap()}
        ${this.renderAlibi()} ${this.renderType()}
      </div>
    `;
  }

  private renderTemperature() {
    const { temperature } = this.controls;
    return html`
      <div class="control">
        <label for="temperature">Temperature</label>
        <div class="line">
          <input
            id="temperature"
            type="range"
            min=${Math.log(TEMPERATURES.least)}
            max=${Math.log(TEMPERATURES.most)}
            step="0.01"
            .value=${live(String(Math.log(temperature)))}
            aria-valuetext=${formatted(temperature)}
            @input=${(event: Event) => this.change({ temperature: fromSlider(event) })}
          />
          ${this.renderNumber('temperature', 'Temperature, typed')}
        </div>
        ${this.renderError('temperature')}
      </div>
    `;
  }

  private renderMask() {
    const { controls, extents } = this;
    const { uses } = maskKinds[controls.mask];
    return html`
      <div class="control mask">
        <div class="control">
          <label for="mask">Mask</label>
          <div class="line">
            <select
              id="mask"
              aria-describedby="density"
              @change=${(event: Event) =>
                this.change({ mask: (event.target as HTMLSelectElement).value as MaskKind })}
            >
              ${Object.entries(maskKinds).map(
                ([kind, { label }]) =>
                  html`<option value=${kind} .selected=${kind === controls.mask}>${label}</option>`,
              )}
            </select>
          </div>
          ${
            uses.length > 0
              ? html`<div class="numbers">
                  ${uses.map(
                    (field) =>
                      html`<label>
                        ${numberLabels[field]} ${this.renderNumber(field, `${field} of the mask`)}
                      </label>`,
                  )}
                </div>`
              : nothing
          }
          ${uses.map((field) => this.renderError(field))}
          <p id="density" class="note number">${this.density}</p>
        </div>
        ${extents ? this.renderDrawing(extents) : nothing}
      </div>
    `;
  }

  private renderDrawing(extents: Extents) {
    const { queryLength, keyLength } = extents;
    const queries = Math.min(DRAWN, queryLength);
    const keys = Math.min(DRAWN, keyLength);
    return html`<modifier-drawing
      plain
      label="Pattern of the mask: ${maskKinds[this.controls.mask].label}"
      .mask=${problemOptions(this.controls, extents).mask}
      .queries=${queries}
      .keys=${keys}
      .lengths=${{ queries: queryLength, keys: keyLength }}
    ></modifier-drawing>`;
  }

  private renderSoftcap() {
    const { softcap } = this.controls;
    const value = softcap ?? SOFTCAPS.first;
    return html`
      <div class="control">
        <span class="label" id="softcap-label">Soft cap</span>
        <div class="line">
          <input
            id="softcap-on"
            type="checkbox"
            aria-labelledby="softcap-label"
            .checked=${live(softcap !== null)}
            @change=${(event: Event) => {
              const { checked } = event.target as HTMLInputElement;
              this.change({ softcap: checked ? SOFTCAPS.first : null });
            }}
          />
          <input
            id="softcap"
            type="range"
            min=${Math.log(SOFTCAPS.least)}
            max=${Math.log(SOFTCAPS.most)}
            step="0.01"
            ?disabled=${softcap === null}
            .value=${live(String(Math.log(value)))}
            aria-label="Soft cap of the scores"
            aria-valuetext=${formatted(value)}
            @input=${(event: Event) => this.change({ softcap: fromSlider(event) })}
          />
          ${softcap === null ? html`<span class="note">off</span>` : this.renderNumber('softcap', 'Soft cap, typed')}
        </div>
        ${this.renderError('softcap')}
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

  private renderNumber(field: NumberField, label: string) {
    const typed = this.texts.get(field);
    const value = this.controls[field];
    return html`<input
      class="short"
      type="text"
      inputmode="decimal"
      autocomplete="off"
      data-field=${field}
      aria-label=${label}
      aria-invalid=${typed === undefined ? 'false' : 'true'}
      aria-describedby="${field}-error"
      .value=${live(typed ?? (value === null ? '' : formatted(value)))}
      @change=${this.takeText}
    />`;
  }

  private renderError(field: NumberField) {
    const { min, max } = controlLimits[field];
    const text = this.texts.get(field);
    return html`<span id="${field}-error" class="error" ?hidden=${text === undefined}>
      “${text}” is no number from ${min} to ${max}.
    </span>`;
  }

  /** The share of pairs that the mask leaves: counted, not estimated. */
  private get density() {
    const { controls, extents } = this;
    if (!extents) return '';
    const share = maskDensity(controls, extents);
    return share === 1 ? 'All pairs are visible' : `${shareText(share)} of pairs visible`;
  }

  private takeText = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const field = input.dataset.field as NumberField;
    const { min, max } = controlLimits[field];
    const text = input.value.trim();
    const value = Number(text);
    const isWhole = field === 'temperature' || field === 'softcap' || Number.isInteger(value);
    const texts = new Map(this.texts);
    if (text !== '' && isWhole && value >= min && value <= max) {
      texts.delete(field);
      this.change({ [field]: value });
    } else {
      texts.set(field, text);
    }
    this.texts = texts;
  };

  private change(some: Partial<Controls>) {
    this.controls = { ...this.controls, ...some };
    const detail = this.controls;
    this.dispatchEvent(new CustomEvent('controls-change', { detail, bubbles: true }));
  }
}

function fromSlider(event: Event): number {
  const { value } = event.target as HTMLInputElement;
  const logarithm = Math.abs(Number(value)) < SNAP ? 0 : Number(value);
  return Number(Math.exp(logarithm).toPrecision(3));
}

const numbers = new Intl.NumberFormat('en-US', {
  maximumSignificantDigits: 5,
  useGrouping: false,
});
const formatted = (value: number) => numbers.format(value);

const shareText = (share: number) =>
  `${new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 }).format(100 * share)} %`;

declare global {
  interface HTMLElementTagNameMap {
    'head-controls': HeadControlsElement;
  }
}
