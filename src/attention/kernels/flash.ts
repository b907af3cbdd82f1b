import flashWgsl from '../../../shaders/kernels/flash.wgsl?raw';
import attendWgsl from '../../../shaders/shared/attend.wgsl?raw';
import stateNewWgsl from '../../../shaders/shared/state_new.wgsl?raw';
import stateResumedWgsl from '../../../shaders/shared/state_resumed.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import scoreTileWgsl from '../../../shaders/shared/score_tile.wgsl?raw';
import storeBlockWgsl from '../../../shaders/shared/store_block.wgsl?raw';
import valueBlockWgsl from '../../../shaders/shared/value_block.wgsl?raw';
import weightedValuesWgsl from '../../../shaders/shared/weighted_values.wgsl?raw';
import { formatBytes } from '../../webgpu/errors';
import type { Problem } from '../problem';
import { FUSED, type Kernel, rankVariant } from './kernel';
import { prepareExecution } from './passes';
import {
  type Tile,
  TILE_QUERIES,
  affordableKeys,
  chooseTile,
  keysAtOnce,
  minWorkgroupBytes,
  threadsOf,
  unitCount,
  unitsWithRoom,
} from './tile';

const FILES = [
  blockWgsl,
  scoreTileWgsl,
  valueBlockWgsl,
  weightedValuesWgsl,
  storeBlockWgsl,
  attendWgsl,
  flashWgsl,
];
/** Keeps a workgroup below 25 ms at 0.4 GFLOP/s (software) or 20 (GPU). */
const AT_ONCE = { software: 1e7, gpu: 5e8 };
/** `AttentionState` in shaders/shared/attend.wgsl: four vectors and eight matrices. */
const STATE_BYTES = 2 * 2 * 16 + 4 * 2 * 64;
/** Most bytes of saved state of tiles in flight. */
const MAX_SCRATCH_BYTES = 8 * 2 ** 20;

interface Blocking extends Pick<Kernel, 'rank'> {
  readonly name: string;
  readonly summary: string;
  /** Queries of a tile and of a thread. */
  readonly queries: number;
  readonly rowsOfThread: 4 | 8;
  /** Whether values are staged in workgroup memory; by default threads load them from storage. */
  readonly valuesStaged?: boolean;
}

/** Fused attention with an online softmax and a given blocking; see shaders/kernels/flash.wgsl. */
function flashWith(blocking: Blocking): Kernel {
  const { name, summary, rank, queries, rowsOfThread, valuesStaged } = blocking;
  const tileFor = (problem: Problem, limits: GPUSupportedLimits) =>
    chooseTile(problem, limits, queries, blocking);
  return {
    name,
    summary,
    rank,
    sources: [
      ...FILES,
      stateNewWgsl,
      stateResumedWgsl,
      `${queries} queries, ${rowsOfThread} a thread, values ${valuesStaged ? 'staged' : 'stored'}`,
    ],
    /** SwiftShader needs seconds to compile the variants, and runs them no faster than `flash`. */
    missingFeature({ device, info }) {
      const needed = minWorkgroupBytes(queries, valuesStaged);
      if (device.limits.maxComputeWorkgroupStorageSize < needed) {
        return `${formatBytes(needed)} of workgroup memory`;
      }
      const slow = info.architecture === 'swiftshader' && (rowsOfThread > 4 || valuesStaged);
      return slow ? 'quick barriers' : null;
    },

    scratchBytes(problem, limits) {
      const tile = tileFor(problem, limits);
      const keys = affordableKeys(problem, tile, AT_ONCE.software);
      return keys < problem.shape.keyLength ? tilesInFlight(problem, tile) * stateBytes(tile) : 0;
    },

    prepare(gpu, problem, operands) {
      const tile = tileFor(problem, gpu.device.limits);
      const keys = keysAtOnce(problem, tile, gpu, AT_ONCE);
      const inParts = keys < problem.shape.keyLength;
      const width = tilesInFlight(problem, tile);
      return prepareExecution(gpu, problem, operands, {
        label: name,
        tile,
        passes: [
          {
            files: [...FILES, inParts ? stateResumedWgsl : stateNewWgsl],
            slots: ['query', 'key', 'value', 'output', 'scratch', 'logSumExp'],
          },
        ],
        units: unitCount(problem, tile),
        maxUnits: inParts ? width : Infinity,
        keysAtOnce: keys,
        scratch: inParts ? { scratch: width * stateBytes(tile) } : undefined,
      });
    },
  };
}

/** Fits every device. */
export const flash = flashWith({
  name: 'flash',
  summary: 'Fused: online softmax, scores never stored.',
  rank: () => ({ rank: 2, reasons: [FUSED] }),
  queries: TILE_QUERIES,
  rowsOfThread: 4,
});

/** Twice as many rows per thread: a third fewer loads for each multiply-add, and twice the registers. */
export const flashWide = flashWith({
  name: 'flash-wide',
  summary: 'Fused, with eight rows a thread: fewer loads, more registers.',
  rank: rankVariant(
    'Eight rows a thread load less and hold more registers: perhaps faster, for tuning to find out.',
  ),
  queries: 2 * TILE_QUERIES,
  rowsOfThread: 8,
});

/** Values staged like keys: each is loaded once for all of a tile's rows, at the cost of more barriers. */
export const flashStaged = flashWith({
  name: 'flash-staged',
  summary: 'Fused, with values through workgroup memory as well as keys.',
  rank: rankVariant(
    'Values through workgroup memory are loaded once for all rows, for more barriers: perhaps faster, for tuning to find out.',
  ),
  queries: TILE_QUERIES,
  rowsOfThread: 4,
  valuesStaged: true,
});

const stateBytes = (tile: Tile): number => threadsOf(tile) * STATE_BYTES;

const tilesInFlight = (problem: Problem, tile: Tile): number =>
  unitsWithRoom(unitCount(problem, tile), stateBytes(tile), MAX_SCRATCH_BYTES);
