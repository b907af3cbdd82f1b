import { html, nothing } from 'lit';
import type { HeadControls } from '../../heads/controls';
import type { HeadsState, SortBy } from '../../heads/link-state';
import type { HeadsSource } from '../../heads/source';
import { isPuzzle } from '../components/head-puzzle';
import type { HeadsSession } from '../heads/session';
import '../components/file-readings';
import '../components/head-controls';
import '../components/source-picker';

/** What there is to look at: the puzzle of planted heads, or where the numbers come from. */
export function opening(session: HeadsSession) {
  const { source } = session;
  return html`
    <div class="opening">
      <h1>What does each head look at?</h1>
      ${
        source && isPuzzle(source)
          ? renderPuzzle(session, source)
          : html`<p class="note">${source?.note ?? ''}</p>`
      }
    </div>
  `;
}

function renderPuzzle(session: HeadsSession, { planted, headNames }: HeadsSource) {
  return html`
    <head-puzzle
      .planted=${planted ?? []}
      .names=${headNames}
      .selected=${session.index}
      @hint-sort=${(event: CustomEvent<{ metric: SortBy }>) =>
        session.change({ sort: event.detail.metric, reversed: false })}
    ></head-puzzle>
  `;
}

/** The source and the controls. */
export function setup(session: HeadsSession) {
  const { state, source } = session;
  return html`
    <section class="setup" aria-label="Source and controls">
      <source-picker
        .state=${state}
        .fileNames=${session.files.names}
        @files-choose=${(event: CustomEvent<{ files: readonly File[] }>) =>
          void session.readFiles(event.detail.files)}
        @source-change=${(event: CustomEvent<Partial<HeadsState>>) => session.change(event.detail)}
      ></source-picker>
      ${state.source === 'file' ? renderReadings(session) : nothing}
      <head-controls
        .controls=${session.controls}
        .extents=${source}
        f16-lacking=${session.f16Lacking}
        @controls-change=${(event: CustomEvent<HeadControls>) => session.change(event.detail)}
      ></head-controls>
    </section>
  `;
}

function renderReadings(session: HeadsSession) {
  const { files } = session;
  return html`
    <file-readings
      .readings=${files.readings}
      .chosen=${files.chosen}
      .notes=${files.notes}
      @reading-choose=${({ detail }: CustomEvent<{ reading: number; batch: number }>) =>
        void session.chooseReading(detail.reading, detail.batch)}
    ></file-readings>
  `;
}
