import broadcastWgsl from '../../../shaders/shared/key_rows_broadcast.wgsl?raw';
import loadedWgsl from '../../../shaders/shared/key_rows_loaded.wgsl?raw';
import type { Gpu } from '../../webgpu/device';
import type { Tile } from './tile';

/** Rows of a thread and keys of a tile; see shaders/shared/attend_direct.wgsl. */
export const ROWS_OF_THREAD = 8;
const TILE_KEYS = 16;
/** Lanes that share what they load. */
const FEWEST_LANES = 4;
const MOST_THREADS = 32;

/** Whether subgroups are there, and never smaller than the four lanes that share a load. */
const canBroadcast = ({ device, info }: Gpu): boolean =>
  device.features.has('subgroups') && info.subgroupMinSize >= FEWEST_LANES;

/** How keys and values reach registers on this device. */
export const chooseKeyRows = (gpu: Gpu) =>
  canBroadcast(gpu)
    ? ({ wgsl: broadcastWgsl, enable: ['subgroups'] } as const)
    : ({ wgsl: loadedWgsl, enable: [] } as const);

/** One subgroup's rows: more would only make masks coarser, for threads do not work together beyond it. */
export function directTile(gpu: Gpu, queries = Infinity): Tile {
  const lanes = canBroadcast(gpu) ? gpu.info.subgroupMaxSize : FEWEST_LANES;
  const threads = Math.min(MOST_THREADS, Math.max(FEWEST_LANES, lanes));
  return { queries: Math.min(queries, threads * ROWS_OF_THREAD), keys: TILE_KEYS };
}
