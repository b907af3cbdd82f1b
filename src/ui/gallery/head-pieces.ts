import { html, type TemplateResult } from 'lit';
import {
  inductionWeights,
  longTokens,
  sampleHeads,
  sampleHeadsUnderway,
  sampleMetrics,
  sampleTokens,
} from './heads';
import { sampleCloud, sampleOutputs } from './outputs';
import '../components/head-grid';
import '../components/head-outputs';
import '../components/point-scatter';
import '../components/token-lines';

function withNaN(weights: Float32Array, at: number) {
  weights[at] = NaN;
  return weights;
}

function scatter(count: number) {
  const { points, kinds, labels } = sampleCloud(count);
  return html`<point-scatter
    name="queries and keys"
    .points=${points}
    .kinds=${kinds}
    .kindNames=${['queries', 'keys']}
    .labels=${labels}
    .explained=${[0.612, 0.174] as const}
  ></point-scatter>`;
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
  'head-outputs': html`<head-outputs .sets=${sampleOutputs}></head-outputs>`,
  'head-outputs, a difference': html`<head-outputs
    shown="0"
    against="1"
    .sets=${sampleOutputs}
  ></head-outputs>`,
  'point-scatter': scatter(40),
  'point-scatter, many points': scatter(65_536),
};
