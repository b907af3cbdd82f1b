import type { WorkOptions } from '../../async/abort';
import { Cleanup } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import type { Problem } from '../problem';
import { assertType } from '../tensor';
import { GpuWeightMap } from './gpu-weight-map';
import { type MapsInputs, type MapsOptions, problemOfMaps, sequenceOf } from './inputs';
import { MapResources } from './resources';
import { finishStatistics } from './statistics';
import { RowStats } from './row-stats';
import type { RowStatistics, WeightMap } from './weight-map';

/**
 * Attention weights for inspection: statistics of rows, and any region of any head's map, computed on demand from
 * queries and keys. On the GPU it keeps 36 bytes per row of the heads in use, and nothing of the size of a map. The
 * tensors stay the caller's, and must outlive this.
 */
export class AttentionMaps {
  readonly #rows = new Map<number, Promise<RowStats>>();
  readonly #made = new Cleanup();
  #readers = 0;
  #state: 'open' | 'destroyed' | 'freed' = 'open';

  private constructor(
    private readonly resources: MapResources,
    private readonly inputs: MapsInputs,
  ) {}

  /**
   * Compiles the shaders; computes nothing yet.
   * @throws InputError for inputs that do not match; LimitError where a head does not fit a binding;
   * OutOfMemoryError; DeviceLostError.
   */
  static async prepare(gpu: Gpu, inputs: MapsInputs): Promise<AttentionMaps> {
    gpu.assertAlive();
    const problem = problemOfMaps(inputs);
    assertType(problem.type, gpu.device);
    return new AttentionMaps(await MapResources.create(gpu, problem, inputs), inputs);
  }

  /**
   * Maps of the same tensors with other numbers: another scale or soft cap, the width or offset of a mask.
   * They share pipelines, buffers and bind groups, and cost a write to a uniform. Null where the change takes
   * another shader or other lists (masks or modifiers of another kind, ids, lengths): `prepare` maps then.
   *
   * Both stay usable side by side, whatever is being read from either: each submission sets its own numbers,
   * and each has row statistics of its own, in memory that earlier maps left where they were destroyed.
   * @throws InputError for options that do not go with the tensors; an error where these were destroyed.
   */
  with(options: MapsOptions): AttentionMaps | null {
    const inputs = { ...this.inputs, ...options };
    const resources = this.resources.with(problemOfMaps(inputs));
    return resources && new AttentionMaps(resources, inputs);
  }

  get problem(): Problem {
    return this.resources.problem;
  }

  /**
   * Statistics of one head's rows.
   * @throws InputError for a head that does not exist; the signal's reason when aborted; DeviceLostError.
   */
  async statistics(batch: number, head: number, options: WorkOptions = {}): Promise<RowStatistics> {
    const sequence = sequenceOf(this.problem, batch, head);
    options.signal?.throwIfAborted();
    return this.#reading(sequence, async (rows) => {
      await rows.compute(rows.tiles, options);
      return finishStatistics(this.problem, head, await rows.read(options.signal));
    });
  }

  /** One head's weights. @throws InputError for a head that does not exist. */
  map(batch: number, head: number): WeightMap {
    const sequence = sequenceOf(this.problem, batch, head);
    return new GpuWeightMap(this.resources, sequence, (read) => this.#reading(sequence, read));
  }

  /** Frees its GPU memory, at once or as soon as reads in flight have failed. Call it once. */
  destroy(): void {
    this.resources.close();
    if (this.#state === 'open') this.#state = 'destroyed';
    this.#freeIfUnused();
  }

  #freeIfUnused(): void {
    if (this.#state !== 'destroyed' || this.#readers > 0) return;
    this.#state = 'freed';
    this.#made.destroy();
    this.#rows.clear();
    this.resources.destroy();
  }

  async #reading<T>(sequence: number, read: (rows: RowStats) => Promise<T>): Promise<T> {
    this.resources.assertOpen();
    this.#readers++;
    try {
      return await read(await this.#rowsOf(sequence));
    } finally {
      this.#readers--;
      this.#freeIfUnused();
    }
  }

  #rowsOf(sequence: number): Promise<RowStats> {
    let rows = this.#rows.get(sequence);
    if (!rows) {
      rows = RowStats.create(this.resources, sequence).then((made) => this.#made.add(made));
      this.#rows.set(sequence, rows);
      // A failure is not cached.
      rows.catch(() => this.#rows.delete(sequence));
    }
    return rows;
  }
}
