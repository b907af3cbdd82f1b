import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { when } from 'lit/directives/when.js';
import { live } from 'lit/directives/live.js';
import { namedMasks } from '../../../attention/modifiers/index';
import { capitalised, formatSignificant } from '../../../numeric/format';
import { checkbox, select } from '../../../ui/controls/fields';
import '../../../ui/controls/ui-number';
import '../../../ui/controls/ui-slider';
import { emit } from '../../../ui/emit';
import '../../../ui/modifier-drawing';
import { UiElement } from '../../../ui/element';
import {
  controlLimits,
  defaultControls,
  type HeadControls,
  maskDensity,
  maskOptions,
  problemOptions,
} from '../model/controls';
import type { HeadsSource } from '../model/source';

/** The sliders' ends; typed numbers may go further. */
const sliderRanges = { temperature: { min: 0.05, max: 20 }, softcap: { min: 0.25, max: 64 } };
const INITIAL_SOFTCAP = 4;

const DRAWN_CELLS = 24;

export type SourceExtents = Pick<HeadsSource, 'queryLength' | 'keyLength' | 'heads' | 'headSize'>;

/** The share of pairs that the mask leaves: counted, not estimated. */
export function densityText(controls: HeadControls, extents: SourceExtents): string {
  const share = maskDensity(controls, extents);
  return share === 1
    ? 'All pairs are visible'
    : `${formatSignificant(100 * share, 3)} % of pairs visible`;
}

/** Handles events of this very control alone: those of controls in its slot bubble through it. */
const own = (handle: (value: string) => void) => (event: Event) => {
  if (event.target === event.currentTarget) handle((event.target as HTMLInputElement).value);
};

/**
 * What can be changed about a head while it is shown: temperature, mask, soft cap, ALiBi, dtype. Fires at every step of
 * a slider.
 *
 * @fires {CustomEvent<HeadControls>} controls-change
 */
@customElement('head-controls')
export class HeadControlsElement extends UiElement {
  static override styles = css`
    .controls {
      grid-template-columns:
        minmax(12rem, 1.4fr) minmax(15rem, 1.5fr) minmax(11rem, 1fr)
        auto auto;
      gap: var(--space-4) var(--space-5);
    }

    .mask {
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 0 var(--space-3);
    }

    .row,
    .line .check {
      gap: var(--space-1) var(--space-3);
    }

    .line {
      min-height: 2.25rem;
    }

    ui-slider {
      flex: 1;
    }

    #type {
      max-width: 10.5rem;
    }

    ui-number::part(input) {
      width: 4.25rem;
    }

    modifier-drawing {
      width: 3.9rem;
      margin-top: 0.15rem;
      outline: 1px solid var(--line);
    }

    @media (max-width: 72rem) {
      .controls {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
      }
    }
  `;

  @property({ attribute: false }) controls: HeadControls = defaultControls;
  /** For the mask's drawing and density, which are left out without. */
  @property({ attribute: false }) extents: SourceExtents | null = null;
  /** Why float16 cannot be used; empty where it can. */
  @property({ attribute: 'f16-lacking' }) f16Unsupported = '';

  override render() {
    return html`
      <div class="controls stack start">
        <div class="stack gap-1">
          <span class="field-label">Temperature</span>
          ${this.renderSlider('temperature', 'Temperature', 'Temperature, typed')}
        </div>
        ${this.renderMask()} ${this.renderSoftcap()} ${this.renderAlibi()} ${this.renderType()}
      </div>
    `;
  }

  private renderSoftcap() {
    const isOff = this.controls.softcap === null;
    return html`
      <div class="stack gap-1">
        <span class="field-label" id="softcap-label">Soft cap</span>
        <div class="line row one-line">
          <input
            id="softcap-on"
            type="checkbox"
            aria-labelledby="softcap-label"
            .checked=${live(!isOff)}
            @change=${() => this.change({ softcap: isOff ? INITIAL_SOFTCAP : null })}
          />
          ${this.renderSlider('softcap', 'Soft cap of the scores', 'Soft cap, typed')}
        </div>
      </div>
    `;
  }

  private renderSlider(field: keyof typeof sliderRanges, label: string, numberLabel: string) {
    const value = this.controls[field];
    return html`<ui-slider
      id=${field}
      label=${label}
      label-hidden
      logarithmic
      digits="3"
      snap="1"
      min=${sliderRanges[field].min}
      max=${sliderRanges[field].max}
      ?disabled=${value === null}
      .value=${value ?? INITIAL_SOFTCAP}
      @input=${own((text) => this.change({ [field]: Number(text) }))}
    >
      ${
        value === null
          ? html`<span class="note">off</span>`
          : this.renderNumber(field, numberLabel, value)
      }
    </ui-slider>`;
  }

  private renderMask() {
    const { controls, extents } = this;
    const { numbers, label } = namedMasks[controls.mask];
    return html`
      <div class="mask stack start">
        <div class="stack gap-1">
          ${select('Mask', maskOptions, controls.mask, (mask) => this.change({ mask }), { id: 'mask' })}
          ${when(
            numbers.length > 0,
            () =>
              html`<div class="row">
                ${numbers.map((name) =>
                  this.renderNumber(name, capitalised(name), controls[name], true),
                )}
              </div>`,
          )}
          <p id="density" class="note number">${extents ? densityText(controls, extents) : ''}</p>
        </div>
        ${when(
          extents,
          ({ queryLength, keyLength }) =>
            html`<modifier-drawing
              plain
              label="Pattern of the mask: ${label}"
              .mask=${problemOptions(controls, extents!).mask}
              .queries=${Math.min(DRAWN_CELLS, queryLength)}
              .keys=${Math.min(DRAWN_CELLS, keyLength)}
              .lengths=${{ queries: queryLength, keys: keyLength }}
            ></modifier-drawing>`,
        )}
      </div>
    `;
  }

  private renderNumber(
    field: keyof typeof controlLimits,
    label: string,
    value: number,
    isMaskNumber = false,
  ) {
    const { min, max } = controlLimits[field];
    return html`<ui-number
      data-field=${field}
      label=${label}
      ?label-hidden=${!isMaskNumber}
      ?inline=${isMaskNumber}
      ?whole=${isMaskNumber}
      short
      min=${min}
      max=${max}
      .value=${value}
      @change=${own((text) => this.change({ [field]: Number(text) }))}
    ></ui-number>`;
  }

  private renderAlibi() {
    const { alibi } = this.controls;
    return html`
      <div
        class="stack gap-1"
        title="Scores fall linearly with distance, with each head’s slope from the ALiBi paper"
      >
        <span class="field-label">Position bias</span>
        <div class="line row small">
          ${checkbox('ALiBi', alibi, () => this.change({ alibi: !alibi }), 'alibi')}
        </div>
      </div>
    `;
  }

  private renderType() {
    const { f16Unsupported, controls } = this;
    const options = [
      { value: 'f32', label: 'float32' },
      { value: 'f16', label: 'float16', disabled: f16Unsupported !== '' },
    ];
    return select('dtype', options, controls.type, (type) => this.change({ type }), {
      id: 'type',
      note: f16Unsupported,
    });
  }

  private change(some: Partial<HeadControls>) {
    this.controls = { ...this.controls, ...some };
    emit(this, 'controls-change', this.controls);
  }
}

declare global {
  interface HTMLElementEventMap {
    'controls-change': CustomEvent<HeadControls>;
  }

  interface HTMLElementTagNameMap {
    'head-controls': HeadControlsElement;
  }
}
