import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { HeadControls } from '../../heads/controls';
import { describeLinkProblem } from '../../heads/link';
import type { HeadsState, Panel, SortBy } from '../../heads/link-state';
import type { HeadGridView } from '../components/head-grid';
import { Comparison } from '../heads/comparison';
import { FileDrop } from '../heads/file-drop';
import { gridMetrics, HeadEntries } from '../heads/head-entries';
import { Outputs, type Cloud } from '../heads/outputs';
import { HeadsSession } from '../heads/session';
import type { Trouble } from '../heads/trouble';
import { describeControls, describeWork } from '../heads/words';
import type { HeadsSource } from '../../heads/source';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { comparePanel, otherSide } from './heads-compare';
import { compareStyles } from './heads-compare.css';
import { outputsPanel, outputsStyles } from './heads-outputs';
import { headsPageStyles } from './heads-page.css';
import { microscopePanel } from './heads-microscope';
import '../components/file-readings';
import '../components/head-controls';
import '../components/head-grid';
import '../components/head-lines';
import { isPuzzle } from '../components/head-puzzle';
import '../components/notice-banner';
import '../components/source-picker';

const panels: readonly { readonly panel: Panel; readonly label: string }[] = [
  { panel: 'map', label: 'Microscope' },
  { panel: 'lines', label: 'Token lines' },
  { panel: 'outputs', label: 'Outputs' },
  { panel: 'compare', label: 'Compare' },
];

/** Heads to look at: what each pays attention to, at any size, under live controls. */
@customElement('heads-page')
export class HeadsPage extends LitElement {
  static override styles = [...shared, forms, headsPageStyles, compareStyles, outputsStyles];

  private readonly session = new HeadsSession(this);
  private readonly comparison = new Comparison(this, {
    gpu: this.session.engine.gpuHost,
    cpu: this.session.engine.cpuHost,
  });
  private readonly entries = new HeadEntries();
  private readonly outputs = new Outputs(this);
  /** What became of copying the link, for a moment. */
  @state() private copied = '';
  @state() private chosenCloud: Cloud = 'outputs';
  private readonly drop = new FileDrop(this, (files) => void this.session.readFiles(files));

  override willUpdate() {
    const { session, cloud } = this;
    const { engine, shown } = session;
    const { picture } = engine;
    const { panel } = session.state;
    // Until the picture is the one asked for, what hangs on it stays as it was.
    if (picture && !engine.isCurrent) return;
    const has = picture && shown;
    this.comparison.want(
      has && panel === 'compare' ? { picture, a: shown, side: otherSide(session) } : null,
    );
    const { layer, head } = shown ?? { layer: 0, head: 0 };
    this.outputs.want(has && panel === 'outputs' ? { picture, layer, head, cloud } : null);
  }

  override render() {
    const { session } = this;
    const { source, state } = session;
    return html`
      <div class="opening">
        <h1>What does each head look at?</h1>
        ${source && isPuzzle(source) ? this.renderPuzzle(source) : html`<p class="note">${source?.note ?? ''}</p>`}
      </div>
      ${this.renderProblems()} ${this.renderTroubles()}
      <section class="setup" aria-label="Source and controls">
        <source-picker
          .state=${state}
          .fileNames=${session.files.names}
          @files-choose=${(event: CustomEvent<{ files: readonly File[] }>) =>
            void session.readFiles(event.detail.files)}
          @source-change=${(event: CustomEvent<Partial<HeadsState>>) =>
            session.change(event.detail)}
        ></source-picker>
        ${state.source === 'file' ? this.renderReadings() : nothing}
        <head-controls
          .controls=${session.controls}
          .extents=${source}
          f16-lacking=${session.f16Lacking}
          @controls-change=${(event: CustomEvent<HeadControls>) => session.change(event.detail)}
        ></head-controls>
      </section>
      ${this.renderWork()}
      <div class="views">
        <section aria-label="Heads">${this.renderGrid()}</section>
        <section aria-label="Selected head">${this.renderPanels()}</section>
      </div>
      ${this.drop.isOver ? html`<div class="dropping">Drop to look at it</div>` : nothing}
    `;
  }

  private renderPuzzle({ planted, headNames }: HeadsSource) {
    const { session } = this;
    return html`
      <head-puzzle
        .planted=${planted ?? []}
        .names=${headNames}
        .selected=${session.index}
        @hint-sort=${(event: CustomEvent<{ metric: SortBy }>) =>
          session.change({ sort: event.detail.metric })}
      ></head-puzzle>
    `;
  }

  private renderProblems() {
    const { session } = this;
    if (session.problems.length === 0) return nothing;
    return html`
      <notice-banner
        kind="caution"
        heading="Part of this link was not understood; the rest of it counts."
        dismissible
        @notice-dismiss=${() => session.dismissProblems()}
      >
        <ul>
          ${session.problems.map((problem) => html`<li>${describeLinkProblem(problem)}</li>`)}
        </ul>
      </notice-banner>
    `;
  }

  private renderTroubles() {
    const { session } = this;
    const { engine } = session;
    return html`
      ${renderTrouble(session.trouble, () => session.dismissTrouble())}
      ${renderTrouble(
        engine.trouble,
        () => engine.dismissTrouble(),
        () => engine.retry(),
      )}
    `;
  }

  private renderReadings() {
    const { files } = this.session;
    return html`
      <file-readings
        .readings=${files.readings}
        .chosen=${files.chosen}
        .notes=${files.notes}
        @reading-choose=${({ detail }: CustomEvent<{ reading: number; batch: number }>) =>
          void this.session.chooseReading(detail.reading, detail.batch)}
      ></file-readings>
    `;
  }

