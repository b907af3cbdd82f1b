import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  createProblem,
  floatingPointOperations,
  visibleKeys,
  visiblePairs,
} from '../../../src/attention/problem';
import { causal } from '../../../src/attention/modifiers/causal';
import { slidingWindow } from '../../../src/attention/modifiers/sliding-window';
import { masks, shapes } from '../../support/random-problems';
import { shapeOf } from '../../kernels/problems';

fc.configureGlobal({ seed: 207 });

it('is what counting one by one gives', () => {
  fc.assert(
    fc.property(shapes, masks, (shape, { mask, visible }) => {
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

it.each([
  ['no mask', undefined, 3 * 2 * 100 * 70],
  ['causal: a triangle above a rectangle', causal(), 3 * 2 * ((70 * 71) / 2 + 30 * 70)],
  ['a window of three, cut at both ends', slidingWindow(1, 1), 3 * 2 * (3 * 70 - 1)],
  ['nothing', causal(-1000), 0],
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
