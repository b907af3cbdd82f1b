import { compare } from '../../numeric/compare';
import { sampleIndices } from '../../numeric/random';
import type { Problem } from '../problem';
import { type Operands, reference, rowCount } from '../reference';

/** Rows that float64 checks for every candidate; whole outputs are also compared with one another. */
const ROWS = 4;
const SEED = 21;

/** A candidate whose result is wrong, and how. */
export interface WrongResult {
  readonly name: string;
  readonly message: string;
}

/**
 * Checks candidates' outputs. Some rows are compared with float64 within the derived bound; all others with
 * another candidate's output, and where two differ most, float64 decides which is wrong.
 */
export class OutputCheck {
  readonly #rows: readonly number[];
  #accepted: { readonly name: string; readonly output: Float32Array } | null = null;
  #largestBound = 0;

  constructor(
    private readonly problem: Problem,
    private readonly operands: Operands,
  ) {
    this.#rows = sampleIndices(ROWS, rowCount(problem), SEED);
  }

  /** The candidates found wrong: this one, the one it is compared with, both or none. */
  check(name: string, output: Float32Array): readonly WrongResult[] {
    const own = this.#ask(name, output, this.#rows);
    if (own) return [own];
    const other = this.#accepted;
    if (!other) {
      this.#accepted = { name, output };
      return [];
    }
    const { worst, difference } = largestDifference(output, other.output);
    // Each of the two may be off by its bound.
    if (difference <= 2 * this.#largestBound) return [];
    const row = [Math.floor(worst / this.problem.shape.valueSize)];
    const found = [this.#ask(name, output, row), this.#ask(other.name, other.output, row)];
    if (found[1] && !found[0]) this.#accepted = { name, output };
    return found.filter((wrong) => wrong !== null);
  }

  #ask(name: string, output: Float32Array, rows: readonly number[]): WrongResult | null {
    const { valueSize } = this.problem.shape;
    const want = reference(this.problem, this.operands, { rows });
    const got = rows.flatMap((row) => [...output.subarray(row * valueSize, (row + 1) * valueSize)]);
    const { passed, maxError, errorOverBound } = compare(got, want.output, want.outputBound);
    this.#largestBound = Math.max(this.#largestBound, ...want.outputBound);
    if (passed) return null;
    const times = errorOverBound.toPrecision(3);
    const message = `Its result is wrong: off by ${maxError.toExponential(1)}, ${times} times the bound.`;
    return { name, message };
  }
}

/** NaN in only one of them counts as the largest difference. */
function largestDifference(a: Float32Array, b: Float32Array) {
  let worst = 0;
  let difference = 0;
  for (let i = 0; i < a.length; i++) {
    const here = Math.abs(a[i] - b[i]);
    if (here <= difference) continue;
    worst = i;
    difference = Number.isNaN(here) ? Infinity : here;
    if (difference === Infinity) break;
  }
  return { worst, difference };
}
