import { describe, expect, it } from 'vitest';
import { fillRandom } from '../../numeric/random';
import { causal } from '../modifiers/causal';
import { createProblem, type ProblemOptions } from '../problem';
import { reference } from '../reference';
import { denseMap, referenceMaps } from './cpu-maps';
import { NO_MARK } from './inputs';
import { finishStatistics, ROW_STATE_FLOATS } from './statistics';

const ROWS = 13;
const COLUMNS = 21;
const weights = fillRandom(new Float32Array(ROWS * COLUMNS), {
  seed: 3,
  stream: 0,
  distribution: 'uniform',
}).map(Math.abs);

const regionOf = (rowsOfCell: number, columnsOfCell: number, row = 0, column = 0) => ({
  row,
  column,
  rows: ROWS - row,
  columns: COLUMNS - column,
  rowsOfCell,
  columnsOfCell,
});

describe('a dense map', () => {
  const map = denseMap(ROWS, COLUMNS, weights);

  it('shows its weights', async () => {
    const { largest, mean, done } = await map.cells(regionOf(1, 1));
    expect(largest).toEqual(weights);
    expect(mean).toEqual(weights);
    expect(done).toEqual(new Uint8Array(ROWS).fill(1));
  });

  it.each([
    [2, 4, 0, 0],
    [1, 8, 5, 8],
    [16, 2, 0, 10],
    [16, 32, 0, 0],
  ])('pools cells of %i × %i from (%i, %i) on', async (rowsOfCell, columnsOfCell, row, column) => {
    const region = regionOf(rowsOfCell, columnsOfCell, row, column);
    const { height, width, largest, mean } = await map.cells(region);
    for (let cell = 0; cell < height * width; cell++) {
      const pooled: number[] = [];
      const firstRow = row + Math.floor(cell / width) * rowsOfCell;
      const firstColumn = column + (cell % width) * columnsOfCell;
      for (let i = firstRow; i < Math.min(firstRow + rowsOfCell, ROWS); i++) {
        for (let j = firstColumn; j < Math.min(firstColumn + columnsOfCell, COLUMNS); j++) {
          pooled.push(weights[i * COLUMNS + j]);
        }
      }
      expect(largest[cell]).toBe(Math.max(...pooled));
      expect(mean[cell]).toBeCloseTo(pooled.reduce((a, b) => a + b) / pooled.length, 6);
    }
  });

  it('lets a NaN through, to its own cell alone', async () => {
    const spoilt = weights.slice();
    spoilt[5 * COLUMNS + 9] = NaN;
    const { largest, mean, width } = await denseMap(ROWS, COLUMNS, spoilt).cells(regionOf(4, 4));
    const bad = [...largest.keys()].filter((i) => Number.isNaN(largest[i]));
    expect(bad).toEqual([width + 2]);
    expect([...mean.keys()].filter((i) => Number.isNaN(mean[i]))).toEqual(bad);
  });

  it('refuses what is not as large as it says', () => {
    expect(() => denseMap(2, 3, new Float32Array(5))).toThrow(
      'values is "5 weights"; allowed: 2 × 3 weights.',
    );
    expect(() => denseMap(0, 3, new Float32Array(0))).toThrow('rows is 0');
  });

  it('stops when aborted, and tells of parts while it works', async () => {
    const large = denseMap(4096, 4096, new Float32Array(4096 * 4096).fill(1));
    const region = { ...regionOf(1, 4096), rows: 4096, columns: 4096 };
    await expect(large.cells(region, { signal: AbortSignal.abort() })).rejects.toThrow('abort');
    const controller = new AbortController();
    const reading = large.cells(region, { signal: controller.signal });
    setTimeout(() => controller.abort(), 0);
    await expect(reading).rejects.toThrow('abort');
    const counts: number[] = [];
    const countOf = (done: Uint8Array) => done.reduce((sum, one) => sum + one, 0);
    const { done } = await large.cells(region, {
      onPart: (part) => counts.push(countOf(part.done)),
    });
    expect(countOf(done)).toBe(4096);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.every((count) => count > 0 && count < 4096)).toBe(true);
  });
});

const shape = { batch: 2, heads: 4, kvHeads: 2, queryLength: 11, keyLength: 17 };
const withSizes = { ...shape, headSize: 5, valueSize: 17 };
const random = (count: number, stream: number) =>
  fillRandom(new Float32Array(count), { seed: 7, stream });
const operands = { query: random(2 * 4 * 11 * 5, 0), key: random(2 * 2 * 17 * 5, 1) };
const [BATCH, HEAD] = [1, 2];
const marks = Uint32Array.from({ length: 11 }, (_, i) => (i === 4 ? NO_MARK : (5 * i) % 17));

