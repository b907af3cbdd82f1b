import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ceilingLabel, deviceName, formatCeiling, formatMs } from '../../../bench/format';
import type { CeilingReport, DeviceReport } from '../../../bench/report';
import { formatCount, formatCounted, formatSignificant } from '../../../numeric/format';
import { shared } from '../../../ui/styles/shared';
import { isolationAdvice, webgpuAdvice } from '../model/captions';
import { factStyles } from './styles';

const cardStyles = css`
  dd {
    overflow-wrap: anywhere;
  }

  dd:not(.wide) {
    max-width: var(--measure);
  }

  .grid {
    --column: 20rem;
    gap: var(--space-1) var(--space-6);
    font-size: var(--text-small);
  }

  details .grid {
    margin: var(--space-2) 0 var(--space-3);
  }

  .ceilings {
    --column: 100%;
    max-width: 32rem;
  }

  li {
    display: flex;
    gap: var(--space-3);
    justify-content: space-between;
  }

  li .number {
    white-space: nowrap;
  }
`;

const byteUnits = ['B', 'KiB', 'MiB', 'GiB'];

/** Sizes in binary units, as hardware has them; counts as they are. */
function formatLimit(name: string, value: number): string {
  const isBytes = /(Buffer|Binding|Storage)Size$/.test(name);
  if (!isBytes || value < 1024) return formatCount(value);
  const unit = Math.min(byteUnits.length - 1, Math.floor(Math.log2(value) / 10));
  return `${formatSignificant(value / 1024 ** unit, 3)} ${byteUnits[unit]}`;
}

/** "compute workgroup storage size", for `maxComputeWorkgroupStorageSize`. */
function limitLabel(name: string): string {
  return name
    .replace(/^max/, '')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
}

const clocks = {
  timestamps: 'GPU timestamps at pass boundaries',
  wall: 'wall clock, from submission to completion',
};

/**
 * The device of the measurements: adapter, clock, isolation, limits and features; or why there is no GPU.
 *
 * @csspart facts - the definition list.
 */
@customElement('device-card')
export class DeviceCard extends LitElement {
  static override styles = [...shared, factStyles, cardStyles];

  /** The device of a report; null before a run, and where there is none. */
  @property({ attribute: false }) device: DeviceReport | null = null;
  /** Peak rates that a run measured. */
  @property({ attribute: false }) ceilings: readonly CeilingReport[] = [];
  /** Whether WebGPU is available, as far as is known. */
  @property({ type: Boolean }) webgpu = 'gpu' in navigator;

  override render() {
    return html`
      <h2>Device</h2>
      ${this.device ? this.renderDevice(this.device) : this.renderNoDevice()}
    `;
  }

  private renderNoDevice() {
    return html`
      ${
        this.webgpu
          ? html`<p class="soft">Requesting the adapter…</p>`
          : html`<p>
                <strong>WebGPU is not available here</strong>, so the GPU kernels cannot run. The
                CPU implementations run, and are verified and timed on the same cases.
              </p>
              <p class="soft">${webgpuAdvice}</p>`
      }
      ${crossOriginIsolated ? nothing : html`<p class="soft">Not cross-origin isolated: ${isolationAdvice}</p>`}
    `;
  }

  private renderCeilings() {
    if (this.ceilings.length === 0) return nothing;
    return html`
      <dt>Measured peaks</dt>
      <dd>
        <ul class="grid ceilings">
          ${this.ceilings.map(
            (one) => html`
              <li>
                <span>${ceilingLabel(one)} <span class="soft">${ceilingAside(one)}</span></span>
                <span class="number">${formatCeiling(one)}</span>
              </li>
            `,
          )}
        </ul>
      </dd>
    `;
  }

  private renderDevice(device: DeviceReport) {
    const { subgroupSizes: sizes, timer } = device;
    return html`
      <dl class="facts" part="facts">
        <dt>Adapter</dt>
        <dd>
          ${deviceName(device)}
          ${
            device.software
              ? html`<span class="aside">
                  Software adapter: runs on the CPU. Results are valid, but timings say nothing
                  about GPU speed.
                </span>`
              : nothing
          }
        </dd>
        <dt>Subgroups</dt>
        <dd>${sizes ? [...new Set(sizes)].join(' to ') : 'none'}</dd>
        <dt>Clock</dt>
        <dd>
          ${clocks[timer.kind]}; resolution
          <span class="number">${formatMs(timer.resolutionMs)}</span>
        </dd>
        ${this.renderCeilings()}
        <dt>Isolation</dt>
        <dd>
          ${
            device.isolated
              ? 'cross-origin isolated (high-resolution timers, shared memory)'
              : `not cross-origin isolated: ${isolationAdvice}`
          }
        </dd>
        <dt>Processors</dt>
        <dd>${device.logicalProcessors} logical</dd>
        <dt>Browser</dt>
        <dd class="small">${device.userAgent}</dd>
        <dt>Details</dt>
        <dd class="wide">${renderLimits(device)} ${renderFeatures(device)}</dd>
      </dl>
    `;
  }
}

/** How a peak rate was measured, or why it was not. */
function ceilingAside({ variant, threads, message }: CeilingReport): string {
  return message ?? [variant, ...(threads ? [formatCounted(threads, 'thread')] : [])].join(', ');
}

function renderLimits({ limits }: DeviceReport) {
  const entries = Object.entries(limits);
  return html`
    <details>
      <summary>${entries.length} limits</summary>
      <ul class="grid">
        ${entries.map(
          ([name, value]) => html`
            <li>
              <span class="soft">${limitLabel(name)}</span>
              <span class="number">${formatLimit(name, value)}</span>
            </li>
          `,
        )}
      </ul>
    </details>
  `;
}

function renderFeatures({ features }: DeviceReport) {
  return html`
    <details>
      <summary>${features.length} features</summary>
      <ul class="grid">
        ${features.map((feature) => html`<li>${feature}</li>`)}
      </ul>
    </details>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'device-card': DeviceCard;
  }
}
