import { alibi, alibiSlopes } from '../../src/attention/modifiers/alibi';
import { causal } from '../../src/attention/modifiers/causal';
import { and, or } from '../../src/attention/modifiers/combine';
import { prefixLm, windowWithSinks } from '../../src/attention/modifiers/recipes';
import { documents } from '../../src/attention/modifiers/documents';
import { keyLengths } from '../../src/attention/modifiers/key-lengths';
import { packedSequences } from '../../src/attention/modifiers/row-ranges';
import { UNBOUNDED, slidingWindow } from '../../src/attention/modifiers/sliding-window';
import { tensorBias, tensorMask } from '../../src/attention/modifiers/tensor-mask';
import { fillRandom } from '../../src/numeric/random';
import type { Extents, Options } from '../support/problems';

/** Shapes around and between tile edges (32 queries, 64 keys, 64 columns), and every operand path. */
export const SHAPES: readonly [string, Extents, Options?][] = [
  ['one query, one key, one value', { queryLength: 1, headSize: 1 }],
  ['exactly one tile', { queryLength: 32, keyLength: 64, headSize: 64 }],
  ['one more than a tile', { queryLength: 33, keyLength: 65, headSize: 64 }],
  ['one less than a tile', { queryLength: 31, keyLength: 63, headSize: 64 }],
  ['several tiles', { queryLength: 130, keyLength: 200, heads: 2, headSize: 64 }],
  ['batch, heads and groups', { batch: 3, heads: 6, kvHeads: 2, queryLength: 20, keyLength: 45 }],
  ['one key head for all', { heads: 5, kvHeads: 1, queryLength: 40, keyLength: 70, headSize: 32 }],
  ['more keys than queries', { queryLength: 7, keyLength: 301, headSize: 40 }],
  ['more queries than keys', { queryLength: 301, keyLength: 7, headSize: 40 }],
  ['one query, many keys', { heads: 4, queryLength: 1, keyLength: 1000, headSize: 64 }],
  ['E larger than D', { queryLength: 40, headSize: 24, valueSize: 136 }],
  ['E smaller than D', { queryLength: 40, headSize: 136, valueSize: 24 }],
  ['largest sizes', { queryLength: 40, keyLength: 70, headSize: 256, valueSize: 256 }],
  ['odd sizes', { queryLength: 37, keyLength: 67, headSize: 7, valueSize: 13 }],
  ['odd, large sizes', { queryLength: 35, keyLength: 66, headSize: 129, valueSize: 255 }],
  ['rows within heads', { batch: 2, heads: 3, queryLength: 34, headSize: 20 }, { layout: 'bshd' }],
  [
    'whole tiles within heads',
    { heads: 3, queryLength: 40, keyLength: 128, headSize: 32 },
    { layout: 'bshd' },
  ],
  ['odd rows within heads', { heads: 3, queryLength: 34, headSize: 9 }, { layout: 'bshd' }],
  ['a scale of one', { queryLength: 40 }, { scale: 1 }],
  ['a negative scale', { queryLength: 40 }, { scale: -0.3 }],
  ['a few queries', { heads: 2, queryLength: 5, keyLength: 700, headSize: 64 }],
  ['grouped, few queries', { batch: 2, heads: 8, kvHeads: 2, queryLength: 3, keyLength: 1500 }],
  ['many rows share a key head', { heads: 12, kvHeads: 1, queryLength: 7, keyLength: 600 }],
  ['few queries, large sizes', { queryLength: 2, keyLength: 600, headSize: 256, valueSize: 256 }],
  [
    'few queries, odd sizes',
    { heads: 2, queryLength: 9, keyLength: 515, headSize: 5, valueSize: 67 },
  ],
  [
    'few queries within heads',
    { heads: 4, kvHeads: 2, queryLength: 4, keyLength: 300 },
    { layout: 'bshd' },
  ],
  ['soft cap', { queryLength: 50, headSize: 32 }, { scale: 1, softcap: 3 }],
];

/** Documents of `length` tokens each, and the same in a seeded disorder. */
const ids = (count: number, length: number) =>
  Array.from({ length: count }, (_, i) => Math.floor(i / length));
const shuffledIds = (count: number) => ids(count, 20).map((id, i) => (id * 7 + i * i) % 5);

const product = (dims: number[]) => dims.reduce((total, extent) => total * extent, 1);
const noise = (dims: number[]) => fillRandom(new Float32Array(product(dims)), { seed: 5 });
const booleans = (dims: number[]) =>
  tensorMask(
    dims,
    Array.from(noise(dims), (x) => x > -0.3),
  );
const biases = (dims: number[]) =>
  tensorBias(
    dims,
    noise(dims).map((x) => (x < -1 ? -Infinity : x)),
  );

