import broadcastWgsl from '../../../shaders/shared/key_rows_broadcast.wgsl?raw';
import loadedWgsl from '../../../shaders/shared/key_rows_loaded.wgsl?raw';
import type { Target } from './target';
import type { Tile } from './tile';

/** Rows of a thread and keys of a tile; see shaders/shared/attend_direct.wgsl. */
export const ROWS_OF_THREAD = 8;
const TILE_KEYS = 16;
/** Lanes that share what they load. */
export const LANES = 4;
const MOST_THREADS = 32;
/** The most rows of a tile. */
export const MOST_QUERIES = MOST_THREADS * ROWS_OF_THREAD;

/** Whether subgroups are there, and never smaller than the four lanes that share a load. */
export const canShareLoads = ({ device, info }: Target): boolean =>
  device.features.has('subgroups') && (info.subgroupMinSize ?? 0) >= LANES;

/** Both ways that keys and values may take. */
export const keyRowsSources: readonly string[] = [broadcastWgsl, loadedWgsl];

/** How keys and values reach registers on this device. */
export const chooseKeyRows = (gpu: Target) =>
  canShareLoads(gpu)
    ? ({ wgsl: broadcastWgsl, enable: ['subgroups'] } as const)
    : ({ wgsl: loadedWgsl, enable: [] } as const);

/** One subgroup's rows: more would only make masks coarser, for threads do not work together beyond it. */
export function directTile(gpu: Target): Tile {
  const lanes = (canShareLoads(gpu) && gpu.info.subgroupMaxSize) || LANES;
  const threads = Math.min(MOST_THREADS, Math.max(LANES, lanes));
  return { queries: threads * ROWS_OF_THREAD, keys: TILE_KEYS, rowsOfThread: ROWS_OF_THREAD };
}
