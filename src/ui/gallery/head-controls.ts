import { html, type TemplateResult } from 'lit';
import { defaultControls } from '../../heads/controls';
import { defaultHeadsState } from '../../heads/link-state';
import '../components/file-readings';
import '../components/head-controls';
import '../components/head-puzzle';
import '../components/source-picker';

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

/** What decides which heads are looked at, and how. */
export const headControls: Record<string, TemplateResult> = {
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
