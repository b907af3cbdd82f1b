import { assert, describe } from 'vitest';
import { alibi } from '../../src/attention/modifiers/alibi';
import { causal } from '../../src/attention/modifiers/causal';
import { tensorBias, tensorMask } from '../../src/attention/modifiers/tensor-mask';
import { SCORE_STAGES } from '../../src/attention/score-map';
import { test } from '../support/gpu';
import { type Extents, type Options, shapeOf } from '../support/problems';
import { compareMap } from '../support/score-maps';

const GROUPED: Extents = { batch: 2, heads: 4, kvHeads: 2, queryLength: 35, keyLength: 130 };
const column = (length: number, valueAt: (i: number) => number) =>
  Float32Array.from({ length }, (_, i) => valueAt(i));

const MAPS: readonly [string, Extents, Options][] = [
  ['plain', { ...GROUPED, headSize: 24 }, {}],
  ['one query, one key', { queryLength: 1, headSize: 3 }, {}],
  ['a negative scale', { queryLength: 33, keyLength: 65, headSize: 7 }, { scale: -0.7 }],
  ['large scores', { ...GROUPED, headSize: 64 }, { scale: 20 }],
  ['rows that see nothing', GROUPED, { mask: causal(-10) }],
  ['sinks', GROUPED, { sinks: [0.5, -3, 8, 1], mask: causal(90) }],
  ['sinks of rows that see nothing', GROUPED, { sinks: [1, -70, 0, 2], mask: causal(-30) }],
  [
    'cap, slopes, bias and mask',
    GROUPED,
    {
      softcap: 1.5,
      scoreModifiers: [alibi([0.5, 0.1, 0.01, 0.2])],
      bias: tensorBias(
        [35, 1],
        column(35, (i) => (i % 5 ? i / 7 : -Infinity)),
      ),
      mask: tensorMask(
        [100],
        column(100, (j) => j % 3),
      ),
    },
  ],
];

/** Maps of all scores and weights. Whatever kernel attention runs on, these have one of their own. */
describe('maps', () => {
  for (const [title, extents, options] of MAPS) {
    for (const stage of SCORE_STAGES) {
      test(`${stage}: ${title}`, async ({ gpu }) => {
        const result = await compareMap(gpu, shapeOf(extents), options, stage);
        assert(result.passed, `${result.errorOverBound} of the bound at ${result.worst}`);
      });
    }
  }
});
