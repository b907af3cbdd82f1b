import type { Gpu } from '../../webgpu/device';
import type { BindingKind, CompiledPipeline } from '../../webgpu/pipelines';
import { assembleModule } from '../kernels/module';
import type { ComposedModifiers } from '../modifiers/compose';
import type { Problem } from '../problem';
import type { MapShaders } from './shaders';

export type Slots = Readonly<Record<string, readonly [binding: number, kind: BindingKind]>>;

/** Binding numbers of group 0; the operands' and uniforms' are those of all kernels. */
const COMMON = {
  parameters: [0, 'uniform'],
  piece: [1, 'uniform'],
  query: [2, 'read'],
  key: [3, 'read'],
  data: [8, 'read'],
  order: [11, 'read'],
} as const;
const WALK: Slots = { ...COMMON, rows: [7, 'read-write'], marks: [10, 'read'] };
const CELLS: Slots = {
  ...COMMON,
  rows: [7, 'read'],
  cells: [9, 'read-write'],
  region: [12, 'uniform'],
};

/** A compiled kernel of maps, and what it binds where. */
export interface MapProgram {
  readonly label: string;
  readonly pipeline: CompiledPipeline;
  readonly slots: Slots;
}

export interface MapPrograms {
  /** What a walk over the keys tells of rows. */
  readonly walk: MapProgram;
  /** Cells of a region, from walked rows. */
  readonly cells: MapProgram;
}

/** @throws ShaderError, DeviceLostError. */
export async function compileMaps(
  gpu: Gpu,
  problem: Problem,
  shaders: MapShaders,
  modifiers: ComposedModifiers,
): Promise<MapPrograms> {
  const { tile, enable } = shaders;
  const compile = async (label: string, files: readonly string[], slots: Slots) => {
    const rows = 'head' as const;
    const parts = { problem, tile, enable, modifiers, rows, storeLogSumExp: false, files };
    const code = assembleModule(parts);
    const bindings = Object.fromEntries(Object.values(slots)) as Record<number, BindingKind>;
    const pipeline = await gpu.unlessLost(gpu.pipelines.get({ label, code, bindings }));
    return { label, pipeline, slots };
  };
  const [walk, cells] = await Promise.all([
    compile('row walk', shaders.walk, WALK),
    compile('map cells', shaders.cells, CELLS),
  ]);
  return { walk, cells };
}
