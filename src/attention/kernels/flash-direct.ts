import flashDirectWgsl from '../../../shaders/flash_direct.wgsl?raw';
import attendDirectWgsl from '../../../shaders/shared/attend_direct.wgsl?raw';
import blockWgsl from '../../../shaders/shared/block.wgsl?raw';
import storeBlockWgsl from '../../../shaders/shared/store_block.wgsl?raw';
import { chooseKeyRows, directTile } from './direct';
import type { Kernel } from './kernel';
import { prepareExecution } from './passes';
import { unitCount } from './tile';

const FILES = [blockWgsl, storeBlockWgsl, attendDirectWgsl, flashDirectWgsl];

/** Fused attention in registers alone; see shaders/flash_direct.wgsl. */
export const flashDirect: Kernel = {
  name: 'flash-direct',
  summary: 'Fused, without barriers or workgroup memory: for software adapters.',
  scratchBytes: () => 0,

  prepare(gpu, problem, operands) {
    const keyRows = chooseKeyRows(gpu);
    const tile = directTile(gpu);
    const logSumExp = operands.logSumExp ? (['logSumExp'] as const) : [];
    return prepareExecution(gpu, problem, operands, {
      label: 'flash-direct',
      tile,
      rows: 'head',
      enable: keyRows.enable,
      passes: [
        {
          label: 'flash-direct',
          files: [keyRows.wgsl, ...FILES],
          slots: ['query', 'key', 'value', 'output', ...logSumExp],
          workgroups: (units) => [units],
        },
      ],
      units: unitCount(problem, tile),
      maxUnits: Infinity,
    });
  },
};
