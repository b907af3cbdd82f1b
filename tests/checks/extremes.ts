import { assert } from 'vitest';
import { type Shape } from '../../src/attention/layout';
import { createProblem } from '../../src/attention/problem';
import { locateRow, reference, rowCount } from '../../src/attention/reference';
import { compare } from '../../src/numeric/compare';
import { sampleIndices } from '../../src/numeric/random';
import type { Gpu } from '../../src/webgpu/device';
import {
  type Extents,
  type Options,
  roundedTo,
  compute,
  randomData,
  withDefaultType,
} from '../support/problems';

/** The longest, the most numerous, and buffers with poison behind their ends. */
export const SIZES: readonly [string, Extents, Options?][] = [
  ['65,536 keys', { queryLength: 3, keyLength: 65536, headSize: 16 }],
  ['65,536 queries', { queryLength: 65536, keyLength: 5, headSize: 16 }],
  ['66,000 heads', { batch: 660, heads: 100, queryLength: 1, keyLength: 3, headSize: 4 }],
];

const ROWS = 40;

/** Compares a seeded sample of rows: the reference of all of them would take too long. */
export async function expectRowsMatchReference(gpu: Gpu, shape: Shape, options: Options) {
  const { type } = withDefaultType(options);
  const data = roundedTo(randomData(shape), type);
  const problem = createProblem(shape, { ...options, type });
  const rows = sampleIndices(ROWS, rowCount(problem), 3);
  rows.push(rowCount(problem) - 1);
  const want = reference(problem, data, { rows });
  const { output } = await compute(gpu, shape, data, options);
  const { valueSize } = shape;
  const got = rows.flatMap((row) => [...output.subarray(row * valueSize, (row + 1) * valueSize)]);
  const result = compare(got, want.output, want.outputBound);
  const at = locateRow(problem, rows[Math.floor(result.worst / valueSize)]);
  assert(result.passed, `${result.errorOverBound} of the bound at ${JSON.stringify(at)}`);
}
