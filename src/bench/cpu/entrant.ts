import { visibleKeys } from '../../attention/problem';
import { locateRow } from '../../attention/reference';
import { type BenchmarkCase, problemOfCase, visiblePairsOf } from '../case';
import type { Entrant, RunControl, Sample } from '../entrant';
import { drawRows } from '../verify';
import type { CpuHost } from './host';

const FEWEST_ROWS = 8;
/** More of a sample would hold up the page, which draws it and counts its scores. */
const MOST_SAMPLED_ROWS = 2 ** 16;

/**
 * The plain TypeScript path on one worker. Where a whole call would take too long it computes a seeded
 * sample of rows and scales the time by the scores computed: rows are independent, and it says so.
 */
export class CpuEntrant implements Entrant {
  readonly name = 'cpu';
  #msPerPair = 0;
  #rows: Int32Array = new Int32Array();
  #scale = 1;
  readonly #problem;
  readonly #totalPairs: number;

  constructor(
    private readonly host: CpuHost,
    benchmarkCase: BenchmarkCase,
    private readonly seed: number,
  ) {
    this.#problem = problemOfCase(benchmarkCase);
    this.#totalPairs = visiblePairsOf(benchmarkCase);
  }

  async compute(rows: Int32Array, control: RunControl): Promise<Float32Array> {
    // The first rows alone say how fast this machine is; the rest is sent in pieces, to show progress.
    const { valueSize } = this.#problem.shape;
    const output = new Float32Array(rows.length * valueSize);
    let milliseconds = 0;
    const pieces = Math.min(rows.length, 32);
    for (let i = 0; i < pieces; i++) {
      const first = Math.floor((rows.length * i) / pieces);
      const part = rows.slice(first, Math.floor((rows.length * (i + 1)) / pieces));
      const result = await this.host.plain(part, control.signal);
      output.set(result.output, first * valueSize);
      milliseconds += result.milliseconds;
      control.onProgress?.((i + 1) / pieces);
    }
    this.#msPerPair = milliseconds / Math.max(1, this.#pairs(rows));
    return output;
  }

  async warmUp(sampleMs: number): Promise<void> {
    const total = this.host.rowCount;
    const wholeMs = this.#msPerPair * this.#totalPairs;
    const wanted = Math.max(FEWEST_ROWS, Math.ceil((total * sampleMs) / Math.max(wholeMs, 1e-6)));
    const rows = wanted < total ? Math.min(wanted, MOST_SAMPLED_ROWS) : total;
    this.#rows = drawRows(rows, total, this.seed);
    const pairs = this.#pairs(this.#rows);
    // Beyond the last key a window is empty: a sample of such rows alone can only be scaled by their number.
    const scale = pairs > 0 ? this.#totalPairs / pairs : total / this.#rows.length;
    this.#scale = this.#rows.length === total ? 1 : scale;
  }

  async sample({ signal }: RunControl): Promise<Sample> {
    const start = performance.now();
    const { milliseconds } = await this.host.plain(this.#rows, signal);
    const wall = performance.now() - start;
    return { milliseconds: milliseconds * this.#scale, wallMilliseconds: wall * this.#scale };
  }

  get timing() {
    const rows = this.#rows.length;
    const rowsTotal = this.host.rowCount;
    return {
      timer: 'wall' as const,
      repeats: 1,
      ...(rows < rowsTotal && { extrapolatedFrom: { rows, rowsTotal } }),
    };
  }

  destroy(): void {}

  #pairs(rows: Int32Array): number {
    let pairs = 0;
    for (const row of rows) {
      const { batch, head, query } = locateRow(this.#problem, row);
      pairs += visibleKeys(this.#problem, batch, head, query);
    }
    return pairs;
  }
}
