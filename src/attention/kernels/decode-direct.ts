import severalWgsl from '../../../shaders/decode_split_direct.wgsl?raw';
import singleWgsl from '../../../shaders/decode_split_single.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import blockSoftmaxWgsl from '../../../shaders/shared/block_softmax.wgsl?raw';
import clampedRowsWgsl from '../../../shaders/shared/clamped_rows.wgsl?raw';
import teamWgsl from '../../../shaders/shared/team.wgsl?raw';
import type { Gpu } from '../../webgpu/device';
import { LANES, canShareLoads } from './direct';
import { splitKeys } from './split-keys';

/** Rows that a team of four lanes shares unless there is but one, and keys that it takes in a step: as in the shader. */
const ROWS = 4;
const TEAM_KEYS = 64;
const MOST_TEAMS = 8;

/** As many teams as fill a subgroup. */
const teams = (gpu: Gpu): number =>
  Math.min(MOST_TEAMS, (gpu.info.subgroupMinSize ?? LANES) / LANES);

/** Decoding without barriers or workgroup memory; see shaders/decode_split_direct.wgsl. */
export const decodeDirect = splitKeys({
  name: 'decode-direct',
  summary: 'For few queries, without barriers or workgroup memory: for software adapters.',
  splitting: { workgroups: 64, fewestKeys: 512 },
  files: (rows) => [
    blockWgsl,
    blockSoftmaxWgsl,
    clampedRowsWgsl,
    teamWgsl,
    rows === 1 ? singleWgsl : severalWgsl,
  ],
  enable: ['subgroups'],
  lacks: (gpu) => (canShareLoads(gpu) ? null : 'subgroups of four or more'),
  rows: (rowsOfGroup) => (rowsOfGroup === 1 ? 1 : ROWS),
  tile: (_problem, gpu, rows) => ({ queries: rows, keys: TEAM_KEYS * teams(gpu) }),
  keysOfPart: TEAM_KEYS,
  parts: (gpu) => (gpu ? teams(gpu) : MOST_TEAMS),
});
