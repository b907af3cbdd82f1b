import { formatCount, formatSignificant } from '../../../numeric/format';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ceilingLabel, formatCeiling, deviceName, formatMs } from '../../../bench/format';
import type { CeilingReport, DeviceReport } from '../../../bench/report';
import { shared } from '../../../ui/styles/shared';
import { isolationAdvice, webgpuAdvice } from '../model/captions';

const cardStyles = css`
  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: var(--space-2) var(--space-5);
    margin-top: var(--space-4);
  }

  dt {
    color: var(--ink-soft);
  }

  dd {
    max-width: var(--measure);
    overflow-wrap: anywhere;
  }

  dd.wide {
    max-width: none;
  }

  .aside {
    display: block;
    color: var(--ink-soft);
  }

  summary {
    width: max-content;
    cursor: pointer;
  }

  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr));
    gap: var(--space-1) var(--space-6);
    margin: var(--space-2) 0 var(--space-3);
    padding: 0;
    list-style: none;
    font-size: var(--text-small);
  }

  ul.ceilings {
    grid-template-columns: minmax(0, 1fr);
    margin: 0;
    max-width: 32rem;
  }

  .ceilings .number {
    white-space: nowrap;
  }

  li {
    display: flex;
    gap: var(--space-3);
    justify-content: space-between;
  }

  p {
    max-width: var(--measure);
    margin-top: var(--space-3);
  }

  @media (max-width: 40rem) {
    dl {
      grid-template-columns: 1fr;
      gap: 0;
    }

    dd {
      margin-bottom: var(--space-3);
    }
  }
`;

const byteUnits = ['B', 'KiB', 'MiB', 'GiB'];

/** Sizes in binary units, since that is how hardware sets them; counts as they are. */
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
  timestamps: 'GPU timestamps at the edges of each pass',
  wall: 'wall clock, from submission to completion',
};

/**
 * What the numbers were measured on: adapter, clock, isolation, limits and features; or why there
 * is no GPU to measure on.
 *
 * @csspart facts - the definition list.
 */
@customElement('device-card')
export class DeviceCard extends LitElement {
  static override styles = [...shared, cardStyles];

  /** The device of a report; null before a run, and where there is none. */
  @property({ attribute: false }) device: DeviceReport | null = null;
  /** What a run found that this machine can do at most. */
  @property({ attribute: false }) ceilings: readonly CeilingReport[] = [];
  /** Whether WebGPU is to be had here, as far as is known. */
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
          ? html`<p class="soft">Asking for the adapter…</p>`
          : html`<p>
                <strong>There is no WebGPU here</strong>, so the GPU kernels cannot run. The CPU
                path works: it computes, checks and times the same cases.
              </p>
              <p class="soft">${webgpuAdvice}</p>`
      }
      ${crossOriginIsolated ? nothing : html`<p class="soft">Not isolated: ${isolationAdvice}</p>`}
    `;
  }

  private renderCeilings() {
    if (this.ceilings.length === 0) return nothing;
    return html`
      <dt>Ceilings</dt>
      <dd>
        <ul class="ceilings">
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
      <dl part="facts">
        <dt>Adapter</dt>
        <dd>
          ${deviceName(device)}
          ${
            device.software
              ? html`<span class="aside">
                  A CPU in disguise: it shows what is right, not how fast a GPU is.
                </span>`
              : nothing
          }
        </dd>
        <dt>Subgroups</dt>
        <dd>${sizes ? [...new Set(sizes)].join(' to ') : 'none'}</dd>
        <dt>Clock</dt>
        <dd>
          ${clocks[timer.kind]}, in steps of
          <span class="number">${formatMs(timer.resolutionMs)}</span>
        </dd>
        ${this.renderCeilings()}
        <dt>Isolated</dt>
        <dd>
          ${
            device.isolated
              ? 'yes: clocks are as fine as this browser makes them'
              : `no: ${isolationAdvice}`
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

/** How a ceiling was measured, or why it was not. */
function ceilingAside({ variant, threads, message }: CeilingReport): string {
  if (message) return message;
  return [variant, ...(threads ? [`${threads} ${threads === 1 ? 'thread' : 'threads'}`] : [])].join(
    ', ',
  );
}

function renderLimits({ limits }: DeviceReport) {
  const entries = Object.entries(limits);
  return html`
    <details>
      <summary>${entries.length} limits</summary>
      <ul>
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
      <ul>
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
