import { FastPool } from '../../attention/cpu/fast/pool';
import type { Units } from '../../attention/cpu/fast/units';
import { visibleKeys } from '../../attention/problem';
import { locateRow, rowCount } from '../../attention/reference';
import { type BenchmarkCase, problemOfCase, visiblePairsOf } from '../case';
import type { Entrant, RunControl, Sample } from '../entrant';
import { drawRows } from '../verify';
import type { StoredOperands } from './protocol';

/** A sample this long dwarfs what handing work to threads costs, and the clock's steps. */
const SHORTEST_SAMPLE_MS = 20;
const MOST_REPEATS = 256;
/** V8 compiles anew, and better, what has run for a while. */
const WARM_UP_MS = 200;
/** Fewer units than this per thread would leave threads waiting for the last one. */
const FEWEST_UNITS_EACH = 8;

/**
 * The fast CPU path: WebAssembly SIMD on all processors. Where a whole call would take too long it
 * computes a seeded sample of blocks of rows and scales the time by the scores computed, as `CpuEntrant`
 * does.
 */
export class SimdEntrant implements Entrant {
  readonly name = 'cpu-simd';
  readonly #problem;
  readonly #units: Units;
  #msPerPair = 0;
  #sampled: Int32Array | undefined;
  #scale = 1;
  #repeats = 1;

  private constructor(
    private readonly pool: FastPool,
    private readonly benchmarkCase: BenchmarkCase,
    private readonly seed: number,
  ) {
    this.#problem = problemOfCase(benchmarkCase);
    this.#units = pool.units;
  }

  /** @throws SimdUnavailableError; LimitError; InputError for masks with gaps in a row. */
  static async create(
    benchmarkCase: BenchmarkCase,
    operands: StoredOperands,
    seed: number,
    pool = new FastPool(),
  ): Promise<SimdEntrant> {
    try {
      await pool.load(problemOfCase(benchmarkCase), operands);
      return new SimdEntrant(pool, benchmarkCase, seed);
    } catch (error) {
      pool.destroy();
      throw error;
    }
  }

  async compute(rows: Int32Array, control: RunControl): Promise<Float32Array> {
    const units = Int32Array.from(new Set(Array.from(rows, (row) => this.#units.indexOf(row))));
    const { milliseconds } = await this.pool.run({ ...control, units });
    this.#msPerPair = milliseconds / Math.max(1, this.#pairs(units));
    return (await this.pool.read(rows)).output;
  }

  async warmUp(sampleMs: number, control: RunControl): Promise<void> {
    const start = performance.now();
    let milliseconds = this.#msPerPair * visiblePairsOf(this.benchmarkCase);
    this.#sampleUnits(sampleMs / Math.max(milliseconds, 1e-6));
    do {
      ({ milliseconds } = await this.pool.run({ ...control, units: this.#sampled }));
    } while (performance.now() - start < WARM_UP_MS);
    const wanted = Math.ceil(SHORTEST_SAMPLE_MS / Math.max(milliseconds, 1e-3));
    this.#repeats = Math.min(MOST_REPEATS, wanted);
  }

  async sample({ signal }: RunControl): Promise<Sample> {
    const start = performance.now();
    let total = 0;
    for (let i = 0; i < this.#repeats; i++) {
      total += (await this.pool.run({ signal, units: this.#sampled })).milliseconds;
    }
    const share = this.#scale / this.#repeats;
    return {
      milliseconds: total * share,
      wallMilliseconds: (performance.now() - start) * share,
    };
  }

  get timing() {
    const rowsTotal = rowCount(this.#problem);
    const rows = this.#sampled?.reduce((sum, unit) => sum + this.#units.rowsOf(unit).count, 0);
    return {
      timer: 'wall' as const,
      repeats: this.#repeats,
      ...(rows !== undefined && { extrapolatedFrom: { rows, rowsTotal } }),
    };
  }

  destroy(): void {
    this.pool.destroy();
  }

  /** Draws this share of the units, unless it is all of them. */
  #sampleUnits(share: number): void {
    const { count } = this.#units;
    const wanted = Math.max(FEWEST_UNITS_EACH * this.pool.threads, Math.ceil(count * share));
    if (wanted >= count) return;
    this.#sampled = drawRows(wanted, count, this.seed);
    this.#scale = visiblePairsOf(this.benchmarkCase) / this.#pairs(this.#sampled);
  }

  #pairs(units: Int32Array): number {
    let pairs = 0;
    for (const unit of units) {
      const { first, count } = this.#units.rowsOf(unit);
      for (let row = first; row < first + count; row++) {
        const { batch, head, query } = locateRow(this.#problem, row);
        pairs += visibleKeys(this.#problem, batch, head, query);
      }
    }
    return pairs;
  }
}
