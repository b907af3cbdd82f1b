import fc from 'fast-check';
import { expect, it } from 'vitest';
import { masksFor, shapes, scoreChanges } from '../../../tests/support/arbitraries';
import { randomData, shapeOf } from '../../../tests/support/problems';
import { compare } from '../../numeric/compare';
import { createProblem } from '../problem';
import { reference, rowCount } from '../reference';
import { plainAttention } from './plain';

fc.configureGlobal({ seed: 203 });

it('stays within the reference’s bounds', () => {
  const options = fc.record({
    layout: fc.constantFrom('bhsd' as const, 'bshd' as const),
    scale: fc.double({ min: -3, max: 3, noNaN: true }),
    softcap: fc.option(fc.double({ min: 0.5, max: 4, noNaN: true }), { nil: undefined }),
  });
  const problems = shapes.chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      meant: masksFor(shape),
      changes: scoreChanges(shape),
    }),
  );
  fc.assert(
    fc.property(problems, options, fc.nat(1000), ({ shape, meant, changes }, chosen, seed) => {
      const problem = createProblem(shape, { ...chosen, ...changes.options, mask: meant.mask });
      const data = randomData(shape, seed);
      const want = reference(problem, data);
      const rows = Array.from(want.rows);
      const output = new Float32Array(want.output.length);
      const logSumExp = new Float32Array(rows.length);
      plainAttention(problem, data, rows, output, logSumExp);
      expect(compare(output, want.output, want.outputBound)).toMatchObject({ passed: true });
      expect(compare(logSumExp, want.logSumExp, want.logSumExpBound)).toMatchObject({
        passed: true,
      });
    }),
    { numRuns: 200 },
  );
});

it('writes the rows asked for one after another, and nothing beyond them', () => {
  const shape = shapeOf({ heads: 3, queryLength: 4, valueSize: 2 });
  const problem = createProblem(shape);
  const data = randomData(shape);
  const all = Array.from({ length: rowCount(problem) }, (_, i) => i);
  const whole = new Float32Array(all.length * 2);
  plainAttention(problem, data, all, whole);
  const some = new Float32Array(6).fill(9);
  plainAttention(problem, data, [11, 2], some);
  expect([...some]).toEqual([...whole.slice(22, 24), ...whole.slice(4, 6), 9, 9]);
});
