import { locateRow, rowCount } from '../attention/reference';
import { compare } from '../numeric/compare';
import { sampleIndices } from '../numeric/random';
import { type BenchmarkCase, problemOfCase, visiblePairsOf } from './case';
import type { Verification } from './report';

/** Multiply-adds of the float64 reference that one case may cost before its rows are sampled, and of such a sample. */
const AFFORDABLE_PRODUCTS = 1.2e9;
const SAMPLE_PRODUCTS = 3e8;
const MIN_ROWS = 64;
/** Rows are drawn and compared on the main thread, which must not block. */
const MAX_ROWS = 2 ** 16;
const MAX_VALUES = 2 ** 21;

/** The reference result for some rows of a case. */
export interface ExpectedRows {
  readonly rows: Int32Array;
  /** E values per row, and the error bound of each. */
  readonly output: Float64Array;
  readonly bound: Float64Array;
}

/** The rows to check: all where affordable, else a seeded sample. */
export function rowsToVerify(benchmarkCase: BenchmarkCase, seed: number): Int32Array {
  const problem = problemOfCase(benchmarkCase);
  const { headSize, valueSize } = problem.shape;
  const total = rowCount(problem);
  const products = visiblePairsOf(benchmarkCase) * (headSize + valueSize);
  const affordable =
    products <= AFFORDABLE_PRODUCTS
      ? total
      : Math.max(MIN_ROWS, Math.floor((total * SAMPLE_PRODUCTS) / products));
  const max = Math.min(MAX_ROWS, Math.floor(MAX_VALUES / valueSize));
  return sampleRows(Math.min(affordable, max), total, seed);
}

/** All rows, or a seeded sample of `count`, in ascending order. */
export function sampleRows(count: number, total: number, seed: number): Int32Array {
  if (count < total) return Int32Array.from(sampleIndices(count, total, seed));
  return new Int32Array(total).map((_, row) => row);
}

/** Some rows of a whole output in bhsd layout. */
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

/** Compares the checked rows of an output with the reference. */
export function verify(
  benchmarkCase: BenchmarkCase,
  got: Float32Array,
  expected: ExpectedRows,
): Verification {
  const problem = problemOfCase(benchmarkCase);
  const { valueSize } = benchmarkCase.shape;
  const compared = compare(got, expected.output, expected.bound);
  const { passed, maxError, errorOverBound, relativeError, worst } = compared;
  const rowsTotal = rowCount(problem);
  return {
    passed,
    rows: expected.rows.length,
    rowsTotal,
    sampled: expected.rows.length < rowsTotal,
    maxError,
    errorOverBound,
    relativeError,
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
