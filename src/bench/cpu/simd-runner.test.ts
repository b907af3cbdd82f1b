import { describe, expect, it } from 'vitest';
import { randomData, shapeOf } from '../../../tests/support/problems';
import type { FastPool, RunOptions } from '../../attention/cpu/fast/pool';
import { Units } from '../../attention/cpu/fast/problem';
import { visibleKeys, visiblePairs } from '../../attention/problem';
import { locateRow, rowCount } from '../../attention/reference';
import { problemOfCase } from '../case';
import { pickRows } from '../verify';
import { SimdRunner } from './runners';

const MS_PER_PAIR = 1e-3;

const benchmarkCase = {
  shape: shapeOf({ heads: 2, queryLength: 1000, headSize: 8, valueSize: 3 }),
  mask: 'causal' as const,
  dtype: 'f32' as const,
};
const problem = problemOfCase(benchmarkCase);
const wholeMs = visiblePairs(problem) * MS_PER_PAIR;
const units = new Units(benchmarkCase.shape);

/** A pool that takes time in proportion to the pairs it computes, and returns each row's number. */
async function setUp() {
  const runs: (Int32Array | undefined)[] = [];
  const output = new Float32Array(3 * rowCount(problem)).fill(NaN);
  let destroyed = false;
  const pool = {
    units,
    threads: 2,
    load: async () => {},
    async run({ units: listed }: RunOptions) {
      runs.push(listed);
      let pairs = 0;
      for (const unit of listed ?? Array.from({ length: units.count }, (_, i) => i)) {
        const { first, count } = units.rowsOf(unit);
        for (let row = first; row < first + count; row++) {
          const { batch, head, query } = locateRow(problem, row);
          pairs += visibleKeys(problem, batch, head, query);
          output.fill(row, 3 * row, 3 * row + 3);
        }
      }
      return { milliseconds: pairs * MS_PER_PAIR };
    },
    async read(rows: Int32Array) {
      return { output: pickRows(output, rows, 3), logSumExp: new Float32Array() };
    },
    destroy: () => (destroyed = true),
  } as unknown as FastPool;
  const operands = randomData(benchmarkCase.shape);
  const runner = await SimdRunner.create(benchmarkCase, operands, 1, pool);
  return { runs, runner, isDestroyed: () => destroyed };
}

describe('SimdRunner', () => {
  it('computes the blocks of the rows that are checked, and no others', async () => {
    const { runs, runner } = await setUp();
    const rows = Int32Array.of(3, 40, 41, 1999);
    const output = await runner.compute(rows, {});
    expect([...output]).toEqual([...rows].flatMap((row) => [row, row, row]));
    expect([...runs[0]!]).toEqual([0, 1, units.count - 1]);
  });

  it('times the whole call where that is short enough, and says how often', async () => {
    const { runs, runner } = await setUp();
    await runner.compute(Int32Array.of(0), {});
    await runner.warmUp(1e6, {});
    const before = runs.length;
    const sample = await runner.sample({});
    expect(sample.milliseconds).toBeCloseTo(wholeMs, 6);
    expect(runs.at(-1)).toBeUndefined();
    expect(runner.timing).toEqual({ timer: 'wall', repeats: runs.length - before });
  });

  it('scales a sample of blocks by scores, and says so', async () => {
    const { runs, runner } = await setUp();
    await runner.compute(
      Int32Array.from({ length: 2000 }, (_, i) => i),
      {},
    );
    await runner.warmUp(wholeMs / 3, {});
    const sample = await runner.sample({});
    expect(sample.milliseconds).toBeCloseTo(wholeMs, 6);
    const sampled = runs.at(-1)!;
    const rows = [...sampled].reduce((total, unit) => total + units.rowsOf(unit).count, 0);
    expect(sampled.length).toBe(Math.ceil(units.count / 3));
    expect(runner.timing.extrapolatedFrom).toEqual({ rows, rowsTotal: 2000 });
  });

  it('destroys its pool', async () => {
    const { runner, isDestroyed } = await setUp();
    runner.destroy();
    expect(isDestroyed()).toBe(true);
  });
});
