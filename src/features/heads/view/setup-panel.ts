import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { when } from 'lit/directives/when.js';
import type { HeadsSession } from '../engine/session';
import type { HeadControls } from '../model/controls';
import type { HeadsState } from '../model/state';
import './file-readings';
import './head-controls';
import { SessionElement } from './session-element';
import './source-picker';

@customElement('heads-setup')
export class HeadsSetup extends SessionElement {
  static override styles = css`
    section {
      padding: var(--space-4) 0 var(--space-3);
      border-top: 1px solid var(--line);
      border-bottom: 1px solid var(--line);
    }
  `;

  protected override reads({ state, source, controls, files, f16Unsupported }: HeadsSession) {
    return [state, source, controls, files.found, files.chosen, f16Unsupported];
  }

  override render() {
    const { session } = this;
    const { state, files } = session;
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