  private renderWork() {
    const { engine, source } = this.session;
    const { picture } = engine;
    return html`
      <p class="work">
        ${source && isPuzzle(source) ? html`<span>${source.note}</span>` : nothing}
        <span id="work" role="status">${picture ? describeWork(picture, engine) : 'Opening…'}</span>
        <span>
          <button id="copy-link" type="button" class="quiet" @click=${() => this.copyLink()}>
            Copy link
          </button>
          <span role="status">${this.copied}</span>
        </span>
      </p>
    `;
  }

  /** Where there are no values there are no outputs, but queries and keys there are. */
  private get cloud(): Cloud {
    return this.session.engine.picture?.source.value ? this.chosenCloud : 'queries-keys';
  }

  private async copyLink() {
    const { link } = this.session;
    try {
      await navigator.clipboard.writeText(link);
      this.copied = 'Copied.';
    } catch {
      this.copied = 'The browser does not let this page copy; the address above is the link.';
    }
    setTimeout(() => (this.copied = ''), 4000);
  }

  private renderGrid() {
    const { session } = this;
    const { picture } = session.engine;
    const { state } = session;
    return html`
      <head-grid
        .heads=${picture ? this.entries.get(picture) : []}
        .metrics=${gridMetrics}
        sort=${state.sort === 'place' ? 'order' : state.sort}
        ?descending=${isMetric(state.sort) !== state.reversed}
        filter=${state.filter}
        .selected=${session.index}
        .compared=${state.compare === 'head' ? session.indexOf(state.withLayer, state.withHead) : null}
        @head-compare=${(event: CustomEvent<{ id: number | null }>) =>
          this.compareWith(event.detail.id)}
        palette=${state.palette}
        scale=${state.scale}
        @head-select=${(event: CustomEvent<{ id: number }>) => session.select(event.detail.id)}
        @grid-view-change=${(event: CustomEvent<HeadGridView>) => {
          const { sort: chosen, descending, filter } = event.detail;
          const sort = chosen === 'order' ? 'place' : (chosen as SortBy);
          // Another sort begins the usual way round.
          const reversed = sort === state.sort && isMetric(sort) !== descending;
          session.change({ sort, reversed, filter });
        }}
      ></head-grid>
    `;
  }

  private takeTabKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const last = panels.length - 1;
    const at = panels.findIndex(({ panel }) => panel === this.session.state.panel) + step;
    const next = Number.isFinite(at) ? (at + panels.length) % panels.length : at < 0 ? 0 : last;
    const { panel } = panels[next];
    this.session.change({ panel });
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`#tab-${panel}`)?.focus(),
    );
  };

  /** The grid's way to a comparison; picking the same head again ends it. */
  private compareWith(id: number | null) {
    const { session } = this;
    if (id === null) {
      session.change({ compare: 'none', panel: 'map' });
      return;
    }
    const { heads } = session.source ?? session.state;
    session.change({
      compare: 'head',
      withLayer: Math.floor(id / heads) + 1,
      withHead: (id % heads) + 1,
      panel: 'compare',
    });
  }

  private renderPanels() {
    const { session } = this;
    const { panel } = session.state;
    const { picture } = session.engine;
    return html`
      <div class="panel-head">
        <div class="subject">
          <h2>${picture?.source.headNames[session.index] ?? ''}</h2>
          <p class="shown">${picture ? describeControls(picture.controls) : ''}</p>
        </div>
        <div role="tablist" aria-label="Ways to look at it" @keydown=${this.takeTabKey}>
          ${panels.map(
            ({ panel: name, label }) => html`
              <button
                type="button"
                role="tab"
                id="tab-${name}"
                aria-selected=${name === panel}
                aria-controls="panel"
                tabindex=${name === panel ? 0 : -1}
                @click=${() => session.change({ panel: name })}
              >
                ${label}
              </button>
            `,
          )}
        </div>
      </div>
      <div
        role="tabpanel"
        id="panel"
        aria-labelledby="tab-${panel}"
        aria-busy=${!session.engine.isCurrent}
      >
        ${this.renderPanel(panel)}
      </div>
    `;
  }

  private renderPanel(panel: Panel) {
    const { session } = this;
    switch (panel) {
      case 'map':
        return microscopePanel(session);
      case 'lines':
        return this.renderLines();
      case 'outputs':
        return outputsPanel(
          session,
          this.outputs,
          this.cloud,
          (cloud) => (this.chosenCloud = cloud),
        );
      case 'compare':
        return comparePanel(session, this.comparison);
    }
  }

  private renderLines() {
    const { shown, engine, state } = this.session;
    const source = engine.picture?.source;
    return html`
      <head-lines
        .map=${shown?.map ?? null}
        .rowTokens=${source?.queryTokens ?? []}
        .columnTokens=${source?.keyTokens ?? []}
        .first=${Math.floor(state.cursor?.row ?? state.view?.row ?? 0)}
      ></head-lines>
    `;
  }
}

const isMetric = (sort: SortBy) => sort !== 'place' && sort !== 'likeness';

function renderTrouble(trouble: Trouble | null, dismiss: () => void, retry?: () => void) {
  if (!trouble) return nothing;
  const { kind, heading, text, canRetry } = trouble;
  return html`
    <notice-banner kind=${kind} heading=${heading} dismissible @notice-dismiss=${dismiss}>
      ${text}
      ${
        canRetry && retry ? html`<button type="button" @click=${retry}>Try again</button>` : nothing
      }
    </notice-banner>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    'heads-page': HeadsPage;
  }
}
