import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatSeconds, stageLabels } from '../../../bench/format';
import type { BenchmarkProgress } from '../../../bench/report';
import { UiElement } from '../../../ui/element';

/** Progress of a run: a bar, the current activity, and an estimate of the time left. */
@customElement('run-progress')
export class RunProgress extends UiElement {
  static override styles = css`
    progress::-webkit-progress-value {
      transition: inline-size 200ms;
    }
  `;

  @property({ attribute: false }) progress: BenchmarkProgress | null = null;
  @property({ attribute: 'case-name' }) caseName = '';

  override render() {
    return html`
      ${this.progress ? this.renderProgress(this.progress) : nothing}
      <span class="visually-hidden" role="status">${this.announcement}</span>
    `;
  }

  private renderProgress({ fraction, secondsLeft, stage, contestant }: BenchmarkProgress) {
    const now = [this.caseName, contestant, stageLabels[stage]].filter(Boolean).join(' · ');
    const left = secondsLeft === null ? '' : `about ${formatSeconds(secondsLeft)} left`;
    return html`
      <progress max="1" .value=${fraction} aria-label="Progress of the run"></progress>
      <p class="row between small mt-2">
        <span>${now}</span>
        <span class="soft number">${left}</span>
      </p>
    `;
  }

  /** Screen readers announce each new case, not every step. */
  private get announcement() {
    if (!this.progress) return '';
    return this.caseName ? `Measuring ${this.caseName}` : 'Starting';
  }
}
