import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytesPerElement } from '../numeric/float16';
import { OFFSET_BYTES, type Sequences, cut, sequencesOf, sliceSequences } from './fit';
import { createProblem } from './problem';

fc.configureGlobal({ seed: 223 });

const problems = fc
  .record({
    batch: fc.integer({ min: 1, max: 5 }),
    kvHeads: fc.integer({ min: 1, max: 4 }),
    sharing: fc.integer({ min: 1, max: 4 }),
    queryLength: fc.integer({ min: 1, max: 40 }),
    keyLength: fc.integer({ min: 1, max: 40 }),
    headSize: fc.integer({ min: 1, max: 20 }),
    valueSize: fc.integer({ min: 1, max: 20 }),
    layout: fc.constantFrom('bhsd' as const, 'bshd' as const),
    type: fc.constantFrom('f32' as const, 'f16' as const),
  })
  .map(({ sharing, layout, type, ...rest }) =>
    createProblem({ ...rest, heads: rest.kvHeads * sharing }, { layout, type }),
  );

it('slices hold every element that their sequences touch, and fit a binding', () => {
  let sliced = 0;
  fc.assert(
    fc.property(
      problems,
      fc.constantFrom<Sequences>('head', 'group'),
      fc.integer({ min: 64, max: 4096 }),
      (problem, rows, words) => {
        const slices = sliceSequences(problem, rows, 4 * words);
        if (!slices) return;
        if (slices.length > 1) sliced++;
        const { shape, strides, type } = problem;
        const { heads, kvHeads, queryLength, keyLength, headSize, valueSize } = shape;
        const perBatch = rows === 'head' ? heads : kvHeads;
        let next = 0;
        for (const { first, end, windows } of slices) {
          expect(first).toBe(next);
          next = end;
          for (const window of Object.values(windows)) {
            const bytes = bytesPerElement[type];
            expect((window.first * bytes) % OFFSET_BYTES).toBe(0);
            expect((window.end - window.first) * bytes).toBeLessThanOrEqual(4 * words);
          }
          for (let sequence = first; sequence < end; sequence++) {
            const batch = Math.floor(sequence / perBatch);
            const sharing = heads / kvHeads;
            const within = sequence % perBatch;
            const kvHead = rows === 'head' ? Math.floor(within / sharing) : within;
            const queryHeads =
              rows === 'head'
                ? [within]
                : Array.from({ length: sharing }, (_, i) => within * sharing + i);
            const touched = [
              ...queryHeads.flatMap((head) => [
                ['query', head, queryLength, headSize] as const,
                ['output', head, queryLength, valueSize] as const,
              ]),
              ['key', kvHead, keyLength, headSize] as const,
              ['value', kvHead, keyLength, valueSize] as const,
            ];
            for (const [operand, head, length, size] of touched) {
              const start = batch * strides[operand].batch + head * strides[operand].head;
              expect(start).toBeGreaterThanOrEqual(windows[operand].first);
              const last = start + (length - 1) * strides[operand].row + size;
              expect(last).toBeLessThanOrEqual(windows[operand].end);
            }
          }
        }
        expect(next).toBe(sequencesOf(problem, rows));
      },
    ),
    { numRuns: 500 },
  );
  expect(sliced).toBeGreaterThan(50);
});

it('is one slice of everything where everything fits', () => {
  fc.assert(
    fc.property(problems, (problem) => {
      const slices = sliceSequences(problem, 'head', 2 ** 30)!;
      expect(slices).toHaveLength(1);
      for (const { first } of Object.values(slices[0].windows)) expect(first).toBe(0);
    }),
  );
});

it('cuts into the longest ranges that fit, or says that none does', () => {
  const lengths = (largest: number) =>
    cut(
      10,
      (first, end) => end - first,
      (length) => length <= largest,
    );
  expect(lengths(4)).toEqual([4, 4, 2]);
  expect(lengths(10)).toEqual([10]);
  expect(lengths(0)).toBeNull();
});
