import { Mutex } from '../../async/mutex';
import { Cleanup, type CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { LimitError, formatBytes } from '../../webgpu/errors';
import { Pace } from '../../webgpu/submission';
import { upload } from '../../webgpu/transfer';
import { assertFits, storageLimit } from '../fit';
import { bindWindow } from '../kernels/bindings';
import { Uniforms, createModifierData } from '../kernels/uniforms';
import { type ComposedModifiers, composeModifiers } from '../modifiers/compose';
import type { Problem } from '../problem';
import type { Slice } from '../windows';
import { type MapsInputs, NO_MARK } from './inputs';
import { type MapProgram, type MapPrograms, compileMaps } from './map-programs';
import { type MapShaders, chooseShaders } from './shaders';
import { WALKED_FLOATS } from './statistics';

/** Numbers in `order`: tiles or strips that one submission may list. */
export const MOST_LISTED = 2 ** 14;
/** Size of `Region` in shaders/maps/region.wgsl. */
const REGION_WORDS = 12;

type SharedBuffers = Record<'query' | 'key' | 'data' | 'order' | 'marks' | 'region', CountedBuffer>;

/** Pipelines and buffers that all maps of one problem share. */
export class MapDevice {
  readonly queue: Mutex;
  readonly walkPace = new Pace();
  readonly cellsPace = new Pace();
  #closed = false;

  private constructor(
    readonly gpu: Gpu,
    readonly problem: Problem,
    readonly shaders: MapShaders,
    private readonly programs: MapPrograms,
    private readonly slices: readonly (Slice & { readonly uniforms: Uniforms })[],
    private readonly buffers: SharedBuffers,
    private readonly owned: Cleanup,
  ) {
    this.queue = queueOf(gpu);
  }

  /** @throws LimitError, OutOfMemoryError, ShaderError, DeviceLostError. */
  static async create(gpu: Gpu, problem: Problem, inputs: MapsInputs): Promise<MapDevice> {
    const slices = assertFits(problem, gpu.device.limits);
    assertRowsFit(problem, gpu.device.limits);
    const shaders = chooseShaders(problem, gpu, inputs.kernel);
    const modifiers = composeModifiers(problem.mask, problem.scoreModifiers, problem.sinks);
    const programs = await compileMaps(gpu, problem, shaders, modifiers);
    const owned = new Cleanup();
    try {
      const buffers = await createBuffers(gpu, inputs, modifiers, owned);
      const bound = [];
      for (const slice of slices) {
        const uniforms = owned.add(await Uniforms.create(gpu, problem, modifiers, slice));
        bound.push({ ...slice, uniforms });
      }
      return new MapDevice(gpu, problem, shaders, programs, bound, buffers, owned);
    } catch (error) {
      owned.destroy();
      throw error;
    }
  }

  /** Walks of tiles of a head's rows. */
  bindWalk(sequence: number, rows: CountedBuffer): BoundWalk {
    const { walk } = this.programs;
    const { uniforms, group } = this.#bind(walk, sequence, { rows });
    const tilesOfHead = Math.ceil(this.problem.shape.queryLength / this.shaders.tile.queries);
    return {
      prepare: (tiles) => {
        this.#writePiece(uniforms, sequence * tilesOfHead, tiles.length);
        this.#write(this.buffers.order, tiles);
      },
      encode: (pass, tiles) => dispatch(pass, walk, group, tiles.length),
    };
  }

  /** Blocks of strips of a head's map. */
  bindCells(sequence: number, rows: CountedBuffer, cells: CountedBuffer): BoundCells {
    const program = this.programs.cells;
    const { uniforms, group } = this.#bind(program, sequence, { rows, cells });
    return {
      prepare: (region, strips, first, count) => {
        this.#writePiece(uniforms, first, count);
        this.#write(this.buffers.region, region);
        this.#write(this.buffers.order, strips);
      },
      encode: (pass, count) => dispatch(pass, program, group, count),
    };
  }

  #bind(
    { label, pipeline, slots }: MapProgram,
    sequence: number,
    own: { readonly rows: CountedBuffer; readonly cells?: CountedBuffer },
  ) {
    const slice = this.slices.find(({ first, end }) => sequence >= first && sequence < end)!;
    const { parameters, piece } = slice.uniforms;
    const whole: Record<string, CountedBuffer> = { ...this.buffers, ...own, parameters, piece };
    const resourceOf = (slot: string): GPUBindingResource =>
      slot === 'query' || slot === 'key'
        ? bindWindow(whole[slot], slice.windows[slot], this.problem.type)
        : { buffer: whole[slot].raw };
    const group = this.gpu.device.createBindGroup({
      label,
      layout: pipeline.layout,
      entries: Object.entries(slots).map(([slot, [binding]]) => ({
        binding,
        resource: resourceOf(slot),
      })),
    });
    return { uniforms: slice.uniforms, group };
  }

  /** All keys at once. */
  #writePiece(uniforms: Uniforms, first: number, count: number): void {
    const { keyLength } = this.problem.shape;
    uniforms.writePiece({ tile: first, slot: 0, firstKey: 0, endKey: keyLength }, count);
  }

  #write(buffer: CountedBuffer, words: readonly number[]): void {
    this.gpu.device.queue.writeBuffer(buffer.raw, 0, Uint32Array.from(words));
  }

  /** From now on pieces of work throw instead of being submitted. */
  close(): void {
    this.#closed = true;
  }

  /** The first line of every piece. @throws DeviceLostError; an error where the maps were destroyed. */
  assertOpen(): void {
    this.gpu.assertAlive();
    if (this.#closed) throw new Error('These attention maps were destroyed.');
  }

  destroy(): void {
    this.close();
    this.owned.destroy();
  }
}

/** Uniforms are shared by all: what `prepare` writes is for the submission that follows at once. */
export interface BoundWalk {
  prepare(tiles: readonly number[]): void;
  encode(pass: GPUComputePassEncoder, tiles: readonly number[]): void;
}

export interface BoundCells {
  /** `region` as in shaders/maps/region.wgsl; units from `first` on, counted over the strips' blocks. */
  prepare(region: readonly number[], strips: readonly number[], first: number, count: number): void;
  encode(pass: GPUComputePassEncoder, count: number): void;
}

/** What all heads share; `owned` gets what is made here, the operands stay the caller's. */
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
    order: await make('map order', MOST_LISTED, STORAGE),
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

/** What walks leave of one head's rows is bound whole. @throws LimitError. */
function assertRowsFit({ shape }: Problem, limits: GPUSupportedLimits): void {
  const rowBytes = WALKED_FLOATS * 4;
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
