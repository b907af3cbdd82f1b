import { html, type TemplateResult } from 'lit';
import { sampleHeads, sampleHeadsUnderway, sampleMetrics } from './heads';
import '../components/head-grid';

/** What shows heads, with seeded weights. */
export const headPieces: Record<string, TemplateResult> = {
  'head-grid': html`<head-grid
    sort="likeness"
    .heads=${sampleHeads(4)}
    .metrics=${sampleMetrics}
    .selected=${4}
    .compared=${9}
  ></head-grid>`,
  'head-grid, while computing': html`<head-grid
    sort="entropy"
    scale="log"
    .heads=${sampleHeadsUnderway()}
    .metrics=${sampleMetrics}
  ></head-grid>`,
};
