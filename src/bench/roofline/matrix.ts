import matrixWgsl from '../../../shaders/roofline_matrix.wgsl?raw';
import { chooseBlock, lacksMatrices } from '../../attention/kernels/matrix-tile';
import { encodeFloat16 } from '../../numeric/float16';
import type { Gpu } from '../../webgpu/device';
import type { SubgroupMatrixConfig } from '../../webgpu/subgroup-matrix';
import { upload } from '../../webgpu/transfer';
import { THREADS, prepareProbe } from './prepare';
import type { PreparedProbe, Probe } from './probe';

/** Sums of a subgroup, as shaders/roofline_matrix.wgsl spells them out. */
const CHAINS = 4;
/** Rounds of the loop: a workgroup is over in about a millisecond even in software. */
const ROUNDS = 64;

/** Whether the device has what flash-matrix computes with. */
export const hasMatrices = (gpu: Gpu): boolean => lacksMatrices(gpu) === null;

/** Products of the blocks that flash-matrix uses. */
export const matrixProbe: Probe = { variant: 'float16 to float32', prepare };

async function prepare(gpu: Gpu): Promise<PreparedProbe> {
  const block = chooseBlock(gpu)!;
  const { M, N, K } = block;
  const subgroupSize = gpu.info.subgroupMaxSize;
  const threads = Math.max(THREADS, subgroupSize);
  const subgroups = threads / subgroupSize;
  const factors = encodeFloat16(factorsOf(block));
  const data = await gpu.buffers.create(
    'roofline matrix factors',
    Math.ceil(factors.byteLength / 4) * 4,
    GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
  );
  try {
    await upload(gpu, data, factors);
    const sums = expectedSums(block, subgroups);
    const probe = await prepareProbe(gpu, {
      label: 'roofline matrix',
      code: `${preludeOf(block, threads, subgroups)}\n${matrixWgsl}`,
      parameters: new Uint32Array([ROUNDS, 0, 0, 0]).buffer,
      inputs: { 2: data },
      resultBinding: 1,
      resultBytes: sums.byteLength,
      workOfUnit: 2 * M * N * K * CHAINS * ROUNDS * subgroups,
      expected: () => sums,
    });
    const destroy = () => {
      probe.destroy();
      data.destroy();
    };
    return { ...probe, destroy };
  } catch (error) {
    data.destroy();
    throw error;
  }
}

function preludeOf({ M, N, K }: SubgroupMatrixConfig, threads: number, subgroups: number): string {
  const constants = {
    THREADS: threads,
    SUBGROUPS: subgroups,
    MATRIX_ROWS: M,
    MATRIX_COLUMNS: N,
    MATRIX_DEPTH: K,
  };
  return [
    'enable f16;',
    'enable subgroups;',
    'enable chromium_experimental_subgroup_matrix;',
    ...Object.entries(constants).map(([name, value]) => `const ${name}: u32 = ${value}u;`),
  ].join('\n');
}

const leftAt = (chain: number, row: number, k: number): number =>
  (row + 2 * k + chain) % CHAINS === 0 ? 1 : 0;
const rightAt = (k: number, column: number): number => 1 + ((k + column) % 3);

/** The left factor of each chain, then the right one that all share; row by row. */
function factorsOf({ M, N, K }: SubgroupMatrixConfig): number[] {
  const factors: number[] = [];
  for (let chain = 0; chain < CHAINS; chain++) {
    for (let row = 0; row < M; row++) {
      for (let k = 0; k < K; k++) factors.push(leftAt(chain, row, k));
    }
  }
  for (let k = 0; k < K; k++) {
    for (let column = 0; column < N; column++) factors.push(rightAt(k, column));
  }
  return factors;
}

/** What a workgroup ends with: the same for each of its subgroups. Whole numbers, exact in float32. */
function expectedSums({ M, N, K }: SubgroupMatrixConfig, subgroups: number) {
  const own: number[] = [];
  for (let chain = 0; chain < CHAINS; chain++) {
    for (let row = 0; row < M; row++) {
      for (let column = 0; column < N; column++) {
        let sum = 0;
        for (let k = 0; k < K; k++) sum += leftAt(chain, row, k) * rightAt(k, column);
        own.push(sum * ROUNDS);
      }
    }
  }
  return new Float32Array(Array.from({ length: subgroups }, () => own).flat());
}
