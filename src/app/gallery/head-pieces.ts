import { html, type TemplateResult } from 'lit';
import { defaultControls } from '../../features/heads/model/controls';
import { metricDescriptions } from '../../features/heads/model/metrics';
import { defaultHeadsState } from '../../features/heads/model/state';
import '../../features/heads/view/page';
import {
  inductionWeights,
  longTokens,
  sampleHeads,
  sampleHeadsUnderway,
  sampleTokens,
  sampleCloud,
  sampleOutputs,
} from './sample-heads';

const extents = { queryLength: 512, keyLength: 512, heads: 12, headSize: 64 };
const planted = ['block', 'induction', 'local'];
const names = ['head 1', 'head 2', 'head 3'];
const readings = [
  {
    explanation: 'q (12, 64, 32) as queries and k (12, 64, 32) as keys: 12 heads over 64 tokens.',
    notes: ['v (12, 60, 32) does not go with k (12, 64, 32) as values: left out.'],
    batches: 3,
  },
  { explanation: 'q and k, read as tokens, heads, values: 64 heads.', notes: [], batches: 1 },
];

/** Source and controls of the heads page. */
export const headControlPieces: Record<string, TemplateResult> = {
  'head-puzzle': html`<head-puzzle .planted=${planted} .names=${names}></head-puzzle>`,
  'source-picker': html`<source-picker></source-picker>`,
  'source-picker, a text': html`<source-picker
    .state=${{ ...defaultHeadsState, source: 'text' as const }}
  ></source-picker>`,
  'source-picker, files': html`<source-picker
    .state=${{ ...defaultHeadsState, source: 'file' as const }}
    .fileNames=${['mine.npz', 'tokens.json']}
  ></source-picker>`,
  'file-readings': html`<file-readings .readings=${readings}></file-readings>`,
  'head-controls': html`<head-controls .extents=${extents}></head-controls>`,
  'head-controls, changed': html`<head-controls
    .controls=${{ ...defaultControls, temperature: 0.5, mask: 'sink-window' as const, softcap: 8 }}
    .extents=${extents}
    f16-lacking="this device has no float16"
  ></head-controls>`,
};

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

/** Views of heads, with seeded weights. */
export const headPieces: Record<string, TemplateResult> = {
  'head-grid': html`<head-grid
    sort="likeness"
    .heads=${sampleHeads(4)}
    .metrics=${metricDescriptions}
    .selected=${4}
    .compared=${9}
  ></head-grid>`,
  'head-grid, while computing': html`<head-grid
    sort="entropy"
    scale="log"
    .heads=${sampleHeadsUnderway()}
    .metrics=${metricDescriptions}
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
