import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Panel } from '../../heads/link-state';
import { isPuzzle } from '../components/head-puzzle';
import { Comparison } from '../heads/comparison';
import { FileDrop } from '../heads/file-drop';
import { HeadEntries } from '../heads/head-entries';
import { Outputs, type Cloud } from '../heads/outputs';
import { HeadsSession } from '../heads/session';
import { describeControls, describeWork } from '../heads/words';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { comparePanel } from './heads-compare';
import { otherSide } from './heads-compare-choice';
import { compareStyles } from './heads-compare.css';
import { allHeads } from './heads-grid';
import { microscopePanel } from './heads-microscope';
import { notices } from './heads-notices';
import { outputsPanel, outputsStyles } from './heads-outputs';
import { headsPageStyles } from './heads-page.css';
import { opening, setup } from './heads-setup';
import { panelTabs } from './heads-tabs';
import '../components/head-lines';

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
    return html`
      ${opening(session)} ${notices(session)} ${setup(session)} ${this.renderWork()}
      <div class="views">
        <section aria-label="Heads">${allHeads(session, this.entries)}</section>
        <section aria-label="Selected head">${this.renderSelected()}</section>
      </div>
      ${this.drop.isOver ? html`<div class="dropping">Drop to look at it</div>` : nothing}
    `;
  }

  private renderWork() {
    const { engine, source } = this.session;
    const { picture } = engine;
    const work = picture ? describeWork(picture, engine) : 'Opening…';
    return html`
      <p class="work">
        ${source && isPuzzle(source) ? html`<span>${source.note}</span>` : nothing}
        <span id="work">${work}</span>
        <span>
          <button id="copy-link" type="button" class="quiet" @click=${() => this.copyLink()}>
            Copy link
          </button>
          <span role="status">${this.copied}</span>
        </span>
        <span class="spoken" role="status">${engine.isRunning ? '' : work}</span>
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

  private renderSelected() {
    const { session } = this;
    const { picture } = session.engine;
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

declare global {
  interface HTMLElementTagNameMap {
    'heads-page': HeadsPage;
  }
}
