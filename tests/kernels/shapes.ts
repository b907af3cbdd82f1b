import { kernels } from '../../src/attention/kernels/index';
import { and, or } from '../../src/attention/modifiers/combine';
import { causal } from '../../src/attention/modifiers/causal';
import { UNBOUNDED, slidingWindow } from '../../src/attention/modifiers/sliding-window';
import { type Extents, type Options, expectRight } from './problems';
import type { KernelCase, KernelSuite } from './suite';

/** Shapes around and between tile edges (32 queries, 64 keys, 64 columns), and every operand path. */
const SHAPES: readonly [string, Extents, Options?][] = [
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
  ['odd rows within heads', { heads: 3, queryLength: 34, headSize: 9 }, { layout: 'bshd' }],
  ['a scale of one', { queryLength: 40 }, { scale: 1 }],
  ['a negative scale', { queryLength: 40 }, { scale: -0.3 }],
  ['soft cap', { queryLength: 50, headSize: 32 }, { scale: 1, softcap: 3 }],
];

const MASKS: readonly [string, Extents, Options][] = [
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
  ['soft cap and causal', { queryLength: 70 }, { softcap: 2, mask: causal() }],
];

function suiteOf(
  name: string,
  list: readonly (readonly [string, Extents, Options?])[],
): KernelSuite {
  const cases = kernels.flatMap(({ name: kernel }) =>
    list.map(([title, extents, options]): KernelCase => ({
      name: `${kernel}: ${title}`,
      run: async (gpu) => void (await expectRight(gpu, extents, { ...options, kernel })),
    })),
  );
  return { name, cases };
}

export const shapes = suiteOf('shapes', SHAPES);
export const masks = suiteOf('masks', MASKS);
