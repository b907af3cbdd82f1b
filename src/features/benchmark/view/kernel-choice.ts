import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PlannedKernel as Choice, TuningProgress } from '../../../bench/tuning';
import { forms } from '../../../ui/styles/forms';
import { shared } from '../../../ui/styles/shared';

const choiceStyles = css`
  p {
    max-width: var(--measure);
    margin-top: var(--space-2);
  }

  code {
    font-family: var(--mono);
  }

  dl {
    margin-top: var(--space-4);
  }

  dl > div {
    display: grid;
    grid-template-columns: minmax(11rem, max-content) minmax(0, 1fr);
    gap: 0 var(--space-5);
    padding: var(--space-2) 0;
  }

  dl > div + div {
    border-top: 1px solid var(--line);
  }

  dt {
    color: var(--ink-soft);
    font-size: var(--text-small);
    line-height: 1.75;
  }

  dt span {
    display: block;
  }

  strong {
    font-weight: 600;
  }

  .mark {
    margin-left: var(--space-2);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .aside {
    display: block;
    max-width: var(--measure);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3);
    align-items: center;
    min-height: 2.75rem;
    margin-top: var(--space-4);
  }

  .progress {
    display: grid;
    flex: 1 1 12rem;
    gap: var(--space-1);
    max-width: 24rem;
  }

  @media (max-width: 40rem) {
    dl > div {
      grid-template-columns: 1fr;
    }
  }
`;

/**
 * Which kernel the plan picks for each case, and why: by rules, or by measurements on this device, which
 * its button starts.
 *
 * @fires tune-request - Tune was pressed.
 * @fires tune-cancel - Cancel was pressed.
 * @fires tune-forget - Forget was pressed.
 */
@customElement('kernel-choice')
export class KernelChoice extends LitElement {
  static override styles = [...shared, forms, choiceStyles];

  /** Null while the device is asked for, and where there is none. */
  @property({ attribute: false }) choices: readonly Choice[] | null = null;
  /** Whether WebGPU is to be had here, as far as is known. */
  @property({ type: Boolean }) webgpu = 'gpu' in navigator;
  /** While tuning. */
  @property({ type: Boolean }) tuning = false;
  @property({ attribute: false }) progress: TuningProgress | null = null;
  /** What went wrong, or is good to know. */
  @property({ attribute: false }) notes: readonly string[] = [];
  /** The device is busy with something else. */
  @property({ type: Boolean }) busy = false;

  override render() {
    return html`
      <h2>Kernel choice</h2>
      ${this.webgpu ? this.renderChoices() : renderNoDevice()}
    `;
  }

  private renderChoices() {
    const { choices } = this;
    if (!choices) return html`<p class="soft">Asking for the adapter…</p>`;
    return html`
      <p class="soft">
        What <code>attention</code> would use for these settings. The benchmark measures every
        kernel by name, whatever is chosen here.
      </p>
      <dl>
        ${groupByAnswer(choices).map(
          ({ kernel, tuned, reason, names }) => html`
            <div>
              <dt class="number">${names.map((name) => html`<span>${name}</span>`)}</dt>
              <dd>
                <strong>${kernel ?? 'none'}</strong>
                ${kernel && html`<span class="mark">${tuned ? 'tuned' : 'by rule'}</span>`}
                <span class="aside">${reason}</span>
              </dd>
            </div>
          `,
        )}
      </dl>
      ${this.renderActions(choices)}
      ${this.notes.map((note) => html`<p class="soft small">${note}</p>`)}
    `;
  }

  private renderActions(choices: readonly Choice[]) {
    const tuned = choices.some((choice) => choice.tuned);
    const able = choices.some(({ kernel }) => kernel !== null);
    return html`
      <div class="actions">
        ${
          this.tuning
            ? html`<button type="button" class="tune" @click=${() => this.emit('tune-cancel')}>
                Cancel tuning
              </button>`
            : html`<button
                type="button"
                class="tune"
                ?disabled=${this.busy || !able}
                @click=${() => this.emit('tune-request')}
              >
                ${tuned ? 'Tune again' : 'Tune for this device'}
              </button>`
        }
        ${
          this.tuning
            ? this.renderProgress()
            : html`<button
                type="button"
                class="forget"
                ?disabled=${this.busy || !tuned}
                @click=${() => this.emit('tune-forget')}
              >
                Forget
              </button>`
        }
      </div>
      <p class="visually-hidden" role="status">${this.announcement(tuned)}</p>
    `;
  }

  private renderProgress() {
    const { fraction = 0, caseName = '', candidate = '' } = this.progress ?? {};
    return html`
      <div class="progress">
        <progress max="1" .value=${fraction} aria-label="Progress of the tuning"></progress>
        <span class="small">
          ${candidate ? html`${candidate} on <span class="number">${caseName}</span>` : nothing}
        </span>
      </div>
    `;
  }

  private announcement(tuned: boolean) {
    if (this.tuning) return 'Tuning';
    return tuned ? 'Tuned on this device' : '';
  }

  private emit(type: string) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true }));
  }
}

/** Cases with one answer, for one reason, are told together. */
function groupByAnswer(choices: readonly Choice[]) {
  const groups = new Map<string, Choice & { readonly names: string[] }>();
  for (const choice of choices) {
    const { kernel, reason, caseName } = choice;
    const key = `${kernel} ${reason}`;
    const group = groups.get(key) ?? { ...choice, names: [] };
    group.names.push(caseName);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function renderNoDevice() {
  return html`
    <p class="soft">
      There is no WebGPU here, so no kernel is chosen, and there is nothing to tune.
    </p>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'kernel-choice': KernelChoice;
  }
}
