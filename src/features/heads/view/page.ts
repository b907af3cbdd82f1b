import {
  css,
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  LitElement,
} from 'lit';
import { customElement } from 'lit/decorators.js';
import '../../../ui/controls/notice-banner';
import { CopyLinkController } from '../../../ui/copy-link';
import { forms } from '../../../ui/styles/forms';
import { shared } from '../../../ui/styles/shared';
import { HeadComparison } from '../engine/comparison';
import type { HeadsNotice } from '../engine/notices';
import { Outputs } from '../engine/outputs';
import { HeadsSession } from '../engine/session';
import type { HeadControls } from '../model/controls';
import { describeHeadsLinkIssue } from '../model/link';
import type { HeadsSource } from '../model/source';
import type { Panel, HeadsState, SortBy } from '../model/state';
import { describeControls, describeProgress } from './captions';
import { comparePanel, otherComparisonSide, compareStyles } from './compare-panel';
import './file-readings';
import { HeadEntryCache, gridPanel } from './grid-panel';
import './head-controls';
import { isPuzzle } from './head-puzzle';
import { outputsPanel, outputsStyles } from './outputs-panel';
import { linesPanel, microscopePanel } from './panels';
import './source-picker';

export const headsPageStyles = css`
  :host {
    display: grid;
    gap: var(--space-4);
  }

  :host > * {
    min-width: 0;
  }

  .opening {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--space-3) 4rem;
    align-items: start;
  }

  h1 {
    max-width: 12ch;
    margin: -0.1em 0 0;
    font-size: clamp(2rem, 1.4rem + 2vw, 2.75rem);
    font-weight: 300;
    line-height: 1.1;
    letter-spacing: -0.02em;
    text-wrap: balance;
  }

  .note {
    max-width: 48rem;
    text-wrap: pretty;
    color: var(--ink-soft);
  }

  .setup {
    display: grid;
    gap: var(--space-3);
    padding: var(--space-4) 0 var(--space-3);
    border-top: 1px solid var(--line);
    border-bottom: 1px solid var(--line);
  }

  .work {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-4);
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .work {
    align-items: baseline;
    min-height: 1.75rem;
  }

  button.quiet {
    min-height: 1.75rem;
    padding: 0;
    background: none;
    color: var(--accent);
    font-size: var(--text-small);
  }

  button.quiet:hover:not(:disabled) {
    background: none;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .views {
    display: grid;
    grid-template-columns: 22.5rem minmax(0, 1fr);
    gap: var(--space-6);
    align-items: start;
  }

  .views > * {
    min-width: 0;
  }

  head-grid {
    --tile: 6rem;
  }

  .panel-head {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-5);
    align-items: baseline;
    justify-content: space-between;
    margin-bottom: var(--space-4);
  }

  [role='tablist'] {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
  }

  [role='tab'] {
    background: none;
    color: var(--ink-soft);
  }

  [role='tab'][aria-selected='true'] {
    background: var(--surface);
    color: var(--ink);
    font-weight: 550;
  }

  .subject {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--space-3);
    align-items: baseline;
  }

  .shown {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  ul {
    margin: var(--space-1) 0 0;
    padding-left: var(--space-4);
  }

  /* Of what was there before: pale, once that lasts longer than a blink. */
  .stale {
    opacity: 0.45;
    transition: opacity 150ms 150ms;
  }

  .dropping {
    position: fixed;
    z-index: 10;
    inset: var(--space-4);
    display: grid;
    place-items: center;
    border: 2px dashed var(--accent);
    border-radius: var(--radius);
    background: color-mix(in oklab, var(--paper) 88%, transparent);
    font-size: var(--text-title);
    pointer-events: none;
  }

  /* All four beside one another on a phone. */
  @media (max-width: 30rem) {
    [role='tablist'] {
      gap: 0;
    }

    [role='tab'] {
      padding-inline: var(--space-2);
      font-size: var(--text-small);
    }
  }

  @media (max-width: 64rem) {
    .opening,
    .views {
      grid-template-columns: minmax(0, 1fr);
    }

    h1 {
      max-width: none;
    }
  }
`;

const panels: readonly { readonly panel: Panel; readonly label: string }[] = [
  { panel: 'map', label: 'Microscope' },
  { panel: 'lines', label: 'Token lines' },
  { panel: 'outputs', label: 'Outputs' },
  { panel: 'compare', label: 'Compare' },
];

/** Ways to look at the selected head; the arrow keys go from one to the next. */
export function panelTabs(session: HeadsSession) {
  const { panel } = session.state;
  return html`
    <div
      role="tablist"
      aria-label="Ways to look at it"
      @keydown=${(event: KeyboardEvent) => handleTabKey(session, event)}
    >
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
  `;
}

function handleTabKey(session: HeadsSession, event: KeyboardEvent) {
  const at = panels.findIndex(({ panel }) => panel === session.state.panel);
  const places: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: panels.length - 1,
  };
  const place = places[event.key];
  if (place === undefined) return;
  event.preventDefault();
  const next = (place + panels.length) % panels.length;
  session.change({ panel: panels[next].panel });
  const tabs = (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=tab]');
  tabs[next].focus();
}

/** What of the link was not understood, what went wrong with the source, and what went wrong in drawing it. */
export function renderNotices(session: HeadsSession) {
  const { engine, issues: problems } = session;
  return html`
    ${problems.length > 0 ? renderIssues(session) : nothing}
    ${renderNotice(session.notice, () => session.dismissNotice())}
    ${renderNotice(
      engine.notice,
      () => engine.dismissNotice(),
      () => engine.retry(),
    )}
  `;
}

