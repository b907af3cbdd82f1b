import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ceilingLabel, deviceName, formatCeiling, formatMs } from '../../../bench/format';
import type { CeilingReport, DeviceReport } from '../../../bench/report';
import { formatCount, formatCounted, formatSignificant } from '../../../numeric/format';
import { UiElement } from '../../../ui/element';
import { isolationAdvice, webgpuAdvice } from '../model/captions';
import { factStyles } from './styles';

const cardStyles = css`
  dd {
    overflow-wrap: anywhere;
  }

  dd:not(.wide) {
    max-width: var(--measure);
  }

  ul {
    --column: 20rem;
    gap: var(--space-1) var(--space-6);
  }

  .ceilings {
    --column: 100%;
    max-width: 32rem;
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
export class DeviceCard extends UiElement {
  static override styles = [factStyles, cardStyles];

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

  private renderDevice(device: DeviceReport) {
    const { subgroupSizes: sizes, timer, features } = device;
    const limits = Object.entries(device.limits);
    return html`
      <dl class="pairs facts" part="facts">
        <dt>Adapter</dt>
        <dd>
          ${deviceName(device)}
          ${
            device.software
              ? html`<div class="soft">
                  Software adapter: runs on the CPU. Results are valid, but timings say nothing
                  about GPU speed.
                </div>`
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
        ${
          this.ceilings.length > 0
            ? html`<dt>Measured peaks</dt>
                <dd>${valueList(this.ceilings.map(ceilingValue), 'ceilings')}</dd>`
            : nothing
        }
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
        <dd class="wide">
          ${disclosure(`${limits.length} limits`, valueList(limits.map(limitValue), 'mt-2 mb-3'))}
          ${disclosure(
            `${features.length} features`,
            html`<ul class="auto-columns plain-list small mt-2 mb-3">
              ${features.map((feature) => html`<li>${feature}</li>`)}
            </ul>`,
          )}
        </dd>
      </dl>
    `;
  }
}

interface Value {
  readonly label: unknown;
  readonly value: string;
}

/** Names with their values. */
const valueList = (values: readonly Value[], kind: string) => html`
  <ul class="auto-columns plain-list small ${kind}">
    ${values.map(
      ({ label, value }) =>
        html`<li class="row one-line baseline between">
          <span>${label}</span><span class="number nowrap">${value}</span>
        </li>`,
    )}
  </ul>
`;

/** A peak rate with how it was measured, or why it was not. */
function ceilingValue(ceiling: CeilingReport): Value {
  const { variant, threads, message } = ceiling;
  const measured = [variant, ...(threads ? [formatCounted(threads, 'thread')] : [])].join(', ');
  const aside = html`<span class="soft">${message ?? measured}</span>`;
  return { label: html`${ceilingLabel(ceiling)} ${aside}`, value: formatCeiling(ceiling) };
}

const limitValue = ([name, value]: [string, number]): Value => ({
  label: html`<span class="soft">${limitLabel(name)}</span>`,
  value: formatLimit(name, value),
});

const disclosure = (summary: string, content: unknown) =>
  html`<details>
    <summary>${summary}</summary>
    ${content}
  </details>`;
