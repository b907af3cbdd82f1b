import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { defaultSettings } from '../../bench/settings';
import { shared } from '../styles/shared';
import { attentionMaps } from './attention-maps';
import { device, sampleReport } from './fixtures';
import { headControls } from './head-controls';
import { headPieces } from './head-pieces';
import { kernelChoices } from './kernel-choices';
import { drawnModifiers } from './modifiers';
import '../styles/page.css';
import '../components/attention-glimpse';
import '../components/benchmark-controls';
import '../components/case-list';
import '../components/device-card';
import '../components/export-buttons';
import '../components/kernel-choice';
import '../components/length-chart';
import '../components/method-notes';
import '../components/modifier-drawing';
import '../components/notice-banner';
import '../components/result-table';
import '../components/roofline-chart';
import '../components/run-progress';
import '../components/sample-chart';
import '../components/theme-toggle';

const report = sampleReport();
const sweep = sampleReport({ ...defaultSettings, preset: 'sweep' });
const masks = sampleReport({ ...defaultSettings, preset: 'masks', dtype: 'f16' });
const halfway = {
  stage: 'timing',
  caseIndex: 1,
  contestant: 'flash',
  fraction: 0.4,
  secondsLeft: 31,
} as const;

/** Every component by itself, with made-up data. Served by `npm run dev` at /src/ui/gallery/. */
const pieces: Record<string, TemplateResult> = {
  'theme-toggle': html`<theme-toggle></theme-toggle>`,
  'attention-glimpse': html`<attention-glimpse
    .settings=${{ ...defaultSettings, mask: 'causal' as const }}
  ></attention-glimpse>`,
  'notice-banner': html`
    <notice-banner heading="About this run"
      >Lengths were halved to keep to the budget.</notice-banner
    >
    <notice-banner kind="caution" heading="Part of this link was not understood" dismissible>
      seed: “abc” is not allowed.
    </notice-banner>
    <notice-banner kind="error" heading="The device was lost">Its driver was reset.</notice-banner>
  `,
  'benchmark-controls': html`<benchmark-controls></benchmark-controls>`,
  'run-progress': html`<run-progress .progress=${halfway} case-name="1·8·1024·64"></run-progress>`,
  'case-list': html`<case-list></case-list>`,
  'result-table': html`<result-table .report=${report}></result-table>`,
  'result-table, masks compared': html`<result-table .report=${masks}></result-table>`,
  'length-chart': html`<length-chart .report=${sweep}></length-chart>`,
  'roofline-chart': html`<roofline-chart .report=${report}></roofline-chart>`,
  'sample-chart': html`<sample-chart .report=${report}></sample-chart>`,
  'export-buttons': html`<export-buttons .report=${report}></export-buttons>`,
  'device-card': html`<device-card .device=${device} .ceilings=${report.ceilings}></device-card>`,
  'device-card, not isolated': html`<device-card
    .device=${{ ...device, isolated: false }}
  ></device-card>`,
  'device-card, no WebGPU': html`<device-card .webgpu=${false}></device-card>`,
  'kernel-choice': html`<kernel-choice .choices=${kernelChoices} webgpu></kernel-choice>`,
  'kernel-choice, tuning': html`<kernel-choice
    .choices=${kernelChoices.slice(0, 1)}
    .progress=${{ fraction: 0.4, caseName: '1·8·1024·64', candidate: 'flash-direct' }}
    .notes=${['The choice holds for now, but could not be kept: storage is closed to this page.']}
    webgpu
    tuning
  ></kernel-choice>`,
  'kernel-choice, no WebGPU': html`<kernel-choice .webgpu=${false}></kernel-choice>`,
  'modifier-drawing': html`
    <div class="drawings">
      ${drawnModifiers.map(
        ({ label, mask, scoreModifiers = [] }) => html`
          <modifier-drawing
            label=${label}
            .mask=${mask}
            .scoreModifiers=${scoreModifiers}
          ></modifier-drawing>
        `,
      )}
    </div>
  `,
  'method-notes': html`<method-notes></method-notes>`,
  ...headPieces,
  ...headControls,
  ...attentionMaps,
};

/** All of them, or those that the address asks for by how their names begin: `?only=head-,token-lines`. */
function shownPieces(): [string, TemplateResult][] {
  const wanted = new URLSearchParams(location.search).get('only')?.split(',') ?? [''];
  return Object.entries(pieces).filter(([name]) =>
    wanted.some((beginning) => name.startsWith(beginning)),
  );
}

@customElement('component-gallery')
export class ComponentGallery extends LitElement {
  static override styles = [
    ...shared,
    css`
      :host {
        max-width: 70rem;
        margin: 0 auto;
        padding: var(--space-5);
      }

      section {
        display: grid;
        gap: var(--space-3);
        padding: var(--space-5) 0;
      }

      .drawings {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-5);
      }

      section > h2 {
        color: var(--ink-soft);
        font-size: var(--text-small);
        font-weight: 400;
      }
    `,
  ];

  override render() {
    return html`
      <main>
        <h1>Components</h1>
        ${shownPieces().map(
          ([name, piece]) => html`
            <section id=${name}>
              <h2 class="number">${name}</h2>
              ${piece}
            </section>
          `,
        )}
      </main>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'component-gallery': ComponentGallery;
  }
}
