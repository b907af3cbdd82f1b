import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskedShapes } from '../../../tests/support/arbitraries';
import { shapeOf } from '../../../tests/support/problems';
import { createProblem, floatingPointOperations, visibleKeys, visiblePairs } from '../problem';
import { causal } from './causal';
import { keyLengths } from './key-lengths';
import { packedSequences } from './row-ranges';
import { slidingWindow } from './sliding-window';
import { tensorMask } from './tensor-mask';

fc.configureGlobal({ seed: 207 });

it('is what counting one by one gives', () => {
  fc.assert(
    fc.property(maskedShapes, ({ shape, mask, visible }) => {
      const problem = createProblem(shape, { mask });
      let total = 0;
      for (let batch = 0; batch < shape.batch; batch++) {
        for (let head = 0; head < shape.heads; head++) {
          for (let query = 0; query < shape.queryLength; query++) {
            let count = 0;
            for (let key = 0; key < shape.keyLength; key++) {
              if (visible(batch, head, query, key)) count++;
            }
            expect(visibleKeys(problem, batch, head, query)).toBe(count);
            total += count;
          }
        }
      }
      expect(visiblePairs(problem)).toBe(total);
    }),
    { numRuns: 300 },
  );
});

const everyTenth = Array.from({ length: 100 }, (_, i) => i % 10 === 3);
const everyThird = Array.from({ length: 15 }, (_, i) => i % 3 === 0);

it.each([
  ['no mask', undefined, 3 * 2 * 100 * 70],
  ['causal: a triangle above a rectangle', causal(), 3 * 2 * ((70 * 71) / 2 + 30 * 70)],
  ['a window of three, cut at both ends', slidingWindow(1, 1), 3 * 2 * (3 * 70 - 1)],
  ['nothing', causal(-1000), 0],
  ['a length a batch element', keyLengths([70, 0, 3]), 73 * 2 * 100],
  ['an offset a batch element', causal([-100, -99, 69]), 2 * (1 + 70 * 100)],
  ['packed', packedSequences([0, 40, 100], [0, 60, 70]), 3 * 2 * (40 * 60 + 60 * 10)],
  ['a column of a tensor', tensorMask([100, 1], everyTenth), 3 * 2 * 10 * 70],
  ['a tensor for each batch element', tensorMask([3, 1, 1, 5], everyThird), 2 * 5 * 100],
])('has a closed form for %s', (_name, mask, pairs) => {
  const shape = shapeOf({ batch: 3, heads: 2, queryLength: 100, keyLength: 70 });
  expect(visiblePairs(createProblem(shape, { mask }))).toBe(pairs);
});

it('counts long causal rows without asking for each pair', () => {
  const length = 2 ** 20;
  const shape = shapeOf({ heads: 32, queryLength: length, headSize: 128 });
  const problem = createProblem(shape, { mask: causal() });
  const pairs = (32 * length * (length + 1)) / 2;
  expect(visiblePairs(problem)).toBe(pairs);
  // Two products, a multiplication and an addition each.
  expect(floatingPointOperations(problem)).toBe(4 * 128 * pairs);
});

it('counts both products’ own row sizes', () => {
  const shape = shapeOf({ queryLength: 5, keyLength: 7, headSize: 3, valueSize: 11 });
  expect(floatingPointOperations(createProblem(shape))).toBe(35 * (2 * 3 + 2 * 11));
});
