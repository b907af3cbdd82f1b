import logSumExpDropped from '../../../shaders/shared/log_sum_exp_dropped.wgsl?raw';
import logSumExpStored from '../../../shaders/shared/log_sum_exp_stored.wgsl?raw';
import modifiersWgsl from '../../../shaders/shared/modifiers.wgsl?raw';
import parametersWgsl from '../../../shaders/shared/parameters.wgsl?raw';
import rowsOfGroup from '../../../shaders/shared/rows_of_group.wgsl?raw';
import rowsOfHead from '../../../shaders/shared/rows_of_head.wgsl?raw';
import scalarOperands from '../../../shaders/shared/operands_scalar.wgsl?raw';
import finishSoftmaxWgsl from '../../../shaders/shared/finish_softmax.wgsl?raw';
import vec4Operands from '../../../shaders/shared/operands_vec4.wgsl?raw';
import type { ElementType } from '../../numeric/float16';
import type { ComposedModifiers } from '../modifiers/compose';
import type { Problem } from '../problem';
import type { Tile } from './tile';

export interface ModuleParts {
  readonly problem: Problem;
  readonly tile: Tile;
  readonly modifiers: ComposedModifiers;
  readonly storeLogSumExp: boolean;
  /** Whose rows make a tile: one head's queries (the default), or those of all heads that share a key head. */
  readonly rows?: 'head' | 'group';
  /** Operands as single values even where rows are whole vectors: matrices can be loaded only from those. */
  readonly operands?: 'scalar';
  /** Constants besides the tile's, whole numbers by name. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Language extensions, by name. */
  readonly enable?: readonly string[];
  /** The kernel's own files. */
  readonly files: readonly string[];
}

/** Files that any kernel's modules may include besides its own. */
export const sharedSources: readonly string[] = [
  parametersWgsl,
  modifiersWgsl,
  vec4Operands,
  scalarOperands,
  rowsOfHead,
  rowsOfGroup,
  finishSoftmaxWgsl,
  logSumExpStored,
  logSumExpDropped,
];

/**
 * Assembles a shader module: constants, what all kernels share, the modifiers, and the kernel's own files.
 * WGSL accepts module-scope declarations in any order, so concatenation suffices.
 */
export function assembleModule(parts: ModuleParts): string {
  const { problem, tile, modifiers } = parts;
  const constants = [
    declareElement(problem.type, parts.enable),
    `const HEAD_SIZE: u32 = ${problem.shape.headSize}u;`,
    `const VALUE_SIZE: u32 = ${problem.shape.valueSize}u;`,
    `const TILE_QUERIES: u32 = ${tile.queries}u;`,
    `const TILE_KEYS: u32 = ${tile.keys}u;`,
    `const ROWS_OF_THREAD: u32 = ${tile.rowsOfThread ?? 4}u;`,
    `const VALUES_STAGED: bool = ${tile.valuesStaged ?? false};`,
    ...(tile.queriesResident === undefined
      ? []
      : [`const QUERIES_RESIDENT: bool = ${tile.queriesResident};`]),
    ...Object.entries(parts.constants ?? {}).map(([name, n]) => `const ${name}: u32 = ${n}u;`),
  ];
  return [
    ...constants,
    parametersWgsl,
    modifiersWgsl,
    modifiers.wgsl,
    parts.operands !== 'scalar' && hasWholeVectors(problem) ? vec4Operands : scalarOperands,
    parts.rows === 'group' ? rowsOfGroup : rowsOfHead,
    finishSoftmaxWgsl,
    parts.storeLogSumExp ? logSumExpStored : logSumExpDropped,
    ...parts.files,
  ].join('\n');
}

/** Declares the storage type of tensors, after the extensions, which must come first in a module. */
export function declareElement(type: ElementType, extensions: readonly string[] = []): string {
  const enabled = type === 'f16' ? ['f16', ...extensions] : extensions;
  return [...enabled.map((name) => `enable ${name};`), `alias Element = ${type};`].join('\n');
}

/** Whether every row of every operand starts and ends at a multiple of four values. */
function hasWholeVectors({ shape }: Problem): boolean {
  return shape.headSize % 4 === 0 && shape.valueSize % 4 === 0;
}