export const MASKS: readonly [string, Extents, Options][] = [
  ['causal', { heads: 2, queryLength: 150, headSize: 64 }, { mask: causal() }],
  ['causal, more keys', { queryLength: 50, keyLength: 170 }, { mask: causal() }],
  ['causal, more queries', { queryLength: 170, keyLength: 50 }, { mask: causal() }],
  ['causal, bottom right', { queryLength: 50, keyLength: 170 }, { mask: causal(120) }],
  ['causal, first rows empty', { queryLength: 100 }, { mask: causal(-40) }],
  ['causal, all rows empty', { queryLength: 40 }, { mask: causal(-1000) }],
  ['window', { queryLength: 200 }, { mask: slidingWindow(10, 3) }],
  ['window of one', { queryLength: 70 }, { mask: slidingWindow(0, 0) }],
  ['window without bounds', { queryLength: 70 }, { mask: slidingWindow(UNBOUNDED, UNBOUNDED) }],
  [
    'causal and window',
    { queryLength: 150 },
    { mask: and(causal(), slidingWindow(20, UNBOUNDED)) },
  ],
  ['either of two', { queryLength: 150 }, { mask: or(slidingWindow(3, 3), causal(-90)) }],
  ['nothing of nothing', { queryLength: 40 }, { mask: or() }],
  ['nested', { queryLength: 99 }, { mask: and(or(causal(), slidingWindow(0, 9)), causal(5)) }],
  [
    'few queries, causal',
    { heads: 4, kvHeads: 2, queryLength: 6, keyLength: 900 },
    { mask: causal(894) },
  ],
  ['few queries, first rows empty', { queryLength: 9, keyLength: 300 }, { mask: causal(-4) }],
  [
    'an offset for each batch element',
    { batch: 3, heads: 2, queryLength: 20, keyLength: 150 },
    { mask: causal([130, 5, -7]) },
  ],
  [
    'key lengths',
    { batch: 3, heads: 2, queryLength: 20, keyLength: 150 },
    { mask: keyLengths([150, 64, 0]) },
  ],
  [
    'a window where the cache ends',
    { batch: 2, queryLength: 12, keyLength: 200 },
    { mask: and(keyLengths([90, 200]), slidingWindow(30, 0, [78, 188])) },
  ],
  ['prefix', { batch: 2, queryLength: 100 }, { mask: prefixLm([70, 3]) }],
  ['window with sink tokens', { queryLength: 190 }, { mask: windowWithSinks(20, 4) }],
  [
    'packed',
    { queryLength: 100, keyLength: 150 },
    { mask: packedSequences([0, 30, 30, 100], [0, 70, 90, 150]) },
  ],
  [
    'packed, causal at the bottom right',
    { heads: 2, queryLength: 100, keyLength: 150 },
    { mask: packedSequences([0, 30, 60, 100], [0, 70, 90, 150], 'bottom-right') },
  ],
  [
    'documents',
    { queryLength: 90, keyLength: 90 },
    { mask: and(documents(ids(90, 25)), causal()) },
  ],
  ['documents out of order', { queryLength: 90 }, { mask: documents(shuffledIds(90)) }],
  ['linear biases', { heads: 6, queryLength: 80 }, { scoreModifiers: [alibi(alibiSlopes(6))] }],
  [
    'linear biases, few queries',
    { heads: 6, kvHeads: 2, queryLength: 3, keyLength: 400 },
    { scoreModifiers: [alibi(alibiSlopes(6), 397)], mask: causal(397) },
  ],
  [
    'boolean tensor',
    { batch: 2, heads: 3, queryLength: 20, keyLength: 90 },
    { mask: booleans([2, 3, 20, 90]) },
  ],
  [
    'boolean tensor, broadcast',
    { batch: 2, heads: 3, queryLength: 20, keyLength: 90 },
    { mask: booleans([2, 1, 1, 90]) },
  ],
  ['boolean tensor, a column', { queryLength: 70, keyLength: 90 }, { mask: booleans([70, 1]) }],
  ['boolean tensor, short', { queryLength: 20, keyLength: 190 }, { mask: booleans([20, 77]) }],
  [
    'bias',
    { batch: 2, heads: 3, queryLength: 20, keyLength: 90 },
    { bias: biases([2, 3, 20, 90]) },
  ],
  [
    'bias for each key, soft cap first',
    { heads: 2, queryLength: 70, keyLength: 90 },
    { bias: biases([90]), softcap: 2 },
  ],
  [
    'bias, short, and causal',
    { queryLength: 70, keyLength: 190 },
    { bias: biases([1, 70, 100]), mask: causal(20) },
  ],
  ['sinks', { heads: 3, queryLength: 70 }, { sinks: [0.5, -3, 8], mask: causal() }],
  [
    'sinks, grouped, few queries',
    { heads: 4, kvHeads: 2, queryLength: 3, keyLength: 700 },
    { sinks: [1, 2, -1, 9] },
  ],
  ['sinks on empty rows', { heads: 2, queryLength: 40 }, { sinks: [1, -70], mask: causal(-9) }],
  ['soft cap and causal', { queryLength: 70 }, { softcap: 2, mask: causal() }],
];
