import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { when } from 'lit/directives/when.js';
import { describeIssue } from '../../../numeric/url-state';
import '../../../ui/controls/notice-banner';
import type { UiTabs } from '../../../ui/controls/ui-tabs';
import '../../../ui/controls/ui-tabs';
import { CopyLinkController } from '../../../ui/copy-link';
import type { HeadsNotice } from '../engine/notices';
import { HeadsSession } from '../engine/session';
import type { Panel, SortBy } from '../model/state';
import { describeControls, describeProgress } from './captions';
import './compare-panel';
import './grid-panel';
import { isPuzzle } from './head-puzzle';
import './lines-panel';
import './map-panel';
import './outputs-panel';
import { SessionElement } from './session-element';
import './setup-panel';

const panels: readonly { readonly value: Panel; readonly label: string }[] = [
  { value: 'map', label: 'Microscope' },
  { value: 'lines', label: 'Token lines' },
  { value: 'outputs', label: 'Outputs' },
  { value: 'compare', label: 'Compare' },
];

const views: Readonly<Record<Panel, (session: HeadsSession) => unknown>> = {
  map: (session) => html`<heads-map .session=${session}></heads-map>`,
  lines: (session) => html`<heads-lines .session=${session}></heads-lines>`,
  outputs: (session) => html`<heads-outputs .session=${session}></heads-outputs>`,
  compare: (session) => html`<heads-compare .session=${session}></heads-compare>`,
};

const DROP_EVENTS = ['dragover', 'dragleave', 'drop'] as const;

