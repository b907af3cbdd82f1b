import { group } from 'd3-array';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { defaultSettings, type Settings } from '../../../bench/settings';
import type { PlannedKernel, TuningProgress } from '../../../bench/tuning';
import { emit } from '../../../ui/emit';
import { UiElement } from '../../../ui/element';
import { TuningRun } from '../engine/tuning-run';
import { factStyles } from './styles';

const choiceStyles = css`
  .facts {
    --name-column: minmax(11rem, max-content);
    row-gap: 0;
    padding: var(--space-2) 0;
  }

  .facts + .facts {
    margin-top: 0;
    border-top: 1px solid var(--line);
  }

  dt {
    font-size: var(--text-small);
    line-height: 1.75;
  }

  .mark {
    margin-left: var(--space-2);
  }

  .actions {
    column-gap: var(--space-3);
    min-height: 2.75rem;
  }

  .progress {
    flex: 0 1 24rem;
  }
`;

/**
 * The kernel that the plan chooses for each case, and why: by default, or by measurements on this device, which its
 * button starts.
 *
 * @fires tune-request - Tune was pressed.
 * @fires tune-cancel - Cancel was pressed.
 * @fires tune-forget - Forget was pressed.
 */
@customElement('kernel-choice')
export class KernelChoice extends UiElement {
  static override styles = [factStyles, choiceStyles];

  /** Null while the device is requested, and where there is none. */
  @property({ attribute: false }) choices: readonly PlannedKernel[] | null = null;
  /** Whether WebGPU is available, as far as is known. */
  @property({ type: Boolean }) webgpu = 'gpu' in navigator;
  @property({ type: Boolean }) tuning = false;
  @property({ attribute: false }) progress: TuningProgress | null = null;
  /** Errors and remarks, one sentence each. */
  @property({ attribute: false }) notes: readonly string[] = [];
  /** The device is busy with something else. */
  @property({ type: Boolean }) busy = false;

  override render() {
    return html`
      <h2>Kernel choice</h2>
      ${
        this.webgpu
          ? this.renderChoices()
          : html`<p class="soft">WebGPU is not available here, so there is no kernel to choose.</p>`
      }
    `;
  }

  private renderChoices() {
    const { choices } = this;
    if (!choices) return html`<p class="soft">Requesting the adapter…</p>`;
    return html`
      <p class="soft">
        The kernel that <code class="number">attention()</code> would use for these settings. The
        benchmark measures every selected kernel, whatever is chosen here.
      </p>
      ${groupByAnswer(choices).map(
        ({ kernel, tuned, reason, names }) => html`
          <dl class="pairs facts">
            <dt class="number">${names.map((name) => html`<div>${name}</div>`)}</dt>
            <dd>
              <strong class="strong">${kernel ?? 'none'}</strong>
              ${kernel && html`<span class="mark soft small">${tuned ? 'tuned' : 'default'}</span>`}
              <div class="soft small measure">${reason}</div>
            </dd>
          </dl>
        `,
      )}
      ${this.renderActions(choices)}
      ${this.notes.map((note) => html`<p class="soft small">${note}</p>`)}
    `;
  }

  private renderActions(choices: readonly PlannedKernel[]) {
    const tuned = choices.some((choice) => choice.tuned);
    const isPossible = choices.some(({ kernel }) => kernel !== null);
    return html`
      <div class="row actions mt-4">
        <button
          type="button"
          class="tune"
          ?disabled=${!this.tuning && (this.busy || !isPossible)}
          @click=${() => emit(this, this.tuning ? 'tune-cancel' : 'tune-request')}
        >
          ${this.tuning ? 'Cancel tuning' : tuned ? 'Tune again' : 'Tune for this device'}
        </button>
        ${
          this.tuning
            ? this.renderProgress()
            : html`<button
                type="button"
                class="forget"
                ?disabled=${this.busy || !tuned}
                @click=${() => emit(this, 'tune-forget')}
              >
                Forget
              </button>`
        }
      </div>
      <p class="visually-hidden" role="status">
        ${this.tuning ? 'Tuning' : tuned ? 'Tuned on this device' : ''}
      </p>
    `;
  }

  private renderProgress() {
    const { fraction = 0, caseName = '', candidate = '' } = this.progress ?? {};
    return html`
      <div class="stack gap-1 progress">
        <progress max="1" .value=${fraction} aria-label="Tuning progress"></progress>
        <span class="small">
          ${candidate ? html`${candidate} on <span class="number">${caseName}</span>` : nothing}
        </span>
      </div>
    `;
  }
}

function groupByAnswer(choices: readonly PlannedKernel[]) {
  const groups = group(choices, ({ kernel, reason }) => `${kernel} ${reason}`);
  return [...groups.values()].map((same) => ({
    ...same[0],
    names: same.map(({ caseName }) => caseName),
  }));
}

/** The kernel choice for some settings on the device at hand, which it tunes and whose results it stores. */
@customElement('kernel-tuning')
export class KernelTuning extends UiElement {
  @property({ attribute: false }) settings: Settings = defaultSettings;
  /** Whether WebGPU is available, as far as is known. */
  @property({ type: Boolean }) webgpu = 'gpu' in navigator;
  /** The device is busy with something else, which cancels tuning. */
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
    'kernel-choice': KernelChoice;
    'kernel-tuning': KernelTuning;
  }

  interface HTMLElementEventMap {
    'tune-request': CustomEvent;
    'tune-cancel': CustomEvent;
    'tune-forget': CustomEvent;
  }
}
