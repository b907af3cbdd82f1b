import { Mutex } from '../../async/mutex';
import type { ElementType } from '../../numeric/float16';
import { BufferPool, Cleanup, type CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { LimitError, formatBytes } from '../../webgpu/errors';
import { Pace } from '../../webgpu/submission';
import { upload } from '../../webgpu/transfer';
import { assertFits, storageLimit, type Slice } from '../fit';
import { bindWindow, Uniforms, createModifierData } from '../kernels/bindings';
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
  /** Buffers for large regions' cells. */
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
    program: MapProgram,
    sequence: number,
    rows: CountedBuffer,
    cells: CountedBuffer = rows,
  ): GPUBindGroup {
    let groups = this.#groups.get(rows);
    if (!groups) this.#groups.set(rows, (groups = new WeakMap()));
    let group = groups.get(cells);
    if (!group) groups.set(cells, (group = this.#bind(program, sequence, rows, cells)));
    return group;
  }

  #bind(
    { label, pipeline, slots }: MapProgram,
    sequence: number,
    rows: CountedBuffer,
    cells: CountedBuffer,
  ): GPUBindGroup {
    const { uniforms, windows } = this.sliceOf(sequence);
    const { parameters, piece } = uniforms;
    const whole: Record<string, CountedBuffer> = {
      ...this.buffers,
      rows,
      cells,
      parameters,
      piece,
    };
    const resourceOf = (slot: string): GPUBindingResource => {
      if (slot === 'query' || slot === 'key')
        return bindWindow(whole[slot], windows[slot], this.type);
      const { raw, size } = whole[slot];
      const { available } = storageLimit(this.gpu.device.limits);
      return { buffer: raw, size: Math.min(size, available) };
    };
    return this.gpu.device.createBindGroup({
      label,
      layout: pipeline.layout,
      entries: Object.entries(slots).map(([slot, [binding]]) => ({
        binding,
        resource: resourceOf(slot),
      })),
    });
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
    if (this.#idleRows.has(sequence) || this.#idleBytes + rows.size > MAX_IDLE_ROWS_BYTES) {
      this.#destroyRows(rows);
      return;
    }
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

type BoundSlice = Slice & { readonly uniforms: Uniforms };

/** Pipelines and buffers for the maps of one problem. */
export class MapResources {
  readonly gpu: Gpu;
  readonly shaders: MapShaders;
  readonly queue: Mutex;
  readonly rowStatsPace: Pace;
  readonly cellsPace: Pace;
  #isClosed = false;

  private constructor(
    private readonly shared: SharedResources,
    readonly problem: Problem,
    private readonly modifiers: ComposedModifiers,
  ) {
    this.gpu = shared.gpu;
    this.shaders = shared.shaders;
    this.queue = shared.queue;
    this.rowStatsPace = shared.rowStatsPace;
    this.cellsPace = shared.cellsPace;
  }

  /** @throws LimitError, OutOfMemoryError, ShaderError, DeviceLostError. */
  static async create(gpu: Gpu, problem: Problem, inputs: MapsInputs): Promise<MapResources> {
    const slices = assertFits(problem, gpu.device.limits);
    assertRowsFit(problem, gpu.device.limits);
    const shaders = chooseShaders(problem, gpu, inputs.kernel);
    const modifiers = composeModifiers(problem.mask, problem.scoreModifiers, problem.sinks);
    const programs = await compileMaps(gpu, problem, shaders, modifiers);
    const owned = new Cleanup();
    try {
      const buffers = await createBuffers(gpu, inputs, modifiers, owned);
      const bound: BoundSlice[] = [];
      for (const slice of slices) {
        const uniforms = owned.add(await Uniforms.create(gpu, problem, modifiers, slice));
        bound.push({ ...slice, uniforms });
      }
      const { type } = problem;
      const shared = new SharedResources(gpu, shaders, programs, bound, buffers, type, owned);
      return new MapResources(shared, problem, modifiers);
    } catch (error) {
      owned.destroy();
      throw error;
    }
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

  cellsFor(rows: CountedBuffer, bytes: number): BufferPool {
    return this.shared.cellsFor(rows, bytes);
  }

  acquireRows(sequence: number): Promise<CountedBuffer> {
    const bytes = this.problem.shape.queryLength * ROW_STATE_FLOATS * 4;
    return this.shared.acquireRows(sequence, bytes);
  }

  releaseRows(sequence: number, rows: CountedBuffer): void {
    this.shared.releaseRows(sequence, rows);
  }

  /** The statistics of a head's rows, by tiles. */
  bindRowStats(sequence: number, rows: CountedBuffer): BoundRowStats {
    const program = this.shared.programs.rowStats;
    const group = this.shared.groupOf(program, sequence, rows);
    const tilesOfHead = Math.ceil(this.problem.shape.queryLength / this.shaders.tile.queries);
    return {
      prepare: (tiles) => {
        this.#writePiece(sequence, sequence * tilesOfHead, tiles.length);
        this.#write(this.shared.buffers.order, tiles);
      },
      encode: (pass, tiles) => dispatch(pass, program, group, tiles.length),
    };
  }

  /** Cells of a head's map, by blocks of strips. */
  bindCells(sequence: number, rows: CountedBuffer, cells: CountedBuffer): BoundCells {
    const program = this.shared.programs.cells;
    const group = this.shared.groupOf(program, sequence, rows, cells);
    return {
      prepare: (region, strips, first, count) => {
        this.#writePiece(sequence, first, count);
        this.#write(this.shared.buffers.region, region);
        this.#write(this.shared.buffers.order, strips);
      },
      encode: (pass, count) => dispatch(pass, program, group, count),
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

/** Uniforms are shared by all: call `prepare` immediately before the submission that it is for. */
export interface BoundRowStats {
  prepare(tiles: readonly number[]): void;
  encode(pass: GPUComputePassEncoder, tiles: readonly number[]): void;
}

export interface BoundCells {
  /** `region` as in shaders/maps/cells_common.wgsl; units from `first` on, counted over the strips' blocks. */
  prepare(region: readonly number[], strips: readonly number[], first: number, count: number): void;
  encode(pass: GPUComputePassEncoder, count: number): void;
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

function dispatch(
  pass: GPUComputePassEncoder,
  { pipeline }: MapProgram,
  group: GPUBindGroup,
  units: number,
): void {
  pass.setPipeline(pipeline.raw);
  pass.setBindGroup(0, group);
  pass.dispatchWorkgroups(units);
}

/** One head's row statistics are bound whole. @throws LimitError. */
function assertRowsFit({ shape }: Problem, limits: GPUSupportedLimits): void {
  const rowBytes = ROW_STATE_FLOATS * 4;
  const { limit, available } = storageLimit(limits);
  const needed = shape.queryLength * rowBytes;
  if (needed <= available) return;
  throw new LimitError(
    limit,
    needed,
    available,
    `The rows of one head need ${formatBytes(needed)}, but this device's ${limit} is ${formatBytes(available)}; ` +
      `the largest queryLength that fits is ${Math.floor(available / rowBytes)}.`,
  );
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
