import { formatSignificant } from '../../../numeric/format';
import { css, html, nothing, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import '../../../ui/modifier-drawing';
import { forms } from '../../../ui/styles/forms';
import { shared } from '../../../ui/styles/shared';
import { type MaskName, namedMasks } from '../../../attention/modifiers/index';
import {
  type HeadControls,
  problemOptions,
  maskDensity,
  defaultControls,
  type HeadControls as Controls,
} from '../model/controls';
import type { HeadsSource } from '../model/source';
import { NumberInputs, logSlider } from './number-inputs';

const controlStyles = css`
  .controls {
    display: grid;
    grid-template-columns: minmax(12rem, 1.4fr) minmax(15rem, 1.5fr) minmax(11rem, 1fr) auto auto;
    gap: var(--space-4) var(--space-5);
    align-items: start;
  }

  .control {
    display: grid;
    gap: var(--space-1);
    min-width: 0;
  }

  .control > label,
  .label {
    color: var(--ink-soft);
    font-size: var(--text-small);
    line-height: 1.4;
  }

  .line {
    display: flex;
    gap: var(--space-3);
    align-items: center;
    min-height: 2.25rem;
  }

  input[type='range'] {
    flex: 1;
    min-width: 5rem;
    height: 1.5rem;
    margin: 0;
    accent-color: var(--accent);
  }

  input[type='text'].short {
    flex: none;
    width: 4.25rem;
  }

  .line select {
    flex: 1 1 8rem;
    width: auto;
  }

  .mask {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 var(--space-3);
    align-items: start;
  }

  .mask modifier-drawing {
    width: 3.9rem;
    margin-top: 0.15rem;
    outline: 1px solid var(--line);
  }

  .numbers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-4);
  }

  .numbers label {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .check {
    display: flex;
    gap: var(--space-2);
    align-items: center;
    min-height: 2.25rem;
    white-space: nowrap;
  }

  .note {
    color: var(--ink-soft);
    font-size: var(--text-small);
    line-height: 1.4;
  }

  @media (max-width: 72rem) {
    .controls {
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
    }
  }
`;

/** What of the source bears on the mask. */
type SourceExtents = Pick<HeadsSource, 'queryLength' | 'keyLength' | 'heads' | 'headSize'>;

/** Cells of the mask's drawing along a side. */
const DRAWN_CELLS = 24;

const numberLabels = { window: 'Window', prefix: 'Prefix', sinks: 'Sinks' };

/** The mask, the numbers that bear on it, and what it looks like; nothing is drawn without extents. */
function renderMaskControl(
  controls: HeadControls,
  extents: SourceExtents | null,
  numbers: NumberInputs,
  take: (mask: MaskName) => void,
) {
  const { numbers: uses } = namedMasks[controls.mask];
  const field = (name: (typeof uses)[number]) =>
    html`<label>
      ${numberLabels[name]} ${numbers.renderInput(name, controls[name], `${name} of the mask`)}
    </label>`;
  return html`
    <div class="control mask">
      <div class="control">
        <label for="mask">Mask</label>
        <div class="line">
          <select
            id="mask"
            aria-describedby="density"
            @change=${(event: Event) => take((event.target as HTMLSelectElement).value as MaskName)}
          >
            ${Object.entries(namedMasks).map(
              ([kind, { label }]) =>
                html`<option value=${kind} .selected=${kind === controls.mask}>${label}</option>`,
            )}
          </select>
        </div>
        ${uses.length > 0 ? html`<div class="numbers">${uses.map(field)}</div>` : nothing}
        ${uses.map((name) => numbers.renderError(name))}
        <p id="density" class="note number">${extents ? densityText(controls, extents) : ''}</p>
      </div>
      ${extents ? renderDrawing(controls, extents) : nothing}
    </div>
  `;
}

function renderDrawing(controls: HeadControls, extents: SourceExtents) {
  const { queryLength, keyLength } = extents;
  return html`<modifier-drawing
    plain
    label="Pattern of the mask: ${namedMasks[controls.mask].label}"
    .mask=${problemOptions(controls, extents).mask}
    .queries=${Math.min(DRAWN_CELLS, queryLength)}
    .keys=${Math.min(DRAWN_CELLS, keyLength)}
    .lengths=${{ queries: queryLength, keys: keyLength }}
  ></modifier-drawing>`;
}

/** The share of pairs that the mask leaves: counted, not estimated. */
export function densityText(controls: HeadControls, extents: SourceExtents): string {
  const share = maskDensity(controls, extents);
  return share === 1
    ? 'All pairs are visible'
    : `${formatSignificant(100 * share, 3)} % of pairs visible`;
}

/** The sliders' ends; typed numbers may go further. */
const TEMPERATURE_RANGE = { least: 0.05, most: 20 };
const SOFTCAP_RANGE = { least: 0.25, most: 64 };
const INITIAL_SOFTCAP = 4;

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
  @property({ attribute: false }) extents: SourceExtents | null = null;
  /** Why float16 cannot be had; empty where it can. */
  @property({ attribute: 'f16-lacking' }) f16Unsupported = '';
  private readonly numbers = new NumberInputs(this, (field, value) =>
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
    const slider = { id: 'temperature', ...TEMPERATURE_RANGE, value: temperature };
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
    const value = softcap ?? INITIAL_SOFTCAP;
    const slider = {
      id: 'softcap',
      ...SOFTCAP_RANGE,
      value,
      name: 'Soft cap of the scores',
      isOff,
    };
    const toggle = (event: Event) => {
      const { checked } = event.target as HTMLInputElement;
      this.change({ softcap: checked ? INITIAL_SOFTCAP : null });
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
    const { f16Unsupported: f16Lacking, controls } = this;
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
