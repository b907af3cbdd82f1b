import type { WorkOptions } from '../../async/abort';
import type { CountedBuffer } from '../../webgpu/buffers';
import { submitPiece } from '../../webgpu/submission';
import { download } from '../../webgpu/transfer';
import { MAX_LISTED, type MapResources } from './resources';
import { ROW_STATE_FLOATS } from './statistics';

/** Statistics of one head's rows, on the GPU. Each tile of rows is computed once, when it is first needed. */
export class RowStats {
  readonly #done: Uint8Array;

  private constructor(
    private readonly resources: MapResources,
    private readonly sequence: number,
    readonly buffer: CountedBuffer,
  ) {
    const { queryLength } = resources.problem.shape;
    this.#done = new Uint8Array(Math.ceil(queryLength / resources.shaders.tile.queries));
  }

  static async create(resources: MapResources, sequence: number): Promise<RowStats> {
    const bytes = resources.problem.shape.queryLength * ROW_STATE_FLOATS * 4;
    return new RowStats(resources, sequence, await resources.shared.acquireRows(sequence, bytes));
  }

  get tiles(): number[] {
    return Array.from(this.#done, (_, tile) => tile);
  }

  /** The tiles that hold rows [first, end). */
  tilesOf(first: number, end: number): number[] {
    const { queries } = this.resources.shaders.tile;
    const tiles: number[] = [];
    for (let tile = Math.floor(first / queries); tile * queries < end; tile++) tiles.push(tile);
    return tiles;
  }

  /**
   * Computes those of the tiles that are missing. Returns the milliseconds that their submissions took.
   * @throws the signal's reason when aborted.
   */
  async compute(
    tiles: readonly number[],
    { signal, onProgress }: WorkOptions = {},
  ): Promise<number> {
    const missing = () => tiles.filter((tile) => !this.#done[tile]);
    let ms = 0;
    for (let left = missing(); left.length > 0; left = missing()) {
      ms += await this.resources.shared.queue.run(async () => {
        // Another reader may have computed them in the meantime.
        const now = missing();
        return now.length > 0 ? this.#computeSome(now, signal) : 0;
      }, signal);
      onProgress?.(1 - missing().length / tiles.length);
    }
    return ms;
  }

  async #computeSome(tiles: readonly number[], signal: AbortSignal | undefined): Promise<number> {
    const { resources } = this;
    const { rowStatsPace } = resources.shared;
    resources.assertOpen();
    const count = rowStatsPace.next(tiles.length, MAX_LISTED);
    const some = tiles.slice(0, count);
    const work = resources.rowStatsWork(this.sequence, this.buffer, some);
    const encode: typeof work.encode = (...range) => {
      work.encode(...range);
      // Done for all later submissions, as the queue runs in order.
      for (const tile of some) this.#done[tile] = 1;
    };
    const { wallMs } = await submitPiece(resources.gpu, { ...work, encode }, 0, count, { signal });
    rowStatsPace.learn(count, wallMs);
    return wallMs;
  }

  /** Not aborted midway: a buffer that is being copied must not be freed. */
  async read(signal?: AbortSignal): Promise<Float32Array> {
    this.resources.assertOpen();
    const values = new Float32Array(await download(this.resources.gpu, this.buffer));
    signal?.throwIfAborted();
    return values;
  }

  destroy(): void {
    this.resources.shared.releaseRows(this.sequence, this.buffer);
  }
}