@customElement('heads-page')
export class HeadsPage extends SessionElement {
  static override styles = css`
    .opening {
      grid-template-columns: auto minmax(0, 1fr);
      column-gap: var(--space-7);
    }

    .views {
      grid-template-columns: 22.5rem minmax(0, 1fr);
      gap: var(--space-6);
    }

    h1 {
      max-width: 12ch;
      margin: -0.1em 0 0;
      font-size: clamp(2rem, 1.4rem + 2vw, 2.75rem);
      line-height: 1.1;
      letter-spacing: -0.02em;
    }

    .source-note {
      max-width: 48rem;
    }

    ul {
      margin: var(--space-1) 0 0;
      padding-left: var(--space-4);
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

  override session = new HeadsSession(this);
  /** Whether files are dragged over the page. */
  @state() private isDropping = false;

  override connectedCallback() {
    super.connectedCallback();
    for (const type of DROP_EVENTS) document.addEventListener(type, this.handleDrag);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    for (const type of DROP_EVENTS) document.removeEventListener(type, this.handleDrag);
  }

  protected override reads(session: HeadsSession) {
    const { state, source, engine, index, store, loader, controls } = session;
    const ofEngine = [engine.result?.source, engine.isCurrent, engine.notice];
    return [...ofEngine, state.panel, source, index, store.issues, loader.notice, controls];
  }

  override render() {
    const { session } = this;
    return html`
      <div class="stack gap-4">
        ${this.renderOpening()} ${this.renderNotices()}
        <heads-setup .session=${session}></heads-setup>
        <heads-progress .session=${session}></heads-progress>
        <div class="views stack start">
          <section aria-label="Heads">
            <heads-grid .session=${session}></heads-grid>
          </section>
          <section aria-label="Selected head">${this.renderSelected()}</section>
        </div>
      </div>
      ${this.isDropping ? html`<div class="dropping">Drop files to open them</div>` : nothing}
    `;
  }

  private renderOpening() {
    const { session } = this;
    const { source } = session;
    return html`
      <div class="opening stack start">
        <h1>What does each head look at?</h1>
        ${
          source && isPuzzle(source)
            ? html`<head-puzzle
                .planted=${source.planted ?? []}
                .names=${source.headNames}
                .selected=${session.index}
                @hint-sort=${({ detail }: CustomEvent<{ metric: string }>) =>
                  session.change({ sort: detail.metric as SortBy, reversed: false })}
              ></head-puzzle>`
            : html`<p class="source-note measure soft">${source?.note ?? ''}</p>`
        }
      </div>
    `;
  }

  private renderNotices() {
    const { session } = this;
    const { store, engine } = session;
    return html`
      ${when(
        store.issues.length > 0,
        () =>
          html`<notice-banner
            kind="caution"
            heading="Part of this link was not understood; the rest was applied."
            dismissible
            @notice-dismiss=${() => store.dismissIssues()}
          >
            <ul>
              ${store.issues.map((issue) => html`<li>${describeIssue(issue)}</li>`)}
            </ul>
          </notice-banner>`,
      )}
      ${renderNotice(session.loader.notice, () => session.dismissNotice())}
      ${renderNotice(
        engine.notice,
        () => engine.dismissNotice(),
        () => engine.retry(),
      )}
    `;
  }

  private renderSelected() {
    const { session } = this;
    const { engine, state } = session;
    const { result, isCurrent } = engine;
    return html`
      <ui-tabs
        label="Views of the selected head"
        .tabs=${panels}
        .value=${state.panel}
        ?busy=${!isCurrent}
        @change=${this.choosePanel}
      >
        <div slot="heading" class="subject row baseline">
          <h2>${result?.source.headNames[session.index] ?? ''}</h2>
          <p class="soft small">${result ? describeControls(result.controls) : ''}</p>
        </div>
        ${views[state.panel](session)}
      </ui-tabs>
    `;
  }

  private readonly handleDrag = (event: DragEvent) => {
    const { type, dataTransfer, relatedTarget } = event;
    const files = [...(dataTransfer?.files ?? [])];
    if (type === 'dragleave') {
      // Fires for each element that is left; only at the window's edge does nothing come next.
      if (relatedTarget === null) this.isDropping = false;
    } else if (type === 'dragover' && dataTransfer?.types.includes('Files')) {
      // Without this, the browser would leave the page and open the file.
      event.preventDefault();
      this.isDropping = true;
    } else if (type === 'drop' && files.length > 0) {
      event.preventDefault();
      this.isDropping = false;
      void this.session.readFiles(files);
    }
  };

  private choosePanel(event: Event) {
    // Controls within a panel fire `change` as well.
    if (event.target !== event.currentTarget) return;
    this.session.change({ panel: (event.target as UiTabs).value as Panel });
  }
}

function renderNotice(notice: HeadsNotice | null, dismiss: () => void, retry?: () => void) {
  if (!notice) return nothing;
  const { kind, heading, text, canRetry } = notice;
  return html`
    <notice-banner kind=${kind} heading=${heading} dismissible @notice-dismiss=${dismiss}>
      ${text}
      ${when(canRetry && retry, () => html`<button id="retry" type="button" @click=${retry}>Try again</button>`)}
    </notice-banner>
  `;
}

const LINK_WITHOUT_FILES =
  'Copied. The link contains all settings but not your files: others have to open the same files.';

@customElement('heads-progress')
export class HeadsProgress extends SessionElement {
  private readonly copyLink = new CopyLinkController(this);

  protected override reads({ source, state, engine }: HeadsSession) {
    return [source, state.source, engine.result, engine.isRunning, engine.isCurrent];
  }

  override render() {
    const { engine, source } = this.session;
    const { result } = engine;
    const progress = result ? describeProgress(result, engine) : 'Opening…';
    return html`
      <p class="row close baseline soft small">
        ${source && isPuzzle(source) ? html`<span>${source.note}</span>` : nothing}
        <span id="work">${progress}</span>
        <span>
          <button id="copy-link" type="button" class="quiet" @click=${this.copy}>
            Copy link${this.hasFiles ? ' (without your files)' : ''}
          </button>
          <span role="status">${this.copyLink.message}</span>
        </span>
        <span class="visually-hidden" role="status">${engine.isRunning ? '' : progress}</span>
      </p>
    `;
  }

  private get hasFiles(): boolean {
    return this.session.state.source === 'file';
  }

  private readonly copy = async () => {
    const { link } = this.session.store;
    await (this.hasFiles
      ? this.copyLink.copy(link, LINK_WITHOUT_FILES, 12_000)
      : this.copyLink.copy(link));
  };
}
