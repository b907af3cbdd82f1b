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
/** Workgroups of the search, each of which leaves a candidate: two numbers. */
const GROUPS = 256;
const CANDIDATE_WORDS = 2;
const NO_CELL = 0xffffffff;

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
    const bytes = MOST_BLOCKS * GROUPS * CANDIDATE_WORDS * 4;
    const candidates = await make('candidates', bytes, STORAGE | COPY_SRC);
    const buffers = [block, ours, theirs, candidates];
    const group = gpu.device.createBindGroup({
      label,
      layout,
      entries: buffers.map(({ raw: buffer }, binding) => ({ binding, resource: { buffer } })),
    });
    return new DifferenceSearch(gpu, size, ours, theirs, block, candidates, raw, group);
  }

  /** Searches the block that is there, as the `index`th of this turn. */
  submit({ rows, columns }: MapRegion, index: number): void {
    const words = Uint32Array.of(rows * columns, index * GROUPS);
    this.gpu.device.queue.writeBuffer(this.block.raw, 0, words);
    submitPass(this.gpu, 'largest difference', (pass) => {
      pass.setPipeline(this.pipeline);
      pass.setBindGroup(0, this.group);
      pass.dispatchWorkgroups(GROUPS);
    });
  }

  /** Candidates of the turn's blocks, by their places on the map. */
  async read(regions: readonly MapRegion[]): Promise<FoundDifference[]> {
    const words = regions.length * GROUPS * CANDIDATE_WORDS;
    const candidates = new Uint32Array(await download(this.gpu, this.candidates, 4 * words));
    const sizes = new Float32Array(candidates.buffer);
    const found: FoundDifference[] = [];
    for (let at = 0; at < words; at += CANDIDATE_WORDS) {
      const { row, column, columns } = regions[Math.floor(at / CANDIDATE_WORDS / GROUPS)];
      const cell = candidates[at + 1];
      if (cell === NO_CELL) continue;
      const down = Math.floor(cell / columns);
      found.push({ row: row + down, column: column + (cell % columns), size: sizes[at] });
    }
    return found;
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
