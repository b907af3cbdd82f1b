import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../tests/support/problems';
import { visibleKeys, visiblePairs } from '../../attention/problem';
import { locateRow } from '../../attention/reference';
import { problemOfCase } from '../case';
import { PlainRunner } from './runners';
import type { CpuWorkers } from './workers';

/** Milliseconds that a visible pair takes on this machine. */
const MS_PER_PAIR = 1e-3;

const benchmarkCase = {
  shape: shapeOf({ heads: 2, queryLength: 1000, headSize: 8, valueSize: 3 }),
  mask: 'causal' as const,
  dtype: 'f32' as const,
};
const problem = problemOfCase(benchmarkCase);
const wholeMs = visiblePairs(problem) * MS_PER_PAIR;

/** Workers that take time in proportion to the pairs they compute, and return each row's number. */
function setUp() {
  const calls: Int32Array[] = [];
  const workers = {
    async plain(rows: Int32Array) {
      calls.push(rows);
      const pairs = [...rows].reduce((total, row) => {
        const { batch, head, query } = locateRow(problem, row);
        return total + visibleKeys(problem, batch, head, query);
      }, 0);
      const output = Float32Array.from(
        { length: 3 * rows.length },
        (_, i) => rows[Math.floor(i / 3)],
      );
      return { output, milliseconds: pairs * MS_PER_PAIR };
    },
  } as unknown as CpuWorkers;
  return { calls, runner: new PlainRunner(workers, benchmarkCase, 1) };
}

const rowsOf = (count: number, step = 1) => Int32Array.from({ length: count }, (_, i) => i * step);

describe('PlainRunner', () => {
  it('computes every row once, in order, and reports progress', async () => {
    const { calls, runner } = setUp();
    const rows = rowsOf(333, 6);
    const seen: number[] = [];
    const output = await runner.compute(rows, { onProgress: (fraction) => seen.push(fraction) });
    expect([...output]).toEqual([...rows].flatMap((row) => [row, row, row]));
    expect(calls.flatMap((part) => [...part])).toEqual([...rows]);
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.at(-1)).toBe(1);
  });

  it('times the whole call where that is short enough', async () => {
    const { calls, runner } = setUp();
    await runner.compute(rowsOf(100), {});
    await runner.warmUp(2 * wholeMs);
    const sample = await runner.sample({});
    expect(sample.milliseconds).toBeCloseTo(wholeMs, 6);
    expect(calls.at(-1)).toHaveLength(2000);
    expect(runner.timing).toEqual({ timer: 'wall', repeats: 1 });
  });

  it.each([50, 300])(
    'scales %d ms of sampled rows by scores, not by rows, and says so',
    async (budget) => {
      const { calls, runner } = setUp();
      await runner.compute(rowsOf(200, 10), {});
      await runner.warmUp(budget);
      const sample = await runner.sample({});
      // Under a causal mask rows differ a thousandfold; scaled by scores the time is exact.
      expect(sample.milliseconds).toBeCloseTo(wholeMs, 6);
      const rows = calls.at(-1)!.length;
      expect(rows).toBeLessThan(2000);
      expect(runner.timing.extrapolatedFrom).toEqual({ rows, rowsTotal: 2000 });
      // And it kept to the time it was given, but for the luck of the sample.
      const spent = sample.milliseconds * (rows / 2000);
      expect(spent / budget).toBeGreaterThan(0.7);
      expect(spent / budget).toBeLessThan(1.3);
    },
  );

  it('has a time where none of the sampled rows sees a key', async () => {
    const past = { shape: shapeOf({ queryLength: 9000, keyLength: 4 }), window: 1 };
    const windowed = { ...past, mask: 'window' as const, dtype: 'f32' as const };
    const workers = {
      plain: async () => ({ output: new Float32Array(16), milliseconds: 2 }),
    } as unknown as CpuWorkers;
    const runner = new PlainRunner(workers, windowed, 1);
    await runner.warmUp(0);
    expect(runner.timing.extrapolatedFrom).toEqual({ rows: 8, rowsTotal: 9000 });
    expect((await runner.sample({})).milliseconds).toBe((2 * 9000) / 8);
  });

  it('times a few rows at the least', async () => {
    const { calls, runner } = setUp();
    await runner.compute(rowsOf(100), {});
    await runner.warmUp(0);
    await runner.sample({});
    expect(calls.at(-1)).toHaveLength(8);
  });
});
