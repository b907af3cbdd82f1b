import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { when } from 'lit/directives/when.js';
import { select } from '../../../ui/controls/fields';
import { emit } from '../../../ui/emit';
import { UiElement } from '../../../ui/element';
import type { TensorReading } from '../engine/source-worker';

/**
 * How files are read as heads: the possible readings, the one that is shown, and what was left out.
 *
 * @fires {CustomEvent<{ reading: number, batch: number }>} reading-choose
 */
@customElement('file-readings')
export class FileReadings extends UiElement {
  static override styles = css`
    #reading {
      flex: 1 1 30rem;
    }
  `;

  @property({ attribute: false }) readings: readonly TensorReading[] = [];
  @property({ attribute: false }) chosen = { reading: 0, batch: 0 };
  @property({ attribute: false }) notes: readonly string[] = [];

  override render() {
    const { readings, chosen } = this;
    const reading = readings[chosen.reading];
    if (!reading) return nothing;
    const notes = [...this.notes, ...reading.notes];
    return html`
      <div class="row end">
        ${when(readings.length > 1, () => {
          const options = readings.map(({ explanation }, i) => option(i, explanation));
          const choose = (value: string) => this.choose(Number(value), 0);
          return select('Interpret axes as', options, String(chosen.reading), choose, {
            id: 'reading',
          });
        })}
        ${when(reading.batches > 1, () => {
          const options = Array.from({ length: reading.batches }, (_, i) => option(i));
          const choose = (value: string) => this.choose(chosen.reading, Number(value));
          return select('Batch element', options, String(chosen.batch), choose, { id: 'batch' });
        })}
      </div>
      ${notes.length > 0 ? html`<p class="soft small mt-1">${notes.join(' ')}</p>` : nothing}
    `;
  }

  private choose(reading: number, batch: number) {
    emit(this, 'reading-choose', { reading, batch });
  }
}

const option = (i: number, label = String(i)) => ({ value: String(i), label });

declare global {
  interface HTMLElementEventMap {
    'reading-choose': CustomEvent<{ readonly reading: number; readonly batch: number }>;
  }

  interface HTMLElementTagNameMap {
    'file-readings': FileReadings;
  }
}
