import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../tests/support/problems';
import { createProblem } from '../problem';
import { causal } from './causal';
import { isVisible } from './combine';
import { prefixLm, windowWithSinks } from './recipes';
import { documents } from './documents';
import { keyLengths } from './key-lengths';
import type { Mask } from './modifier';
import { packedSequences, rowRanges } from './row-ranges';
import { UNBOUNDED, slidingWindow } from './sliding-window';
import { tensorBias, tensorMask } from './tensor-mask';

fc.configureGlobal({ seed: 205 });

const SHAPE = shapeOf({ batch: 2, heads: 2, queryLength: 3, keyLength: 4 });

/** Rows of a mask as people draw them: x where the query of that line sees the key of that column. */
function drawing(mask: Mask, batch = 0, head = 0): string[] {
  createProblem(SHAPE, { mask });
  return Array.from({ length: SHAPE.queryLength }, (_, i) =>
    Array.from({ length: SHAPE.keyLength }, (__, j) =>
      isVisible(mask, batch, head, i, j) ? 'x' : '.',
    ).join(''),
  );
}

const ALL = ['xxxx', 'xxxx', 'xxxx'];
const NONE = ['....', '....', '....'];

it.each<[string, Mask, string[]]>([
  ['causal', causal(), ['x...', 'xx..', 'xxx.']],
  ['causal, bottom right', causal(1), ['xx..', 'xxx.', 'xxxx']],
  ['causal, first rows empty', causal(-2), ['....', '....', 'x...']],
  ['window', slidingWindow(1, 0), ['x...', 'xx..', '.xx.']],
  ['window to the right', slidingWindow(0, 2), ['xxx.', '.xxx', '..xx']],
  ['window with an offset', slidingWindow(1, 0, 1), ['xx..', '.xx.', '..xx']],
  ['window without a left bound', slidingWindow(UNBOUNDED, 0), ['x...', 'xx..', 'xxx.']],
  ['window of less than nothing', slidingWindow(-1, 0), NONE],
  ['one key length', keyLengths(2), ['xx..', 'xx..', 'xx..']],
  ['key length 0', keyLengths(0), NONE],
  ['row ranges', rowRanges([-1, 1, 2], [1, 3, 9]), ['x...', '.xx.', '..xx']],
  ['row ranges, some empty', rowRanges([1, 3, 3], [1, 2, 4]), ['....', '....', '...x']],
  ['packed', packedSequences([0, 1, 3], [0, 2, 4]), ['xx..', '..xx', '..xx']],
  ['packed, no keys for some', packedSequences([0, 2, 3], [0, 0, 4]), ['....', '....', 'xxxx']],
  ['packed, no queries for some', packedSequences([0, 0, 3], [0, 3, 4]), ['...x', '...x', '...x']],
  ['packed, a key more', packedSequences([0, 1, 3], [0, 1, 4]), ['x...', '.xxx', '.xxx']],
  ['packed, top-left', packedSequences([0, 1, 3], [0, 2, 4], 'top-left'), ['x...', '..x.', '..xx']],
  [
    'packed, bottom-right',
    packedSequences([0, 1, 3], [0, 3, 4], 'bottom-right'),
    ['xxx.', '....', '...x'],
  ],
  ['documents', documents([5, 5, 9], [5, 9, 9, 9]), ['x...', 'x...', '.xxx']],
  ['documents out of order', documents([2, 1, 2], [1, 2, 3, 2]), ['.x.x', 'x...', '.x.x']],
  ['prefix', prefixLm(2), ['xx..', 'xx..', 'xxx.']],
  ['prefix with an offset', prefixLm(1, 1), ['xx..', 'xxx.', 'xxxx']],
  ['window with sinks', windowWithSinks(0, 1), ['x...', 'xx..', 'x.x.']],
  ['window with sinks and an offset', windowWithSinks(1, 1, 1), ['xx..', 'xxx.', 'x.xx']],
  ['tensor', tensorMask([3, 4], [1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0]), ['x..x', '....', '.xx.']],
  ['tensor of keys', tensorMask([4], [true, false, true, true]), Array(3).fill('x.xx')],
  ['tensor of one', tensorMask([1], [1]), ALL],
  ['tensor of one that hides', tensorMask([1, 1], [0]), NONE],
  ['tensor of queries', tensorMask([3, 1], [0, 1, 0]), ['....', 'xxxx', '....']],
  ['tensor with a short last extent', tensorMask([2], [0, 1]), Array(3).fill('.x..')],
  ['short tensor', tensorMask([3, 2], [1, 1, 0, 1, 1, 0]), ['xx..', '.x..', 'x...']],
  ['tensor of bytes', tensorMask([4], Uint8Array.of(255, 0, 1, 2)), Array(3).fill('x.xx')],
  ['bias', tensorBias([4], Float32Array.of(-1e38, -Infinity, 0, NaN)).mask, Array(3).fill('x.xx')],
  [
    'bias of queries',
    tensorBias([3, 1], Float32Array.of(1, -Infinity, 2)).mask,
    ['xxxx', '....', 'xxxx'],
  ],
  ['short bias', tensorBias([3], Float32Array.of(0, -Infinity, 0)).mask, Array(3).fill('x.x.')],
])('%s sees what it should', (_name, mask, rows) => expect(drawing(mask)).toEqual(rows));

