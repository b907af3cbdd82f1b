import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { defaultSettings, type Settings } from '../../../bench/settings';
import { shared } from '../../../ui/styles/shared';
import { TuningRun } from '../engine/tuning-run';
import './kernel-choice';

/** The kernels chosen for some settings on the device at hand, which it tunes and remembers. */
@customElement('kernel-tuning')
export class KernelTuning extends LitElement {
  static override styles = shared;

  @property({ attribute: false }) settings: Settings = defaultSettings;
  /** Whether WebGPU is to be had here, as far as is known. */
  @property({ type: Boolean }) webgpu = 'gpu' in navigator;
  /** The device is busy with something else: tuning gives way. */
  @property({ type: Boolean }) busy = false;

  private readonly run = new TuningRun(this);

  override willUpdate(changed: PropertyValues) {
    if (this.busy && changed.has('busy')) this.run.cancel();
    if (changed.has('settings')) void this.run.follow(this.settings);
  }

  override render() {
    const { choices, progress, notes, running } = this.run;
    return html`
      <kernel-choice
        .choices=${choices}
        .webgpu=${this.webgpu}
        .progress=${progress}
        .notes=${notes}
        ?tuning=${running}
        ?busy=${this.busy}
        @tune-request=${() => this.run.tune()}
        @tune-cancel=${() => this.run.cancel()}
        @tune-forget=${() => this.run.forget()}
      ></kernel-choice>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kernel-tuning': KernelTuning;
  }
}
