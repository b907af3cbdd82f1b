import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { describeStatus } from '../../../bench/format';
import type { DeviceReport } from '../../../bench/report';
import { runKey, type Settings, settingsCodec } from '../../../bench/settings';
import { describeIssue } from '../../../numeric/url-state';
import '../../../ui/controls/notice-banner';
import { Store } from '../../../ui/store';
import { UiElement } from '../../../ui/element';
import { describeOutcome, webgpuAdvice } from '../model/captions';
import { BenchmarkRun, runRealBenchmark, type RunBenchmark } from '../engine/benchmark-run';
import './attention-preview';
import './case-list';
import './controls';
import './device-card';
import './export-buttons';
import './kernel-choice';
import './length-chart';
import './method-notes';
import './result-table';
import './roofline-chart';
import './run-progress';
import './sample-chart';

const pageStyles = css`
  :host,
  .opening {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space-6);
  }

  h1 {
    max-width: 17ch;
  }

  .lede {
    font-size: var(--text-large);
  }

  ul {
    margin: var(--space-1) 0 0;
    padding-left: var(--space-4);
  }

  @media (min-width: 60rem) {
    .opening {
      grid-template-columns: minmax(0, 1fr) 17rem;
      column-gap: 3.5rem;
      align-items: start;
    }

    attention-preview {
      grid-area: 1 / 2 / span 3;
    }
  }
`;

const noWebGpu = html`
  <notice-banner
    kind="caution"
    heading="WebGPU is not available here: only the CPU implementations will run."
  >
    ${webgpuAdvice}
  </notice-banner>
`;

/** The benchmark: settings from the address, a run, and its results. */
@customElement('benchmark-page')
export class BenchmarkPage extends UiElement {
  static override styles = pageStyles;

  /** The benchmark to run; tests may replace it. */
  @property({ attribute: false }) runBenchmark: RunBenchmark = runRealBenchmark;

  private readonly store = new Store<Settings>({
    page: 'benchmark',
    codec: settingsCodec,
    extras: [runKey],
  });
  private readonly run = new BenchmarkRun(this);
  /** The device before any run has reported it; false where there is none. */
  @state() private device: DeviceReport | null | false = null;

  constructor() {
    super();
    this.store.subscribe((change) => {
      this.requestUpdate();
      if (change === 'link') this.runFromLink();
    });
  }

  override connectedCallback() {
    super.connectedCallback();
    this.store.connect();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.store.disconnect();
  }

  override async firstUpdated() {
    const { describeCurrentDevice } = await import('../../../bench/environment');
    this.device = (await describeCurrentDevice()) ?? false;
  }

  override render() {
    const settings = this.store.state;
    const { report, progress, running } = this.run;
    return html`
      <div class="opening">
        <section>
          <h1>How fast is attention on your machine?</h1>
          <p class="lede measure soft mt-5">
            WebGPU kernels and CPU implementations race on random sequences. A result counts only if
            it matches a float64 reference. Nothing leaves your machine.
          </p>
        </section>
        <attention-preview .settings=${settings}></attention-preview>
        ${this.renderLinkIssues()} ${this.webgpu || report ? nothing : noWebGpu}
        <benchmark-controls
          .settings=${settings}
          ?running=${running}
          @settings-change=${(event: CustomEvent<Settings>) => this.setSettings(event.detail)}
          @run-request=${() => this.start()}
          @cancel-request=${() => this.run.cancel()}
        >
          <run-progress
            .progress=${progress}
            case-name=${report?.cases[progress?.caseIndex ?? -1]?.name ?? ''}
          ></run-progress>
        </benchmark-controls>
      </div>
      <p class="visually-hidden" role="status">
        ${report && !running ? describeOutcome(report) : ''}
      </p>
      <section class="stack gap-5 mt-4" aria-label="Results">
        ${report ? this.renderResults() : html`<case-list .settings=${settings}></case-list>`}
      </section>
      <device-card
        class="mt-5"
        .device=${report?.device || this.device || null}
        .ceilings=${report?.ceilings ?? []}
        .webgpu=${this.webgpu}
      ></device-card>
      <kernel-tuning
        class="mt-5"
        .settings=${settings}
        .webgpu=${this.webgpu}
        ?busy=${running}
      ></kernel-tuning>
      <method-notes></method-notes>
    `;
  }

  /** Whether WebGPU is available, as far as is known: a run may find that there is no adapter. */
  private get webgpu() {
    const { report } = this.run;
    const without = report?.status === 'complete' && !report.device;
    return 'gpu' in navigator && this.device !== false && !without;
  }

  private renderLinkIssues() {
    const { issues } = this.store;
    if (issues.length === 0) return nothing;
    const isWaiting = this.store.extra(runKey) === '1';
    return html`
      <notice-banner
        kind="caution"
        heading="Parts of this link are invalid and were ignored.${
          isWaiting ? ' Check the settings, then press Run.' : ''
        }"
        dismissible
        @notice-dismiss=${() => this.setSettings(this.store.state)}
      >
        <ul>
          ${issues.map((issue) => html`<li>${describeIssue(issue)}</li>`)}
        </ul>
      </notice-banner>
    `;
  }

  private renderResults() {
    const report = this.run.report!;
    const { status, message } = report;
    const failed = status === 'failed';
    const heading = failed
      ? 'The run failed. Results so far are kept; the next run starts anew.'
      : 'About this run';
    return html`
      <div class="outcome">
        <h2>${status === 'running' ? 'Measuring' : describeOutcome(report)}</h2>
        <p class="soft mt-1">${describeStatus({ ...report, message: undefined })}</p>
      </div>
      ${
        message || failed
          ? html`<notice-banner kind=${failed ? 'error' : 'info'} heading=${heading}>
              ${message}
            </notice-banner>`
          : nothing
      }
      <result-table .report=${report}></result-table>
      <div class="stack charts gap-6 mt-5">
        <length-chart .report=${report}></length-chart>
        <roofline-chart .report=${report}></roofline-chart>
        <sample-chart .report=${report}></sample-chart>
      </div>
      <export-buttons .report=${report}></export-buttons>
    `;
  }

  private start() {
    void this.run.start(this.store.state, this.runBenchmark);
  }

  /** Sets the settings, also in the address, and discards what else the link asked for. */
  private setSettings(settings: Settings) {
    this.store.set(settings);
    this.store.setExtra(runKey, '');
    this.store.dismissIssues();
  }

  /** Starts a run where the link asks for it, once: not after a reload, nor for a link with issues. */
  private runFromLink() {
    const { issues, state } = this.store;
    if (this.store.extra(runKey) !== '1' || issues.length > 0) return;
    this.setSettings(state);
    // In a later task, so that the page is drawn before it is busy.
    setTimeout(() => this.start());
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'benchmark-page': BenchmarkPage;
  }
}
