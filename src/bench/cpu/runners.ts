import { range, sum } from 'd3-array';
import type { WorkOptions } from '../../async/abort';
import { FastPool } from '../../attention/cpu/fast/pool';
import type { Units } from '../../attention/cpu/fast/problem';
import { type Problem, visibleKeys } from '../../attention/problem';
import { locateRow, rowCount } from '../../attention/reference';
import { destroyOnError } from '../../webgpu/buffers';
import { type BenchmarkCase, problemOfCase, visiblePairsOf } from '../case';
import type { Runner, Sample } from '../measure';
import { sampleRows } from '../verify';
import type { EncodedOperands } from './operands';
import type { CpuWorkers } from './workers';

const MIN_SAMPLED_ROWS = 8;
/** The main thread draws the sample and counts its scores, so it must not be larger. */
const MAX_SAMPLED_ROWS = 2 ** 16;

/**
 * The plain TypeScript path on one worker. Where a whole call would take too long, it computes a seeded sample of rows
 * and scales the time by the number of scores, since rows are independent; the timing reports the extrapolation.
 */
export class PlainRunner implements Runner {
  readonly name = 'cpu';
  #msPerPair = 0;
  #rows: Int32Array = new Int32Array();
  #scale = 1;
  readonly #problem;
  readonly #totalPairs: number;

  constructor(
    private readonly workers: CpuWorkers,
    benchmarkCase: BenchmarkCase,
    private readonly seed: number,
  ) {
    this.#problem = problemOfCase(benchmarkCase);
    this.#totalPairs = visiblePairsOf(benchmarkCase);
  }

  async compute(rows: Int32Array, control: WorkOptions): Promise<Float32Array> {
    // In pieces, to report progress.
    const { valueSize } = this.#problem.shape;
    const output = new Float32Array(rows.length * valueSize);
    let milliseconds = 0;
    const pieces = Math.min(rows.length, 32);
    for (let i = 0; i < pieces; i++) {
      const first = Math.floor((rows.length * i) / pieces);
      const part = rows.slice(first, Math.floor((rows.length * (i + 1)) / pieces));
      const result = await this.workers.plain(part, control.signal);
      output.set(result.output, first * valueSize);
      milliseconds += result.milliseconds;
      control.onProgress?.((i + 1) / pieces);
    }
    this.#msPerPair = milliseconds / Math.max(1, pairsOf(this.#problem, rows));
    return output;
  }

  async warmUp(sampleMs: number): Promise<void> {
    const total = rowCount(this.#problem);
    const wholeMs = this.#msPerPair * this.#totalPairs;
    const wanted = Math.ceil((total * sampleMs) / Math.max(wholeMs, 1e-6));
    const count = Math.max(MIN_SAMPLED_ROWS, wanted);
    const rows = count < total ? Math.min(count, MAX_SAMPLED_ROWS) : total;
    this.#rows = sampleRows(rows, total, this.seed);
    const pairs = pairsOf(this.#problem, this.#rows);
    // Where all sampled rows have an empty window, the time can only be scaled by their number.
    const scale = pairs > 0 ? this.#totalPairs / pairs : total / this.#rows.length;
    this.#scale = this.#rows.length === total ? 1 : scale;
  }

  async sample({ signal }: WorkOptions): Promise<Sample> {
    const start = performance.now();
    const { milliseconds } = await this.workers.plain(this.#rows, signal);
    const wall = performance.now() - start;
    return { milliseconds: milliseconds * this.#scale, wallMilliseconds: wall * this.#scale };
  }

  get timing() {
    const rows = this.#rows.length;
    const rowsTotal = rowCount(this.#problem);
    return {
      timer: 'wall' as const,
      repeats: 1,
      ...(rows < rowsTotal && { extrapolatedFrom: { rows, rowsTotal } }),
    };
  }

  destroy(): void {}
}

/** Scores that the mask leaves visible in these rows. */
const pairsOf = (problem: Problem, rows: Iterable<number>): number =>
  sum(rows, (row) => {
    const { batch, head, query } = locateRow(problem, row);
    return visibleKeys(problem, batch, head, query);
  });

/** Such samples dwarf the cost of dispatching to threads, and the clock's resolution. */
const MIN_SAMPLE_MS = 20;
const MAX_REPEATS = 256;
/** V8 recompiles hot code with better optimization. */
const WARM_UP_MS = 200;
/** With fewer units per thread, threads would wait for the last one. */
const MIN_UNITS_PER_THREAD = 8;

/**
 * The fast CPU path: WebAssembly SIMD on all processors. Where a whole call would take too long, it computes a seeded
 * sample of blocks of rows and scales the time, as `PlainRunner` does.
 */
export class SimdRunner implements Runner {
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
    operands: EncodedOperands,
    seed: number,
    pool = new FastPool(),
  ): Promise<SimdRunner> {
    return destroyOnError(async (owned) => {
      await owned.add(pool).load(problemOfCase(benchmarkCase), operands);
      return new SimdRunner(pool, benchmarkCase, seed);
    });
  }

  async compute(rows: Int32Array, control: WorkOptions): Promise<Float32Array> {
    const units = Int32Array.from(new Set(Array.from(rows, (row) => this.#units.indexOf(row))));
    const { milliseconds } = await this.pool.run({ ...control, units });
    this.#msPerPair = milliseconds / Math.max(1, this.#pairs(units));
    return (await this.pool.read(rows)).output;
  }

  async warmUp(sampleMs: number, control: WorkOptions): Promise<void> {
    const start = performance.now();
    let milliseconds = this.#msPerPair * visiblePairsOf(this.benchmarkCase);
    this.#sampleUnits(sampleMs / Math.max(milliseconds, 1e-6));
    do {
      ({ milliseconds } = await this.pool.run({ ...control, units: this.#sampled }));
    } while (performance.now() - start < WARM_UP_MS);
    const repeats = Math.ceil(MIN_SAMPLE_MS / Math.max(milliseconds, 1e-3));
    this.#repeats = Math.min(MAX_REPEATS, repeats);
  }

  async sample({ signal }: WorkOptions): Promise<Sample> {
    const start = performance.now();
    let total = 0;
    for (let i = 0; i < this.#repeats; i++) {
      total += (await this.pool.run({ signal, units: this.#sampled })).milliseconds;
    }
    const share = this.#scale / this.#repeats;
    const wall = performance.now() - start;
    return { milliseconds: total * share, wallMilliseconds: wall * share };
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

  /** Draws this share of the units, unless that is all of them. */
  #sampleUnits(share: number): void {
    const { count } = this.#units;
    const size = Math.max(MIN_UNITS_PER_THREAD * this.pool.threads, Math.ceil(count * share));
    if (size >= count) return;
    this.#sampled = sampleRows(size, count, this.seed);
    this.#scale = visiblePairsOf(this.benchmarkCase) / this.#pairs(this.#sampled);
  }

  #pairs(units: Int32Array): number {
    return sum(units, (unit) => {
      const { first, count } = this.#units.rowsOf(unit);
      return pairsOf(this.#problem, range(first, first + count));
    });
  }
}
