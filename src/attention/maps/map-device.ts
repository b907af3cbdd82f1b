import { Cleanup, type CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import type { BindingKind, CompiledPipeline } from '../../webgpu/pipelines';
import { LimitError, formatBytes } from '../../webgpu/errors';
import { Pace } from '../../webgpu/submission';
import { upload } from '../../webgpu/transfer';
import { assertFits, storageLimit } from '../fit';
import { bindWindow } from '../kernels/bindings';
import { assembleModule } from '../kernels/module';
import { Uniforms, createModifierData } from '../kernels/uniforms';
import { composeModifiers } from '../modifiers/compose';
import type { Problem } from '../problem';
import type { Slice } from '../windows';
import { type MapsInputs, NO_MARK } from './inputs';
import { type MapShaders, chooseShaders } from './shaders';
import { WALKED_FLOATS } from './statistics';
import { type Turns, turnsOf } from './turns';

/** Binding numbers of group 0; the operands' and uniforms' are those of all kernels. */
const COMMON = {
  parameters: [0, 'uniform'],
  piece: [1, 'uniform'],
  query: [2, 'read'],
  key: [3, 'read'],
  data: [8, 'read'],
  order: [11, 'read'],
} as const;
const WALK = { ...COMMON, rows: [7, 'read-write'], marks: [10, 'read'] } as const;
const CELLS = {
  ...COMMON,
  rows: [7, 'read'],
  cells: [9, 'read-write'],
  region: [12, 'uniform'],
} as const;

/** Numbers in `order`: tiles or strips that one submission may list. */
export const MOST_LISTED = 2 ** 14;
/** Size of `Region` in shaders/maps/region.wgsl. */
const REGION_WORDS = 12;

/** Pipelines and buffers that all maps of one problem share. */
export class MapDevice {
  readonly turns: Turns;
  readonly walkPace = new Pace();
  readonly cellsPace = new Pace();
  #closed = false;

  private constructor(
    readonly gpu: Gpu,
    readonly problem: Problem,
    readonly shaders: MapShaders,
    private readonly pipelines: {
      readonly walk: CompiledPipeline;
      readonly cells: CompiledPipeline;
    },
    private readonly slices: readonly (Slice & { readonly uniforms: Uniforms })[],
    private readonly buffers: Record<
      'query' | 'key' | 'data' | 'order' | 'marks' | 'region',
      CountedBuffer
    >,
    private readonly owned: Cleanup,
  ) {
    this.turns = turnsOf(gpu);
  }

  /** @throws LimitError, OutOfMemoryError, ShaderError, DeviceLostError. */
  static async create(gpu: Gpu, problem: Problem, inputs: MapsInputs): Promise<MapDevice> {
    const slices = assertFits(problem, gpu.device.limits);
    assertRowsFit(problem, gpu.device.limits);
    const shaders = chooseShaders(problem, gpu, inputs.kernel);
    const modifiers = composeModifiers(problem.mask, problem.scoreModifiers, problem.sinks);
    const compile = (
      label: string,
      files: readonly string[],
      slots: typeof WALK | typeof CELLS,
    ) => {
      const { tile, enable } = shaders;
      const parts = {
        problem,
        tile,
        enable,
        modifiers,
        rows: 'head',
        storeLogSumExp: false,
      } as const;
      const code = assembleModule({ ...parts, files });
      const bindings = Object.fromEntries(Object.values(slots)) as Record<number, BindingKind>;
      return gpu.unlessLost(gpu.pipelines.get({ label, code, bindings }));
    };
    const [walk, cells] = await Promise.all([
      compile('row walk', shaders.walk, WALK),
      compile('map cells', shaders.cells, CELLS),
    ]);
    const owned = new Cleanup();
    try {
      const make = async (label: string, words: number, usage: GPUBufferUsageFlags) =>
        owned.add(await gpu.buffers.create(label, 4 * words, usage | GPUBufferUsage.COPY_DST));
      const { STORAGE, UNIFORM } = GPUBufferUsage;
      const marks = await make('marks', Math.max(inputs.marks?.length ?? 0, 1), STORAGE);
      await upload(gpu, marks, inputs.marks ?? Uint32Array.of(NO_MARK));
      const bound = [];
      for (const slice of slices) {
        const uniforms = owned.add(await Uniforms.create(gpu, problem, modifiers, slice));
        bound.push({ ...slice, uniforms });
      }
      const buffers = {
        query: inputs.query.buffer,
        key: inputs.key.buffer,
        data: owned.add(await createModifierData(gpu, modifiers)),
        order: await make('map order', MOST_LISTED, STORAGE),
        region: await make('map region', REGION_WORDS, UNIFORM),
        marks,
      };
      return new MapDevice(gpu, problem, shaders, { walk, cells }, bound, buffers, owned);
    } catch (error) {
      owned.destroy();
      throw error;
    }
  }

  /** Walks of tiles of a head's rows. */
  bindWalk(sequence: number, rows: CountedBuffer): BoundWalk {
    const { uniforms, group } = this.#bind('row walk', this.pipelines.walk, WALK, sequence, {
      rows,
    });
    const tilesOfHead = Math.ceil(this.problem.shape.queryLength / this.shaders.tile.queries);
    return {
      prepare: (tiles) => {
        this.#writePiece(uniforms, sequence * tilesOfHead, tiles.length);
        this.#write(this.buffers.order, tiles);
      },
      encode: (pass, tiles) => this.#encode(pass, this.pipelines.walk, group, tiles.length),
    };
  }

  /** Blocks of strips of a head's map. */
  bindCells(sequence: number, rows: CountedBuffer, cells: CountedBuffer): BoundCells {
    const buffers = { rows, cells };
    const { uniforms, group } = this.#bind(
      'map cells',
      this.pipelines.cells,
      CELLS,
      sequence,
      buffers,
    );
    return {
      prepare: (region, strips, first, count) => {
        this.#writePiece(uniforms, first, count);
        this.#write(this.buffers.region, region);
        this.#write(this.buffers.order, strips);
      },
      encode: (pass, count) => this.#encode(pass, this.pipelines.cells, group, count),
    };
  }

  #bind(
    label: string,
    pipeline: CompiledPipeline,
    slots: typeof WALK | typeof CELLS,
    sequence: number,
    own: { readonly rows: CountedBuffer; readonly cells?: CountedBuffer },
  ) {
    const slice = this.slices.find(({ first, end }) => sequence >= first && sequence < end)!;
    const { parameters, piece } = slice.uniforms;
    const whole: Record<string, CountedBuffer> = {
      ...this.buffers,
      ...own,
      parameters,
      piece,
    } as never;
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

  #encode(
    pass: GPUComputePassEncoder,
    pipeline: CompiledPipeline,
    group: GPUBindGroup,
    units: number,
  ): void {
    pass.setPipeline(pipeline.raw);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(units);
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
