import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../../../ui/controls/ui-select';
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
    .wide {
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
        ${
          readings.length > 1
            ? html`<ui-select
                id="reading"
                class="wide"
                label="Interpret axes as"
                .options=${readings.map(({ explanation }, i) => ({
                  value: String(i),
                  label: explanation,
                }))}
                .value=${String(chosen.reading)}
                @change=${(event: Event) => this.choose(valueOf(event), 0)}
              ></ui-select>`
            : nothing
        }
        ${
          reading.batches > 1
            ? html`<ui-select
                id="batch"
                label="Batch element"
                .options=${Array.from({ length: reading.batches }, (_, i) => ({
                  value: String(i),
                  label: String(i),
                }))}
                .value=${String(chosen.batch)}
                @change=${(event: Event) => this.choose(chosen.reading, valueOf(event))}
              ></ui-select>`
            : nothing
        }
      </div>
      ${notes.length > 0 ? html`<p class="soft small mt-1">${notes.join(' ')}</p>` : nothing}
    `;
  }

  private choose(reading: number, batch: number) {
    emit(this, 'reading-choose', { reading, batch });
  }
}

const valueOf = (event: Event) => Number((event.target as HTMLSelectElement).value);

declare global {
  interface HTMLElementEventMap {
    'reading-choose': CustomEvent<{ readonly reading: number; readonly batch: number }>;
  }

  interface HTMLElementTagNameMap {
    'file-readings': FileReadings;
  }
}
