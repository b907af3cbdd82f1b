import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatSeconds } from '../../../bench/format';
import type { BenchmarkProgress, BenchmarkStage } from '../../../bench/report';
import { shared } from '../../../ui/styles/shared';

const stageWords: Record<BenchmarkStage, string> = {
  device: 'opening the device',
  sizing: 'sizing the cases to your budget',
  inputs: 'drawing random inputs',
  reference: 'computing the float64 reference',
  compiling: 'compiling',
  verifying: 'checking the result',
  ceilings: 'measuring what the machine can do',
  warming: 'warming up',
  timing: 'timing',
};

/** How far a run is: a bar, what runs now, and about how long it will still take. */
@customElement('run-progress')
export class RunProgress extends LitElement {
  static override styles = [
    ...shared,
    css`
      progress::-webkit-progress-value {
        transition: inline-size 200ms;
      }

      p {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 var(--space-4);
        margin-top: var(--space-2);
        font-size: var(--text-small);
      }
    `,
  ];

  @property({ attribute: false }) progress: BenchmarkProgress | null = null;
  /** Name of the case that `progress` speaks of. */
  @property({ attribute: 'case-name' }) caseName = '';

  override render() {
    return html`
      ${this.progress ? this.renderProgress(this.progress) : nothing}
      <span class="visually-hidden" role="status">${this.announcement}</span>
    `;
  }

  private renderProgress({ fraction, secondsLeft, stage, contestant }: BenchmarkProgress) {
    const now = [this.caseName, contestant, stageWords[stage]].filter(Boolean).join(' · ');
    const left = secondsLeft === null ? '' : `about ${formatSeconds(secondsLeft)} left`;
    return html`
      <progress max="1" .value=${fraction} aria-label="Progress of the run"></progress>
      <p>
        <span>${now}</span>
        <span class="soft number">${left}</span>
      </p>
    `;
  }

  /** A screen reader hears of each new case, not of every step. */
  private get announcement() {
    if (!this.progress) return '';
    return this.caseName ? `Measuring ${this.caseName}` : 'Starting';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'run-progress': RunProgress;
  }
}
