import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { forms } from '../../../ui/styles/forms';
import { shared } from '../../../ui/styles/shared';
import type { TensorReading } from '../engine/files-worker';

/**
 * How files are seen as heads: the ways there are, the one that is shown, and what was left out.
 *
 * @fires {CustomEvent<{ reading: number, batch: number }>} reading-choose
 */
@customElement('file-readings')
export class FileReadings extends LitElement {
  static override styles = [
    ...shared,
    forms,
    css`
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-4);
        align-items: end;
      }

      .wide {
        flex: 1 1 30rem;
        min-width: 0;
      }

      label {
        color: var(--ink-soft);
        font-size: var(--text-small);
      }

      p {
        margin-top: var(--space-1);
        color: var(--ink-soft);
        font-size: var(--text-small);
      }
    `,
  ];

  @property({ attribute: false }) readings: readonly TensorReading[] = [];
  @property({ attribute: false }) chosen = { reading: 0, batch: 0 };
  /** What was left out, a sentence each. */
  @property({ attribute: false }) notes: readonly string[] = [];

  override render() {
    const { readings, chosen } = this;
    const reading = readings[chosen.reading];
    if (!reading) return nothing;
    const notes = [...this.notes, ...reading.notes];
    return html`
      <div class="choices">
        ${readings.length > 1 ? this.renderReadings() : nothing}
        ${reading.batches > 1 ? this.renderBatches(reading.batches) : nothing}
      </div>
      ${notes.length > 0 ? html`<p>${notes.join(' ')}</p>` : nothing}
    `;
  }

  private renderReadings() {
    return html`
      <div class="wide">
        <label for="reading">
          These files can be seen in ${this.readings.length} ways; shown is
        </label>
        <select id="reading" @change=${(event: Event) => this.choose(valueOf(event), 0)}>
          ${this.readings.map(
            ({ explanation }, i) =>
              html`<option value=${i} .selected=${i === this.chosen.reading}>
                ${explanation}
              </option>`,
          )}
        </select>
      </div>
    `;
  }

  private renderBatches(batches: number) {
    return html`
      <div>
        <label for="batch">Batch element</label>
        <select
          id="batch"
          @change=${(event: Event) => this.choose(this.chosen.reading, valueOf(event))}
        >
          ${Array.from(
            { length: batches },
            (_, i) => html`<option value=${i} .selected=${i === this.chosen.batch}>${i}</option>`,
          )}
        </select>
      </div>
    `;
  }

  private choose(reading: number, batch: number) {
    const detail = { reading, batch };
    this.dispatchEvent(new CustomEvent('reading-choose', { detail, bubbles: true }));
  }
}

const valueOf = (event: Event) => Number((event.target as HTMLSelectElement).value);

declare global {
  interface HTMLElementTagNameMap {
    'file-readings': FileReadings;
  }
}