it.each<[string, Mask, string[], string[]]>([
  ['causal', causal([1, -2]), ['xx..', 'xxx.', 'xxxx'], ['....', '....', 'x...']],
  ['window', slidingWindow(1, 0, [0, 2]), ['x...', 'xx..', '.xx.'], ['.xx.', '..xx', '...x']],
  ['key lengths', keyLengths([4, 1]), ALL, ['x...', 'x...', 'x...']],
  ['prefix', prefixLm([0, 3], [0, -2]), ['x...', 'xx..', 'xxx.'], ['xxx.', 'xxx.', 'xxx.']],
  [
    'window with sinks',
    windowWithSinks(0, 1, [0, 2]),
    ['x...', 'xx..', 'x.x.'],
    ['x.x.', 'x..x', 'x...'],
  ],
  [
    'tensor',
    tensorMask([2, 1, 3, 1], [0, 1, 0, 1, 0, 1]),
    ['....', 'xxxx', '....'],
    ['xxxx', '....', 'xxxx'],
  ],
])('%s may be another for each batch element', (_name, mask, first, second) => {
  expect([drawing(mask, 0), drawing(mask, 1)]).toEqual([first, second]);
  expect(drawing(mask, 1, 1)).toEqual(second);
});

it('tensors may be another for each head, in every batch element', () => {
  for (const mask of [
    tensorMask([2, 1, 4], [1, 0, 0, 0, 0, 1, 1, 1]),
    tensorBias(
      [1, 2, 1, 4],
      Float32Array.of(0, -1, 0, -1, -1, 0, 0, 0).map((x) => x / 0),
    ).mask,
  ]) {
    const heads = [0, 1].map((head) => drawing(mask, 0, head));
    expect(heads[0]).not.toEqual(heads[1]);
    expect([0, 1].map((head) => drawing(mask, 1, head))).toEqual(heads);
  }
  expect(drawing(tensorMask([2, 1, 4], [1, 0, 0, 0, 0, 1, 1, 1]), 1, 1)[2]).toBe('.xxx');
});

describe('a range', () => {
  const far = fc.integer({ min: -(2 ** 24), max: 2 ** 24 });
  const nearby = fc.integer({ min: -30, max: 30 });
  const either = fc.oneof(nearby, far);
  const offsets = fc.oneof(either, fc.tuple(either, either));
  const widths = fc.oneof(either, fc.constant(UNBOUNDED));
  const modifiers = fc.oneof(
    offsets.map((offset) => causal(offset)),
    fc.tuple(widths, widths, offsets).map((sizes) => slidingWindow(...sizes)),
    fc.tuple(fc.nat(60), fc.nat(2 ** 24)).map((lengths) => keyLengths(lengths)),
    fc.nat(60).map((length) => keyLengths(length)),
  );

  it('is exactly the keys that are visible', () => {
    fc.assert(
      fc.property(modifiers, fc.nat(1), fc.nat(40), (modifier, batch, query) => {
        const [first, end] = modifier.range!(batch, 0, query);
        const atEdges = [first - 1, first, end - 1, end].filter((key) => key >= 0 && key < 2 ** 25);
        for (const key of [...atEdges, ...Array.from({ length: 50 }, (_, i) => i)]) {
          const visible = modifier.visible(batch, 0, query, key);
          expect(visible, `key ${key}`).toBe(key >= first && key < end);
        }
      }),
      { numRuns: 300 },
    );
  });
});
