import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomData, shapeOf } from '../../tests/support/problems';
import { reference } from '../attention/reference';
import { type BenchmarkCase, problemOfCase } from './case';
import { pickRows, rowsToVerify, verify } from './verify';

fc.configureGlobal({ seed: 403 });

const caseOf = (extents: Parameters<typeof shapeOf>[0], mask: BenchmarkCase['mask'] = 'none') => ({
  shape: shapeOf(extents),
  mask,
  dtype: 'f32' as const,
});

describe('the rows to check', () => {
  it('are all of them where that is affordable', () => {
    const rows = rowsToVerify(caseOf({ batch: 2, heads: 3, queryLength: 100 }), 1);
    expect([...rows]).toEqual(Array.from({ length: 600 }, (_, i) => i));
  });

  it('are a seeded sample where it is not, the same for the same seed', () => {
    const large = caseOf({ heads: 8, queryLength: 4096, headSize: 64 });
    const rows = rowsToVerify(large, 1);
    expect(rows.length).toBeGreaterThanOrEqual(64);
    expect(rows.length).toBeLessThan(8 * 4096);
    expect(new Set(rows).size).toBe(rows.length);
    expect(rowsToVerify(large, 1)).toEqual(rows);
    expect(rowsToVerify(large, 2)).not.toEqual(rows);
    // They come from every head, and from early and late queries alike.
    expect(new Set([...rows].map((row) => Math.floor(row / 4096))).size).toBe(8);
    const late = [...rows].filter((row) => row % 4096 >= 2048).length;
    expect(Math.abs(late / rows.length - 0.5)).toBeLessThan(0.1);
  });

  it('cost about the same however long the case is, but are never fewer than 64', () => {
    const products = (queryLength: number) => {
      const rows = rowsToVerify(caseOf({ heads: 8, queryLength, headSize: 64 }), 1).length;
      return { rows, products: rows * queryLength * 128 };
    };
    for (const length of [4096, 8192, 16384]) {
      expect(products(length).products).toBeLessThanOrEqual(3e8);
      expect(products(length).products).toBeGreaterThan(2.9e8);
    }
    expect(products(2 ** 19).rows).toBe(64);
  });

  it('are more under a causal mask, which hides half of the work', () => {
    const extents = { heads: 8, queryLength: 8192, headSize: 64 };
    const share =
      rowsToVerify(caseOf(extents, 'causal'), 1).length / rowsToVerify(caseOf(extents), 1).length;
    expect(share).toBeCloseTo(2, 1);
  });
});

it('picks rows in their order', () => {
  const output = Float32Array.from({ length: 20 }, (_, i) => i);
  expect([...pickRows(output, Int32Array.of(9, 0, 4), 2)]).toEqual([18, 19, 0, 1, 8, 9]);
  expect(
    pickRows(
      output,
      Int32Array.from({ length: 10 }, (_, i) => i),
      2,
    ),
  ).toEqual(output);
});

describe('a result', () => {
  const benchmarkCase = caseOf(
    { batch: 2, heads: 3, queryLength: 30, headSize: 8, valueSize: 5 },
    'causal',
  );
  const problem = problemOfCase(benchmarkCase);
  const rows = Int32Array.of(3, 31, 95, 150, 179);
  const truth = reference(problem, randomData(benchmarkCase.shape), { rows });
  const expected = { rows, output: truth.output, bound: truth.outputBound };
  const right = () => Float32Array.from(truth.output);

  it('that is right passes, and says how much was checked', () => {
    const result = verify(benchmarkCase, right(), expected);
    expect(result).toMatchObject({ passed: true, rows: 5, rowsTotal: 180, sampled: true });
    expect(result.errorOverBound).toBeLessThan(1);
    const all = Int32Array.from({ length: 180 }, (_, i) => i);
    const whole = reference(problem, randomData(benchmarkCase.shape));
    const complete = { rows: all, output: whole.output, bound: whole.outputBound };
    expect(verify(benchmarkCase, Float32Array.from(whole.output), complete).sampled).toBe(false);
  });

  it('that is wrong anywhere fails, and the place is named', () => {
    fc.assert(
      fc.property(
        fc.nat(4),
        fc.nat(4),
        fc.constantFrom(1e-3, NaN, Infinity),
        (row, column, error) => {
          const got = right();
          const index = row * 5 + column;
          got[index] += error;
          const { passed, worst } = verify(benchmarkCase, got, expected);
          expect(passed).toBe(false);
          const flat = (worst!.batch * 3 + worst!.head) * 30 + worst!.query;
          expect([flat, worst!.column]).toEqual([rows[row], column]);
          expect(worst!.got).toBe(got[index]);
          expect(worst!.want).toBe(truth.output[index]);
          expect(worst!.bound).toBe(truth.outputBound[index]);
        },
      ),
    );
  });

  it('that was never written fails: outputs are filled with NaN first', () => {
    expect(verify(benchmarkCase, right().fill(NaN), expected).passed).toBe(false);
    expect(verify(benchmarkCase, right().fill(0), expected).passed).toBe(false);
  });
});
