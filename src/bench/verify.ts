import { locateRow, rowCount } from '../attention/reference';
import { compare } from '../numeric/compare';
import { sampleIndices } from '../numeric/random';
import { type BenchmarkCase, problemOfCase, visiblePairsOf } from './case';
import type { Verification } from './report';

/** Multiply-adds of float64 reference work that one case may cost before rows are sampled. */
const AFFORDABLE_PRODUCTS = 1.2e9;
/** And what a sample may cost. */
const SAMPLE_PRODUCTS = 3e8;
const MIN_ROWS = 64;
/** Rows are drawn and compared on the page's own thread: no more than it does in an instant. */
const MAX_ROWS = 2 ** 16;
const MAX_VALUES = 2 ** 21;

/** The truth about some rows of a case. */
export interface ExpectedRows {
  readonly rows: Int32Array;
  /** E values a row, and the error each may have. */
  readonly output: Float64Array;
  readonly bound: Float64Array;
}

/** The rows to check: all where that is affordable, else a seeded sample. */
export function rowsToVerify(benchmarkCase: BenchmarkCase, seed: number): Int32Array {
  const problem = problemOfCase(benchmarkCase);
  const { headSize, valueSize } = problem.shape;
  const total = rowCount(problem);
  const products = visiblePairsOf(benchmarkCase) * (headSize + valueSize);
  const affordable =
    products <= AFFORDABLE_PRODUCTS
      ? total
      : Math.max(MIN_ROWS, Math.floor((total * SAMPLE_PRODUCTS) / products));
  const most = Math.min(MAX_ROWS, Math.floor(MAX_VALUES / valueSize));
  return sampleRows(Math.min(affordable, most), total, seed);
}

/** All rows, or so many of them: a seeded sample, in order. */
export function sampleRows(count: number, total: number, seed: number): Int32Array {
  if (count < total) return Int32Array.from(sampleIndices(count, total, seed));
  const rows = new Int32Array(total);
  for (let row = 0; row < total; row++) rows[row] = row;
  return rows;
}

/** Picks rows out of a whole output in bhsd layout. */
export function pickRows<T extends Float32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>>(
  output: T,
  rows: Int32Array,
  valueSize: number,
): T {
  if (rows.length * valueSize === output.length) return output;
  const picked = output.slice(0, rows.length * valueSize) as T;
  rows.forEach((row, i) => {
    picked.set(output.subarray(row * valueSize, (row + 1) * valueSize), i * valueSize);
  });
  return picked;
}

/** Compares the checked rows of a contestant's output with what they should be. */
export function verify(
  benchmarkCase: BenchmarkCase,
  got: Float32Array,
  expected: ExpectedRows,
): Verification {
  const problem = problemOfCase(benchmarkCase);
  const { valueSize } = benchmarkCase.shape;
  const result = compare(got, expected.output, expected.bound);
  const rowsTotal = rowCount(problem);
  const { worst } = result;
  return {
    passed: result.passed,
    rows: expected.rows.length,
    rowsTotal,
    sampled: expected.rows.length < rowsTotal,
    maxError: result.maxError,
    errorOverBound: result.errorOverBound,
    relativeError: result.relativeError,
    worst:
      worst < 0
        ? null
        : {
            ...locateRow(problem, expected.rows[Math.floor(worst / valueSize)]),
            column: worst % valueSize,
            got: got[worst],
            want: expected.output[worst],
            bound: expected.bound[worst],
          },
  };
}
