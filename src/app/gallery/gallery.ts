import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { modifiers } from '../../attention/modifiers/index';
import { defaultSettings } from '../../bench/settings';
import type { PlannedKernel } from '../../bench/tuning';
import '../../features/benchmark/view/page';
import '../../ui/modifier-drawing';
import '../../ui/styles/page.css';
import { UiElement } from '../../ui/element';
import '../theme-toggle';
import { attentionMaps } from './attention-maps';
import { headControlPieces, headPieces } from './head-pieces';
import { kitPieces } from './kit-pieces';
import { sampleDevice, sampleReport } from './sample-report';

const SIZE = 24;
const modifierSamples = modifiers.flatMap(({ examples }) => examples(SIZE));

/** Invented: a tuned choice, a default choice, and a case that does not fit. */
const sampleKernelChoices: readonly PlannedKernel[] = [
  {
    caseName: '1·8·256·64',
    shapeClass: 'q≤512 k≤512 d64 h≤8 f32 full',
    kernel: 'flash-direct',
    reason:
      'Tuned on this device: flash-direct was 1.8 × as fast as the next (flash) for q≤512 k≤512 d64 h≤8 f32 full.',
    tuned: true,
  },
  {
    caseName: '1·12·512·64 causal',
    shapeClass: 'q≤512 k≤512 d64 h>8 f32 causal-like',
    kernel: 'flash',
    reason: 'flash holds any length and stores no scores.',
    tuned: false,
  },
  {
    caseName: '1·8·4194304·64',
    shapeClass: 'q>512 k>4096 d64 h≤8 f32 full',
    kernel: null,
    reason:
      "query needs 8 GiB, but this device's maxBufferSize is 1 GiB; the largest queryLength that fits is 524288.",
    tuned: false,
  },
];

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

/** Each component with sample data. `npm run dev` serves them at /src/app/gallery/. */
const pieces: Record<string, TemplateResult> = {
  'theme-toggle': html`<theme-toggle></theme-toggle>`,
  'attention-preview': html`<attention-preview
    .settings=${{ ...defaultSettings, mask: 'causal' as const }}
  ></attention-preview>`,
  ...kitPieces,
  'benchmark-controls': html`<benchmark-controls></benchmark-controls>`,
  'run-progress': html`<run-progress .progress=${halfway} case-name="1·8·1024·64"></run-progress>`,
  'case-list': html`<case-list></case-list>`,
  'result-table': html`<result-table .report=${report}></result-table>`,
  'result-table, masks compared': html`<result-table .report=${masks}></result-table>`,
  'length-chart': html`<length-chart .report=${sweep}></length-chart>`,
  'roofline-chart': html`<roofline-chart .report=${report}></roofline-chart>`,
  'sample-chart': html`<sample-chart .report=${report}></sample-chart>`,
  'export-buttons': html`<export-buttons .report=${report}></export-buttons>`,
  'device-card': html`<device-card
    .device=${sampleDevice}
    .ceilings=${report.ceilings}
  ></device-card>`,
  'device-card, not isolated': html`<device-card
    .device=${{ ...sampleDevice, isolated: false }}
  ></device-card>`,
  'device-card, no WebGPU': html`<device-card .webgpu=${false}></device-card>`,
  'kernel-choice': html`<kernel-choice .choices=${sampleKernelChoices} webgpu></kernel-choice>`,
  'kernel-choice, tuning': html`<kernel-choice
    .choices=${sampleKernelChoices.slice(0, 1)}
    .progress=${{ fraction: 0.4, caseName: '1·8·1024·64', candidate: 'flash-direct' }}
    .notes=${['The choice holds for now, but could not be kept: storage is closed to this page.']}
    webgpu
    tuning
  ></kernel-choice>`,
  'kernel-choice, no WebGPU': html`<kernel-choice .webgpu=${false}></kernel-choice>`,
  'modifier-drawing': html`
    <div class="row gap-5 start drawings">
      ${modifierSamples.map(
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
  ...headControlPieces,
  ...attentionMaps,
};

/** All pieces, or those whose names begin as the URL asks: `?only=head-,token-lines`. */
function shownPieces(): [string, TemplateResult][] {
  const wanted = new URLSearchParams(location.search).get('only')?.split(',') ?? [''];
  return Object.entries(pieces).filter(([name]) =>
    wanted.some((beginning) => name.startsWith(beginning)),
  );
}

@customElement('component-gallery')
export class ComponentGallery extends UiElement {
  static override styles = css`
    :host {
      max-width: 70rem;
      margin: 0 auto;
      padding: var(--space-5);
    }

    section {
      padding: var(--space-5) 0;
    }

    section > h2 {
      font-weight: 400;
    }
  `;

  override render() {
    return html`
      <main>
        <h1>Components</h1>
        ${shownPieces().map(
          ([name, piece]) => html`
            <section id=${name} class="stack">
              <h2 class="number soft small">${name}</h2>
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
