import { Mutex } from '../../async/mutex';
import type { ElementType } from '../../numeric/float16';
import { BufferPool, type Cleanup, type CountedBuffer, destroyOnError } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { dispatch } from '../../webgpu/pipelines';
import { type DivisibleWork, Pace } from '../../webgpu/submission';
import { upload } from '../../webgpu/transfer';
import { assertFits, assertRowsFit, storageLimit } from '../fit';
import { type BoundSlice, Uniforms, bind, createModifierData } from '../kernels/bindings';
import { type ComposedModifiers, composeModifiers } from '../modifiers/compose';
import type { Problem } from '../problem';
import { type MapsInputs, NO_MARK } from './inputs';
import {
  type MapProgram,
  type MapPrograms,
  type MapShaders,
  chooseShaders,
  compileMaps,
} from './programs';
import { ROW_STATE_FLOATS } from './statistics';

/** Numbers in `order`: tiles or strips that one submission may list. */
export const MAX_LISTED = 2 ** 14;
/** Size of `Region` in shaders/maps/cells_common.wgsl. */
const REGION_WORDS = 12;

type SharedBuffers = Record<'query' | 'key' | 'data' | 'order' | 'marks' | 'region', CountedBuffer>;

/** Most bytes of row statistics kept for the next maps of the same tensors. */
const MAX_IDLE_ROWS_BYTES = 64 * 2 ** 20;
const MAX_SMALL_CELLS_BYTES = 2 ** 20;

/** Everything that maps of the same tensors share whatever their numbers are: all but the row statistics. */
class SharedResources {
  readonly queue: Mutex;
  readonly rowStatsPace = new Pace();
  readonly cellsPace = new Pace();
  readonly #largeCells: BufferPool;
  /** Buffers for small regions' cells, by their rows: so that few pairs of them are bound together. */
  readonly #cellsOfRows = new Map<CountedBuffer, BufferPool>();
  readonly #idleRows = new Map<number, CountedBuffer>();
  #idleBytes = 0;
  /** By buffer of rows, then of cells; row statistics have no cells, and use their rows' buffer for both. */
  readonly #groups = new WeakMap<CountedBuffer, WeakMap<CountedBuffer, GPUBindGroup>>();
  #users = 1;

  constructor(
    readonly gpu: Gpu,
    readonly shaders: MapShaders,
    readonly programs: MapPrograms,
    readonly slices: readonly BoundSlice[],
    readonly buffers: SharedBuffers,
    readonly type: ElementType,
    private readonly owned: Cleanup,
  ) {
    this.queue = queueOf(gpu);
    this.#largeCells = owned.add(this.#createPool());
  }

