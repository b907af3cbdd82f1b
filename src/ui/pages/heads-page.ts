import { html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Panel } from '../../heads/link-state';
import { isPuzzle } from '../components/head-puzzle';
import { Comparison } from '../heads/comparison';
import { FileDrop } from '../heads/file-drop';
import { HeadEntries } from '../heads/head-entries';
import { Outputs } from '../heads/outputs';
import { HeadsSession } from '../heads/session';
import { describeControls, describeWork } from '../heads/words';
import { LinkCopy } from '../link-copy';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { comparePanel } from './heads-compare';
import { otherSide } from './heads-compare-choice';
import { compareStyles } from './heads-compare.css';
import { allHeads } from './heads-grid';
import { linesPanel } from './heads-lines';
import { microscopePanel } from './heads-microscope';
import { notices } from './heads-notices';
import { outputsPanel, outputsStyles } from './heads-outputs';
import { headsPageStyles } from './heads-page.css';
import { opening, setup } from './heads-setup';
import { panelTabs } from './heads-tabs';

const WITHOUT_FILES =
  'Copied: the link has every setting, but not your files. Whoever opens it needs them too, and chooses or drops them there.';

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
  private readonly linkCopy = new LinkCopy(this);
  private readonly drop = new FileDrop(this, (files) => void this.session.readFiles(files));

  override willUpdate() {
    const { session } = this;
    const { engine, shown, cloud } = session;
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
            Copy link${this.isOfFiles ? ' (without your files)' : ''}
          </button>
          <span role="status">${this.linkCopy.told}</span>
        </span>
        <span class="spoken" role="status">${engine.isRunning ? '' : work}</span>
      </p>
    `;
  }

  private get isOfFiles(): boolean {
    return this.session.state.source === 'file';
  }

  private async copyLink() {
    const { link } = this.session;
    await (this.isOfFiles
      ? this.linkCopy.copy(link, WITHOUT_FILES, 12_000)
      : this.linkCopy.copy(link));
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