function renderIssues(session: HeadsSession) {
  return html`
    <notice-banner
      kind="caution"
      heading="Part of this link was not understood; the rest of it counts."
      dismissible
      @notice-dismiss=${() => session.dismissIssues()}
    >
      <ul>
        ${session.issues.map((problem) => html`<li>${describeHeadsLinkIssue(problem)}</li>`)}
      </ul>
    </notice-banner>
  `;
}

function renderNotice(trouble: HeadsNotice | null, dismiss: () => void, retry?: () => void) {
  if (!trouble) return nothing;
  const { kind, heading, text, canRetry } = trouble;
  return html`
    <notice-banner kind=${kind} heading=${heading} dismissible @notice-dismiss=${dismiss}>
      ${text}
      ${
        canRetry && retry
          ? html`<button id="retry" type="button" @click=${retry}>Try again</button>`
          : nothing
      }
    </notice-banner>
  `;
}

/** What there is to look at: the puzzle of planted heads, or where the numbers come from. */
export function renderOpening(session: HeadsSession) {
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
export function renderSetup(session: HeadsSession) {
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
        f16-lacking=${session.f16Unsupported}
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

/** Takes files that are dropped anywhere on the document while its host is shown. */
export class FileDrop implements ReactiveController {
  /** Whether files are held over the page. */
  isOver = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly take: (files: readonly File[]) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    for (const [type, listener] of this.#listeners) document.addEventListener(type, listener);
  }

  hostDisconnected(): void {
    for (const [type, listener] of this.#listeners) document.removeEventListener(type, listener);
  }

  readonly #over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    // Without this, the browser would leave the page and open the file.
    event.preventDefault();
    this.#show(true);
  };

  readonly #leave = (event: DragEvent): void => {
    // Also told of each element that is left: nothing comes next only at the window's edge.
    if (event.relatedTarget === null) this.#show(false);
  };

  readonly #drop = (event: DragEvent): void => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#show(false);
    this.take(files);
  };

  readonly #listeners = [
    ['dragover', this.#over],
    ['dragleave', this.#leave],
    ['drop', this.#drop],
  ] as const;

  #show(isOver: boolean): void {
    if (this.isOver === isOver) return;
    this.isOver = isOver;
    this.host.requestUpdate();
  }
}

const LINK_WITHOUT_FILES =
  'Copied: the link has every setting, but not your files. Whoever opens it needs them too, and chooses or drops them there.';

/** Heads to look at: what each pays attention to, at any size, under live controls. */
@customElement('heads-page')
export class HeadsPage extends LitElement {
  static override styles = [...shared, forms, headsPageStyles, compareStyles, outputsStyles];

  private readonly session = new HeadsSession(this);
  private readonly comparison = new HeadComparison(this, {
    gpu: this.session.engine.gpuBackend,
    cpu: this.session.engine.cpuBackend,
  });
  private readonly entries = new HeadEntryCache();
  private readonly outputs = new Outputs(this);
  private readonly linkCopy = new CopyLinkController(this);
  private readonly drop = new FileDrop(this, (files) => void this.session.readFiles(files));

  override willUpdate() {
    const { session } = this;
    const { engine, selectedHead: shown, pointSource: cloud } = session;
    const { result: picture } = engine;
    const { panel } = session.state;
    // Until the picture is the one asked for, what hangs on it stays as it was.
    if (picture && !engine.isCurrent) return;
    const has = picture && shown;
    this.comparison.request(
      has && panel === 'compare' ? { picture, a: shown, side: otherComparisonSide(session) } : null,
    );
    const { layer, head } = shown ?? { layer: 0, head: 0 };
    this.outputs.request(has && panel === 'outputs' ? { picture, layer, head, cloud } : null);
  }

  override render() {
    const { session } = this;
    return html`
      ${renderOpening(session)} ${renderNotices(session)} ${renderSetup(session)}
      ${this.renderWork()}
      <div class="views">
        <section aria-label="Heads">${gridPanel(session, this.entries)}</section>
        <section aria-label="Selected head">${this.renderSelected()}</section>
      </div>
      ${this.drop.isOver ? html`<div class="dropping">Drop to look at it</div>` : nothing}
    `;
  }

  private renderWork() {
    const { engine, source } = this.session;
    const { result: picture } = engine;
    const work = picture ? describeProgress(picture, engine) : 'Opening…';
    return html`
      <p class="work">
        ${source && isPuzzle(source) ? html`<span>${source.note}</span>` : nothing}
        <span id="work">${work}</span>
        <span>
          <button id="copy-link" type="button" class="quiet" @click=${() => this.copyLink()}>
            Copy link${this.isOfFiles ? ' (without your files)' : ''}
          </button>
          <span role="status">${this.linkCopy.message}</span>
        </span>
        <span class="visually-hidden" role="status">${engine.isRunning ? '' : work}</span>
      </p>
    `;
  }

  private get isOfFiles(): boolean {
    return this.session.state.source === 'file';
  }

  private async copyLink() {
    const { link } = this.session;
    await (this.isOfFiles
      ? this.linkCopy.copy(link, LINK_WITHOUT_FILES, 12_000)
      : this.linkCopy.copy(link));
  }

  private renderSelected() {
    const { session } = this;
    const { result: picture } = session.engine;
    const { panel } = session.state;
    return html`
      <div class="panel-head">
        <div class="subject">
          <h2>${picture?.source.headNames[session.index] ?? ''}</h2>
          <p class="shown">${picture ? describeControls(picture.controls) : ''}</p>
        </div>
        ${panelTabs(session)}
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
        return linesPanel(session);
      case 'outputs':
        return outputsPanel(session, this.outputs);
      case 'compare':
        return comparePanel(session, this.comparison);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'heads-page': HeadsPage;
  }
}
