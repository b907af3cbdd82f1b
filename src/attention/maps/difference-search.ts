import largestDifferenceWgsl from '../../../shaders/maps/largest_difference.wgsl?raw';
import type { Cleanup, CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { download } from '../../webgpu/transfer';
import { storageLimit } from '../fit';
import { CELL_BYTES } from './cells-plan';
import type { DeviceMap } from './device-map';
import type { Extent } from './shaders';
import type { MapRegion } from './weight-map';

/** Where two maps differ most, and by how much: Infinity where one of them is NaN. */
export interface FoundDifference {
  readonly row: number;
  readonly column: number;
  readonly size: number;
}

/** Weights of a block, on each side: 4,194,304, or 64 rows at 65,536 keys. */
const MOST_BLOCK_BYTES = 32 * 2 ** 20;
/** Blocks that one turn at the device may hold. */
export const MOST_BLOCKS = 64;
/** Weights of a block that a workgroup searches at least, and workgroups at most: each leaves one candidate. */
const LEAST_OF_GROUP = 1024;
const MOST_GROUPS = 256;
const CANDIDATE_WORDS = 2;

/** What the search of a block binds, as in shaders/maps/largest_difference.wgsl. */
const BINDINGS = { 0: 'uniform', 1: 'read', 2: 'read', 3: 'read-write' } as const;

/** What one map's kernel computes at once of single weights. */
export const unitOf = ({ device }: DeviceMap) => device.shaders.unit({ rows: 1, columns: 1 });

/** Tiles that blocks are made of, and how many of them a block has at most. */
export interface BlockSize {
  readonly tile: Extent;
  readonly most: number;
  readonly bytes: number;
}

export function blockSize(a: DeviceMap, b: DeviceMap): BlockSize {
  const [ofA, ofB] = [unitOf(a), unitOf(b)];
  const tile = {
    rows: Math.max(ofA.rows, ofB.rows),
    columns: Math.max(ofA.columns, ofB.columns),
  };
  const tileBytes = tile.rows * tile.columns * CELL_BYTES;
  const all = Math.ceil(a.rows / tile.rows) * Math.ceil(a.columns / tile.columns);
  const room = Math.min(MOST_BLOCK_BYTES, storageLimit(a.device.gpu.device.limits).available);
  const most = Math.min(all, Math.max(1, Math.floor(room / tileBytes)));
  return { tile, most, bytes: most * tileBytes };
}

/** The buffers of blocks, and the kernel that searches them. */
export class DifferenceSearch {
  /** The blocks of the candidates that were not read yet. */
  #regions: MapRegion[] = [];

  private constructor(
    readonly gpu: Gpu,
    readonly size: BlockSize,
    readonly ours: CountedBuffer,
    readonly theirs: CountedBuffer,
    private readonly block: CountedBuffer,
    private readonly candidates: CountedBuffer,
    private readonly pipeline: GPUComputePipeline,
    private readonly group: GPUBindGroup,
  ) {}

  static async create(gpu: Gpu, size: BlockSize, owned: Cleanup): Promise<DifferenceSearch> {
    const label = 'largest difference';
    const request = { label, code: largestDifferenceWgsl, bindings: BINDINGS };
    const { raw, layout } = await gpu.unlessLost(gpu.pipelines.get(request));
    const make = async (name: string, bytes: number, usage: GPUBufferUsageFlags) =>
      owned.add(await gpu.buffers.create(name, bytes, usage));
    const { STORAGE, UNIFORM, COPY_SRC, COPY_DST } = GPUBufferUsage;
    const ours = await make('a block of the first map', size.bytes, STORAGE);
    const theirs = await make('a block of the second map', size.bytes, STORAGE);
    const block = await make('block to search', 8, UNIFORM | COPY_DST);
    const bytes = MOST_BLOCKS * MOST_GROUPS * CANDIDATE_WORDS * 4;
    const candidates = await make('candidates', bytes, STORAGE | COPY_SRC);
    const buffers = [block, ours, theirs, candidates];
    const group = gpu.device.createBindGroup({
      label,
      layout,
      entries: buffers.map(({ raw: buffer }, binding) => ({ binding, resource: { buffer } })),
    });
    return new DifferenceSearch(gpu, size, ours, theirs, block, candidates, raw, group);
  }

  /** Searches the block that is there: as one more of those that are read together. */
  submit(region: MapRegion): void {
    const cells = region.rows * region.columns;
    const groups = Math.min(MOST_GROUPS, Math.ceil(cells / LEAST_OF_GROUP));
    const words = Uint32Array.of(cells, this.#regions.length);
    this.gpu.device.queue.writeBuffer(this.block.raw, 0, words);
    submitPass(this.gpu, 'largest difference', (pass) => {
      pass.setPipeline(this.pipeline);
      pass.setBindGroup(0, this.group);
      pass.dispatchWorkgroups(groups);
    });
    for (let i = 0; i < groups; i++) this.#regions.push(region);
  }

  /** Candidates of the blocks since it was called last, in no order. */
  async read(): Promise<FoundDifference[]> {
    const regions = this.#regions;
    this.#regions = [];
    const bytes = regions.length * CANDIDATE_WORDS * 4;
    const candidates = new Uint32Array(await download(this.gpu, this.candidates, bytes));
    const sizes = new Float32Array(candidates.buffer);
    return regions.map(({ row, column, columns }, i) => {
      const at = CANDIDATE_WORDS * i;
      const cell = candidates[at + 1];
      const down = Math.floor(cell / columns);
      return { row: row + down, column: column + (cell % columns), size: sizes[at] };
    });
  }
}

/** Whether one difference is larger than the other, or as large and comes first. */
export function isBefore(one: FoundDifference, other: FoundDifference): boolean {
  if (one.size !== other.size) return one.size > other.size;
  return one.row !== other.row ? one.row < other.row : one.column < other.column;
}

/** What was written to uniforms before is for this submission. */
export function submitPass(
  gpu: Gpu,
  label: string,
  encode: (pass: GPUComputePassEncoder) => void,
): void {
  const encoder = gpu.device.createCommandEncoder({ label });
  const pass = encoder.beginComputePass({ label });
  encode(pass);
  pass.end();
  gpu.device.queue.submit([encoder.finish()]);
}
