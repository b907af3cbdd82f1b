import mergeWgsl from '../../../shaders/decode_merge.wgsl?raw';
import splitWgsl from '../../../shaders/decode_split.wgsl?raw';
import attendWgsl from '../../../shaders/shared/attend.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import valueBlockWgsl from '../../../shaders/shared/value_block.wgsl?raw';
import { Cleanup } from '../../webgpu/buffers';
import { composeModifiers } from '../modifiers/compose';
import type { Problem } from '../problem';
import { type Slot, bind, bindingKinds } from './bindings';
import type { Execution, Kernel } from './kernel';
import { assembleModule } from './module';
import { TILE_KEYS, chooseTile } from './tile';
import { Uniforms } from './uniforms';

/** More queries than this are flash's business. */
export const MOST_QUERIES = 32;
const FEWEST_ROWS = 8;
const MOST_ROWS = 32;
/** Workgroups that keep a large GPU busy, and the fewest keys that are worth one. */
const WANTED_WORKGROUPS = 1024;
const FEWEST_KEYS = 256;
/** Partial results held at a time. */
const LARGEST_SCRATCH_BYTES = 64 * 2 ** 20;

/** Split keys, then merge; see shaders/decode_split.wgsl. */
export const decode: Kernel = {
  name: 'decode',
  summary:
    'For few queries: keys split among workgroups, each loaded once for all heads that share it.',

  refuses: ({ shape }) =>
    shape.queryLength > MOST_QUERIES
      ? {
          field: 'queryLength',
          value: shape.queryLength,
          allowed: `1 to ${MOST_QUERIES} for decode`,
        }
      : null,

  scratchBytes(problem) {
    const layout = splitLayout(problem);
    return layout.unitsAtOnce * layout.unitBytes;
  },

  async prepare(gpu, problem, operands): Promise<Execution> {
    const { limits } = gpu.device;
    const layout = splitLayout(problem);
    const tile = chooseTile(problem, limits, layout.rows);
    const modifiers = composeModifiers(problem.mask, problem.scoreModifiers, problem.sinks);
    const storeLogSumExp = operands.logSumExp !== undefined;
    const compile = async (label: string, files: readonly string[], slots: readonly Slot[]) => {
      const parts = { problem, tile, modifiers, storeLogSumExp, files };
      const code = assembleModule({ ...parts, rows: 'group' });
      const request = { label, code, bindings: bindingKinds(slots) };
      return { label, slots, pipeline: await gpu.unlessLost(gpu.pipelines.get(request)) };
    };
    const endSlots: Slot[] = storeLogSumExp ? ['logSumExp'] : [];
    const passes = await Promise.all([
      compile('decode split', SPLIT_FILES, ['query', 'key', 'value', 'scratch', 'ends']),
      compile('decode merge', [mergeWgsl], ['output', 'scratch', 'ends', ...endSlots]),
    ]);
    const cleanup = new Cleanup();
    try {
      const make = async (label: string, bytes: number) =>
        cleanup.add(await gpu.buffers.create(label, bytes, GPUBufferUsage.STORAGE));
      const results = layout.unitsAtOnce * layout.splits * layout.rows;
      const scratch = await make('decode outputs', results * layout.valueQuads * VECTOR_BYTES);
      const ends = await make('decode ends', results * END_BYTES);
      const uniforms = cleanup.add(
        await Uniforms.create(gpu, problem, modifiers, layout.keysPerSplit),
      );
      const groups = passes.map(({ label, pipeline, slots }) =>
        bind(gpu, label, pipeline, slots, uniforms, { ...operands, scratch, ends }),
      );
      const widths = [layout.splits, layout.rows];
      return {
        label: 'decode',
        units: layout.units,
        maxUnits: layout.unitsAtOnce,
        compileMs: passes.reduce((total, { pipeline }) => total + pipeline.compileMs, 0),
        prepare: (first, count) => uniforms.writePiece(first, count),
        encode(pass, _first, count) {
          passes.forEach(({ pipeline }, i) => {
            pass.setPipeline(pipeline.raw);
            pass.setBindGroup(0, groups[i]);
            pass.dispatchWorkgroups(widths[i], count);
          });
        },
        destroy: () => cleanup.destroy(),
      };
    } catch (error) {
      cleanup.destroy();
      throw error;
    }
  },
};

const SPLIT_FILES = [blockWgsl, scoreTileWgsl, valueBlockWgsl, attendWgsl, splitWgsl];
const VECTOR_BYTES = 16;
/** A maximum and a sum. */
const END_BYTES = 8;

/** How rows and keys are cut. A unit is a tile of the rows that share a key head, with all its splits. */
function splitLayout({ shape }: Problem) {
  const { batch, heads, kvHeads, queryLength, keyLength, valueSize } = shape;
  const rowsOfGroup = (heads / kvHeads) * queryLength;
  const rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, 2 ** Math.ceil(Math.log2(rowsOfGroup))));
  const units = batch * kvHeads * Math.ceil(rowsOfGroup / rows);
  const wanted = Math.ceil(WANTED_WORKGROUPS / units);
  const most = Math.ceil(keyLength / FEWEST_KEYS);
  const perSplit = Math.ceil(keyLength / Math.min(wanted, most));
  const keysPerSplit = Math.ceil(perSplit / TILE_KEYS) * TILE_KEYS;
  const splits = Math.ceil(keyLength / keysPerSplit);
  const valueQuads = Math.ceil(valueSize / 4);
  const unitBytes = splits * rows * (valueQuads * VECTOR_BYTES + END_BYTES);
  const unitsAtOnce = Math.max(
    1,
    Math.min(units, 65535, Math.floor(LARGEST_SCRATCH_BYTES / unitBytes)),
  );
  return { rows, units, keysPerSplit, splits, valueQuads, unitBytes, unitsAtOnce };
}
