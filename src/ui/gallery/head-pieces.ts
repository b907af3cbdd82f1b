import { html, type TemplateResult } from 'lit';
import {
  inductionWeights,
  longTokens,
  sampleHeads,
  sampleHeadsUnderway,
  sampleMetrics,
  sampleTokens,
} from './heads';
import '../components/head-grid';
import '../components/token-lines';

function withNaN(weights: Float32Array, at: number) {
  weights[at] = NaN;
  return weights;
}

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
  'token-lines': html`<token-lines
    .weights=${inductionWeights(sampleTokens)}
    .rowTokens=${sampleTokens}
    .columnTokens=${sampleTokens}
  ></token-lines>`,
  'token-lines, locked and hidden': html`<token-lines
    mass="0.8"
    .weights=${withNaN(inductionWeights(longTokens), 3)}
    .rowTokens=${longTokens}
    .columnTokens=${longTokens}
    .locked=${[
      { side: 'query', index: 14 },
      { side: 'key', index: 1 },
    ]}
    .hiddenKeys=${[0, 6]}
  ></token-lines>`,
};
