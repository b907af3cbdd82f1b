import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskedShapes } from '../../tests/support/arbitraries';
import { randomData, shapeOf } from '../../tests/support/problems';
import { plainAttention } from './cpu/plain';
import { causal } from './modifiers/causal';
import { or } from './modifiers/combine';
import { documents } from './modifiers/documents';
import { keyLengths } from './modifiers/key-lengths';
import { packedSequences } from './modifiers/row-ranges';
import { slidingWindow } from './modifiers/sliding-window';
import { tensorBias, tensorMask } from './modifiers/tensor-mask';
import { type Problem, createProblem } from './problem';
import { type Operands, reference, rowCount } from './reference';

fc.configureGlobal({ seed: 202 });

const allRows = (problem: Problem) => Array.from({ length: rowCount(problem) }, (_, i) => i);

/** Both ways of computing on the CPU, as one: output and log-sum-exp. */
const COMPUTATIONS = {
  reference: (problem: Problem, operands: Operands, rows = allRows(problem)) => {
    const { output, logSumExp } = reference(problem, operands, { rows });
    return { output: [...output], logSumExp: [...logSumExp] };
  },
  'plain attention': (problem: Problem, operands: Operands, rows = allRows(problem)) => {
    const output = new Float32Array(rows.length * problem.shape.valueSize).fill(7);
    const logSumExp = new Float32Array(rows.length);
    plainAttention(problem, operands, rows, output, logSumExp);
    return { output: [...output], logSumExp: [...logSumExp] };
  },
};

/** Reads of an array, by index. */
function watched(values: ArrayLike<number>, onRead: (index: number) => void): ArrayLike<number> {
  return new Proxy(values, {
    get(target, property) {
      if (typeof property === 'string' && /^\d+$/.test(property)) onRead(Number(property));
      return Reflect.get(target, property, target);
    },
  });
}

describe.each(Object.entries(COMPUTATIONS))('%s', (_name, compute) => {
  it.each([
    ['causal, first rows', causal(-2), [true, true, false, false]],
    ['a window beyond the keys', slidingWindow(0, 0, 2), [false, false, true, true]],
    ['a window of less than nothing', slidingWindow(-2, 1), [true, true, true, true]],
    ['nothing of nothing', or(), [true, true, true, true]],
    ['no keys', keyLengths([0]), [true, true, true, true]],
    [
      'sequences without keys',
      packedSequences([0, 1, 3, 4], [0, 2, 2, 4]),
      [false, true, true, false],
    ],
    ['a document of no key', documents([1, 2, 3, 3], [3, 1, 1, 1]), [false, true, false, false]],
    ['a tensor', tensorMask([4, 1], [0, 1, 0, 1]), [true, false, true, false]],
    [
      'a bias',
      tensorBias([4, 1], Float32Array.of(-Infinity, 1, 2, -Infinity)).mask,
      [true, false, false, true],
    ],
  ])('gives zeros and −∞ for rows that see nothing: %s', (_what, mask, empty) => {
    const shape = shapeOf({ heads: 2, queryLength: 4, headSize: 3 });
    const { output, logSumExp } = compute(createProblem(shape, { mask }), randomData(shape));
    for (let row = 0; row < 8; row++) {
      const values = output.slice(3 * row, 3 * row + 3);
      expect(values.every((value) => value === 0)).toBe(empty[row % 4]);
      expect(logSumExp[row] === -Infinity).toBe(empty[row % 4]);
    }
  });

  it('never reads a hidden key or its value', () => {
    fc.assert(
      fc.property(maskedShapes, fc.nat(), ({ shape, mask, visible }, place) => {
        const problem = createProblem(shape, { mask });
        const data = randomData(shape);
        const row = place % rowCount(problem);
        const query = row % shape.queryLength;
        const head = Math.floor(row / shape.queryLength) % shape.heads;
        const batch = Math.floor(row / shape.queryLength / shape.heads);
        const group = Math.floor((head * shape.kvHeads) / shape.heads);
        const guard = (size: number) => (index: number) => {
          const key = Math.floor(index / size);
          const sequence = batch * shape.kvHeads + group;
          expect(Math.floor(key / shape.keyLength), 'sequence').toBe(sequence);
          expect(visible(batch, head, query, key % shape.keyLength), `key ${key}`).toBe(true);
        };
        const operands = {
          query: data.query,
          key: watched(data.key, guard(shape.headSize)),
          value: watched(data.value, guard(shape.valueSize)),
        };
        compute(problem, operands, [row]);
      }),
      { numRuns: 150 },
    );
  });

  it('lets a visible NaN through to exactly the rows that see it', () => {
    const shape = shapeOf({ queryLength: 6, headSize: 2 });
    const data = randomData(shape);
    data.key[3 * 2 + 1] = NaN;
    const { output, logSumExp } = compute(createProblem(shape, { mask: causal() }), data);
    expect(logSumExp.map(Number.isNaN)).toEqual([false, false, false, true, true, true]);
    expect(output.slice(0, 6).every(Number.isFinite)).toBe(true);
    expect(output.slice(6).every(Number.isNaN)).toBe(true);
  });
});
