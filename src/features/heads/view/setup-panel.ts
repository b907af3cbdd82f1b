import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { when } from 'lit/directives/when.js';
import { select } from '../../../ui/controls/fields';
import { UiElement } from '../../../ui/element';
import { emit } from '../../../ui/emit';
import type { HeadsSession } from '../engine/session';
import type { TensorReading } from '../engine/source-worker';
import type { HeadControls } from '../model/controls';
import type { HeadsState } from '../model/state';
import './head-controls';
import { SessionElement } from './session-element';
import './source-picker';

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

@customElement('heads-setup')
export class HeadsSetup extends SessionElement {
  static override styles = css`
    section {
      padding: var(--space-4) 0 var(--space-3);
      border-block: 1px solid var(--line);
    }
  `;

  protected override reads({ state, source, controls, loader, f16Unsupported }: HeadsSession) {
    const { files } = loader;
    return [state, source, controls, files.found, files.chosen, f16Unsupported];
  }

  override render() {
    const { session } = this;
    const { state } = session;
    const { files } = session.loader;
    return html`
      <section class="stack" aria-label="Source and controls">
        <source-picker
          .state=${state}
          .fileNames=${files.found.files}
          @files-choose=${({ detail }: CustomEvent<{ files: readonly File[] }>) =>
            void session.readFiles(detail.files)}
          @source-change=${({ detail }: CustomEvent<Partial<HeadsState>>) => session.change(detail)}
        ></source-picker>
        ${when(
          state.source === 'file',
          () =>
            html`<file-readings
              .readings=${files.found.readings}
              .chosen=${files.chosen}
              .notes=${files.found.issues}
              @reading-choose=${({ detail }: CustomEvent<{ reading: number; batch: number }>) =>
                void session.chooseReading(detail.reading, detail.batch)}
            ></file-readings>`,
        )}
        <head-controls
          .controls=${session.controls}
          .extents=${session.source}
          f16-lacking=${session.f16Unsupported}
          @controls-change=${({ detail }: CustomEvent<HeadControls>) => session.change(detail)}
        ></head-controls>
      </section>
    `;
  }
}

declare global {
  interface HTMLElementEventMap {
    'reading-choose': CustomEvent<{ readonly reading: number; readonly batch: number }>;
  }
}
