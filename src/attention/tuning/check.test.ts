import { describe, expect, it } from 'vitest';
import { randomData, shapeOf } from '../../../tests/support/problems';
import { createProblem } from '../problem';
import { reference } from '../reference';
import { OutputCheck } from './check';

const SHAPE = shapeOf({ heads: 2, queryLength: 60, headSize: 8 });
const PROBLEM = createProblem(SHAPE);
const DATA = randomData(SHAPE);
const right = () => Float32Array.from(reference(PROBLEM, DATA).output);
const wrongAt = (index: number, value: number) => right().fill(value, index, index + 1);
const newCheck = () => new OutputCheck(PROBLEM, DATA);

describe('checking candidates’ outputs', () => {
  it('finds nothing where all are right', () => {
    const check = newCheck();
    for (const name of ['a', 'b']) expect(check.check(name, right())).toEqual([]);
  });

  it('finds what is wrong throughout, alone', () => {
    const output = right().map((x) => x * 1.01);
    expect(newCheck().check('a', output)).toMatchObject([
      {
        name: 'a',
        message: expect.stringMatching(/^Its result is wrong: off by .* times the bound/),
      },
    ]);
  });

  it.each([NaN, Infinity, 0.5])('finds one element of %d anywhere, and whose it is', (value) => {
    let found = 0;
    for (let index = 0; index < right().length; index += 37) {
      const first = newCheck();
      expect(first.check('right', right())).toEqual([]);
      expect(first.check('wrong', wrongAt(index, value))).toMatchObject([{ name: 'wrong' }]);
      const second = newCheck();
      // Alone it may pass, as not every row is asked for; the next candidate brings it to light.
      const alone = second.check('wrong', wrongAt(index, value));
      const named = alone.length > 0 ? alone : second.check('right', right());
      expect(named).toMatchObject([{ name: 'wrong' }]);
      expect(second.check('third', right())).toEqual([]);
      found++;
    }
    expect(found).toBeGreaterThan(20);
  });
});