/** The reference's output for unit vectors as values: the weights. */
function exactWeights(options: ProblemOptions) {
  const value = new Float32Array(2 * 2 * 17 * 17);
  for (let i = 0; i < 2 * 2 * 17; i++) value[i * 17 + (i % 17)] = 1;
  const problem = createProblem(withSizes, options);
  const { output, logSumExp } = reference(problem, { ...operands, value });
  const head = BATCH * 4 + HEAD;
  return {
    problem,
    weights: output.subarray(head * 11 * 17, (head + 1) * 11 * 17),
    logSumExp: logSumExp.subarray(head * 11, (head + 1) * 11),
  };
}

const CASES: readonly [string, ProblemOptions][] = [
  ['plain', {}],
  ['causal, rows that see nothing', { mask: causal(-3) }],
  ['sinks and a cap', { sinks: [1, -2, 0.5, 9], softcap: 1, mask: causal(4) }],
];

describe.each(CASES)('reference maps: %s', (_title, options) => {
  const { problem, weights: want, logSumExp } = exactWeights(options);
  const maps = referenceMaps(problem, operands, BATCH, HEAD, marks);

  it('have the reference’s weights', async () => {
    const region = { row: 0, column: 0, rows: 11, columns: 17, rowsOfCell: 1, columnsOfCell: 1 };
    const { largest, mean } = await maps.map.cells(region);
    expect(largest).toEqual(Float32Array.from(want));
    expect(mean).toEqual(largest);
  });

  it('have the statistics that follow from them', async () => {
    const got = await maps.statistics();
    for (let i = 0; i < 11; i++) {
      const row = want.subarray(i * 17, (i + 1) * 17);
      const sum = (term: (w: number, j: number) => number) =>
        row.reduce((total, w, j) => total + (w > 0 ? term(w, j) : 0), 0);
      const squares = sum((w) => w * w);
      expect(got.logSumExp[i]).toBe(Math.fround(logSumExp[i]));
      expect(got.entropy[i]).toBeCloseTo(-sum((w) => w * Math.log(w)), 6);
      expect(got.effectiveKeys[i]).toBeCloseTo(squares > 0 ? 1 / squares : 0, 4);
      expect(got.distance[i]).toBeCloseTo(
        sum((w, j) => w * Math.abs(i - j)),
        5,
      );
      expect(got.diagonal[i]).toBe(Math.fround(row[i]));
      expect(got.previous[i]).toBe(Math.fround(i > 0 ? row[i - 1] : 0));
      expect(got.first[i]).toBe(Math.fround(row[0]));
      expect(got.marked[i]).toBe(Math.fround(i === 4 ? 0 : row[marks[i]]));
    }
  });

  it('are what the kernels’ sums end in', async () => {
    const { statistics } = referenceMaps(problem, operands, BATCH, HEAD, marks);
    const exact = await statistics();
    const sink = options.sinks?.[HEAD] ?? -Infinity;
    const walked = new Float32Array(11 * ROW_STATE_FLOATS);
    for (let i = 0; i < 11; i++) {
      const row = want.subarray(i * 17, (i + 1) * 17);
      const largest = Math.max(...row);
      if (largest === 0) continue;
      // The score of the largest weight, in the kernel's unit.
      const maximum = Math.log(largest) + logSumExp[i];
      const unit = problem.scoreModifiers.length > 0 ? 1 : problem.scale;
      const e = row.map((w) => w / largest);
      const sum = (term: (e: number, j: number) => number) =>
        e.reduce((total, w, j) => total + (w > 0 ? term(w, j) : 0), 0);
      walked.set(
        [
          maximum / unit,
          sum((w) => w),
          sum((w) => w * Math.log2(w)),
          sum((w) => w * w),
          sum((w, j) => w * Math.abs(i - j)),
          e[i],
          e[i - 1] ?? 0,
          e[0],
          e[marks[i]] ?? 0,
        ],
        i * ROW_STATE_FLOATS,
      );
    }
    const got = finishStatistics(problem, HEAD, walked);
    for (const [name, values] of Object.entries(exact) as [keyof typeof exact, Float32Array][]) {
      values.forEach((value, i) => {
        if (Number.isFinite(value)) expect(got[name][i]).toBeCloseTo(value, 4);
        else expect(got[name][i]).toBe(sink);
      });
    }
  });
});

describe('reference maps', () => {
  const { problem } = exactWeights({});
  it('refuse heads and marks that there are not', () => {
    expect(() => referenceMaps(problem, operands, 2, 0)).toThrow('batch is 2');
    expect(() => referenceMaps(problem, operands, 0, 4)).toThrow('head is 4');
    const wrong = (...keys: number[]) => Uint32Array.from({ length: 11 }, (_, i) => keys[i] ?? 0);
    expect(() => referenceMaps(problem, operands, 0, 0, wrong(3, 17))).toThrow('marks is 17');
    expect(() => referenceMaps(problem, operands, 0, 0, Uint32Array.of(1))).toThrow('one a query');
  });

  it('stop when aborted', async () => {
    const { statistics } = referenceMaps(problem, operands, 0, 0);
    await expect(statistics({ signal: AbortSignal.abort() })).rejects.toThrow('abort');
  });
});
