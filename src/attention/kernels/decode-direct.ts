import splitWgsl from '../../../shaders/decode_split_direct.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import type { Gpu } from '../../webgpu/device';
import { LANES, canShareLoads } from './direct';
import { splitKeys } from './split-keys';

/** Rows that a team of four lanes shares, and keys that it takes in a step: as in the shader. */
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
  files: [blockWgsl, splitWgsl],
  enable: ['subgroups'],
  lacks: (gpu) => (canShareLoads(gpu) ? null : 'subgroups of four or more'),
  rows: () => ROWS,
  tile: (_problem, gpu) => ({ queries: ROWS, keys: TEAM_KEYS * teams(gpu) }),
  keysOfPart: TEAM_KEYS,
  parts: (gpu) => (gpu ? teams(gpu) : MOST_TEAMS),
});