  #createPool(): BufferPool {
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
    return new BufferPool(this.gpu.buffers, 'map cells', usage, 4);
  }

  /** The pool for cells of a region, given the bytes that they take. */
  cellsFor(rows: CountedBuffer, bytes: number): BufferPool {
    if (bytes > MAX_SMALL_CELLS_BYTES) return this.#largeCells;
    let pool = this.#cellsOfRows.get(rows);
    if (!pool) this.#cellsOfRows.set(rows, (pool = this.#createPool()));
    return pool;
  }

  #destroyRows(rows: CountedBuffer): void {
    this.#cellsOfRows.get(rows)?.destroy();
    this.#cellsOfRows.delete(rows);
    rows.destroy();
  }

  sliceOf(sequence: number): BoundSlice {
    return this.slices.find(({ first, end }) => sequence >= first && sequence < end)!;
  }

  groupOf(
    { label, pipeline, slots }: MapProgram,
    sequence: number,
    rows: CountedBuffer,
    cells: CountedBuffer = rows,
  ): GPUBindGroup {
    let groups = this.#groups.get(rows);
    if (!groups) this.#groups.set(rows, (groups = new WeakMap()));
    let group = groups.get(cells);
    if (!group) {
      // A pool's buffer may be larger than a binding.
      const { available } = storageLimit(this.gpu.device.limits);
      const bound = { buffer: cells.raw, size: Math.min(cells.size, available) };
      group = bind(this.gpu, label, pipeline, slots, this.type, this.sliceOf(sequence), {
        ...this.buffers,
        rows,
        cells: bound,
      });
      groups.set(cells, group);
    }
    return group;
  }

  /** A buffer for a head's row statistics, left by earlier maps if possible. */
  async acquireRows(sequence: number, bytes: number): Promise<CountedBuffer> {
    const idle = this.#idleRows.get(sequence);
    if (idle) {
      this.#idleRows.delete(sequence);
      this.#idleBytes -= bytes;
      return idle;
    }
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
    return this.gpu.buffers.create('row statistics', bytes, usage);
  }

  releaseRows(sequence: number, rows: CountedBuffer): void {
    if (this.#idleRows.has(sequence) || this.#idleBytes + rows.size > MAX_IDLE_ROWS_BYTES)
      return this.#destroyRows(rows);
    this.#idleRows.set(sequence, rows);
    this.#idleBytes += rows.size;
  }

  retain(): void {
    this.#users++;
  }

  release(): void {
    if (--this.#users > 0) return;
    for (const rows of this.#idleRows.values()) this.#destroyRows(rows);
    this.owned.destroy();
  }
}

/** Numbers of one submission, written right before it, as uniforms are shared by all. */
type MapWork = Pick<DivisibleWork, 'label' | 'prepare' | 'encode'>;

/** Pipelines and buffers for the maps of one problem. */
export class MapResources {
  readonly gpu: Gpu;
  readonly shaders: MapShaders;
  #isClosed = false;

  private constructor(
    readonly shared: SharedResources,
    readonly problem: Problem,
    private readonly modifiers: ComposedModifiers,
  ) {
    this.gpu = shared.gpu;
    this.shaders = shared.shaders;
  }

  /** @throws LimitError, OutOfMemoryError, ShaderError, DeviceLostError. */
  static async create(gpu: Gpu, problem: Problem, inputs: MapsInputs): Promise<MapResources> {
    const slices = assertFits(problem, gpu.device.limits);
    const { queryLength } = problem.shape;
    assertRowsFit(
      'The rows of one head need',
      queryLength,
      4 * ROW_STATE_FLOATS,
      gpu.device.limits,
    );
    const shaders = chooseShaders(problem, gpu, inputs.kernel);
    const modifiers = composeModifiers(problem.mask, problem.scoreModifiers, problem.sinks);
    const programs = await compileMaps(gpu, problem, shaders, modifiers);
    return destroyOnError(async (owned) => {
      const buffers = await createBuffers(gpu, inputs, modifiers, owned);
      const bound: BoundSlice[] = [];
      for (const slice of slices) {
        const uniforms = owned.add(await Uniforms.create(gpu, problem, modifiers, slice));
        bound.push({ ...slice, uniforms });
      }
      const { type } = problem;
      const shared = new SharedResources(gpu, shaders, programs, bound, buffers, type, owned);
      return new MapResources(shared, problem, modifiers);
    });
  }

  /**
   * The same tensors, shaders and buffers for a problem that differs in uniform numbers alone; null where it
   * needs another shader or other lists. Each submission sets the numbers that it is computed with.
   */
  with(problem: Problem): MapResources | null {
    this.assertOpen();
    const { mask, scoreModifiers, sinks } = problem;
    const modifiers = composeModifiers(mask, scoreModifiers, sinks);
    const { wgsl, data } = this.modifiers;
    if (modifiers.wgsl !== wgsl || modifiers.data.length !== data.length) return null;
    if (!modifiers.data.every((word, i) => word === data[i])) return null;
    this.shared.retain();
    return new MapResources(this.shared, problem, modifiers);
  }

  /** Statistics of some of a head's tiles of rows. */
  rowStatsWork(sequence: number, rows: CountedBuffer, tiles: readonly number[]): MapWork {
    const { programs, buffers } = this.shared;
    const { label, pipeline } = programs.rowStats;
    const group = this.shared.groupOf(programs.rowStats, sequence, rows);
    const tilesOfHead = Math.ceil(this.problem.shape.queryLength / this.shaders.tile.queries);
    return {
      label,
      prepare: () => {
        this.#writePiece(sequence, sequence * tilesOfHead, tiles.length);
        this.#write(buffers.order, tiles);
      },
      encode: (pass) => dispatch(pass, pipeline, group, tiles.length),
    };
  }

  /**
   * Cells of a head's map, by blocks of strips. `region` as in shaders/maps/cells_common.wgsl; units are counted
   * over the strips' blocks.
   */
  cellsWork(
    sequence: number,
    rows: CountedBuffer,
    cells: CountedBuffer,
    region: readonly number[],
    strips: readonly number[],
  ): MapWork {
    const { programs, buffers } = this.shared;
    const { label, pipeline } = programs.cells;
    const group = this.shared.groupOf(programs.cells, sequence, rows, cells);
    return {
      label,
      prepare: (first, count) => {
        this.#writePiece(sequence, first, count);
        this.#write(buffers.region, region);
        this.#write(buffers.order, strips);
      },
      encode: (pass, _first, count) => dispatch(pass, pipeline, group, count),
    };
  }

  /** All keys at once. */
  #writePiece(sequence: number, first: number, count: number): void {
    const { uniforms } = this.shared.sliceOf(sequence);
    const { keyLength } = this.problem.shape;
    uniforms.writeParameters(this.problem, this.modifiers);
    uniforms.writePiece({ tile: first, slot: 0, firstKey: 0, endKey: keyLength }, count);
  }

  #write(buffer: CountedBuffer, words: readonly number[]): void {
    this.gpu.device.queue.writeBuffer(buffer.raw, 0, Uint32Array.from(words));
  }

  /** From now on work throws instead of being submitted. */
  close(): void {
    this.#isClosed = true;
  }

  /** Called before every submission. @throws DeviceLostError; an error where the maps were destroyed. */
  assertOpen(): void {
    this.gpu.assertAlive();
    if (this.#isClosed) throw new Error('These attention maps were destroyed.');
  }

  /** Call it once. Frees what no other maps share. */
  destroy(): void {
    this.close();
    this.shared.release();
  }
}

/** The buffers that all heads share. `owned` receives the new ones; the operands stay the caller's. */
async function createBuffers(
  gpu: Gpu,
  { query, key, marks: given = Uint32Array.of(NO_MARK) }: MapsInputs,
  modifiers: ComposedModifiers,
  owned: Cleanup,
): Promise<SharedBuffers> {
  const make = async (label: string, words: number, usage: GPUBufferUsageFlags) =>
    owned.add(await gpu.buffers.create(label, 4 * words, usage | GPUBufferUsage.COPY_DST));
  const { STORAGE, UNIFORM } = GPUBufferUsage;
  const marks = await make('marks', given.length, STORAGE);
  await upload(gpu, marks, given);
  return {
    query: query.buffer,
    key: key.buffer,
    data: owned.add(await createModifierData(gpu, modifiers)),
    order: await make('map order', MAX_LISTED, STORAGE),
    region: await make('map region', REGION_WORDS, UNIFORM),
    marks,
  };
}

const queues = new WeakMap<Gpu, Mutex>();

/**
 * One queue for each device: pieces of several maps that are read at once follow one another, so that each
 * measures its own pace, and a small window does not wait for a whole overview.
 */
function queueOf(gpu: Gpu): Mutex {
  let queue = queues.get(gpu);
  if (!queue) queues.set(gpu, (queue = new Mutex()));
  return queue;
}
