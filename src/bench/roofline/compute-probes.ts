import { range, sum } from 'd3-array';
import fmaWgsl from '../../../shaders/roofline/fma.wgsl?raw';
import matrixWgsl from '../../../shaders/roofline/matrix.wgsl?raw';
import { chooseBlock, missingMatrixFeature } from '../../attention/kernels/flash-matrix';
import { type ElementType, encodeFloat16 } from '../../numeric/float16';
import type { Gpu, SubgroupMatrixConfig } from '../../webgpu/device';
import { upload } from '../../webgpu/transfer';
import { THREADS, declareConstants, prepareProbe, type Probe } from './probe';

/** As in the shader. */
const FMA_CHAINS = 8;
const FMA_UPDATES = 64;
/** Rounds of the loop: less than a millisecond per workgroup even in software. */
const FMA_ROUNDS = 16;
const FMA_FACTOR = 1;
const FMA_ADDEND = 1;

/**
 * Scalar chains suit devices whose threads are lanes, and leave software adapters enough registers; vector chains give
 * each thread more independent work. Neither is fastest everywhere.
 */
export const fmaProbes = (type: ElementType): readonly Probe[] => [
  fmaProbe(type, 'scalar', 1),
  fmaProbe(type, 'vec4', 4),
];

function fmaProbe(type: ElementType, variant: string, lanes: 1 | 4): Probe {
  const totals = expectedFmaTotals(lanes);
  return {
    variant,
    prepare: (gpu, owned) =>
      prepareProbe(gpu, owned, {
        label: `roofline fma ${type} ${variant}`,
        code: `${fmaPrelude(type, lanes)}\n${fmaWgsl}`,
        parameters: fmaParameters(),
        resultBinding: 1,
        resultBytes: THREADS * lanes * 4,
        workOfUnit: 2 * FMA_CHAINS * FMA_UPDATES * FMA_ROUNDS * lanes * THREADS,
        expected: () => totals,
      }),
  };
}

/** Aliases and constants for the element type and the width of vectors. */
function fmaPrelude(type: ElementType, lanes: 1 | 4): string {
  const vector = (element: string) => (lanes === 1 ? element : `vec4<${element}>`);
  return [
    ...(type === 'f16' ? ['enable f16;'] : []),
    `alias Element = ${type};`,
    `alias Vector = ${vector(type)};`,
    `alias Wide = ${vector('f32')};`,
    `const LANES = Vector(${lanes === 1 ? '0' : '0, 1, 2, 3'});`,
    declareConstants({ THREADS }),
  ].join('\n');
}

function fmaParameters(): ArrayBuffer {
  const data = new ArrayBuffer(16);
  new Uint32Array(data)[0] = FMA_ROUNDS;
  new Float32Array(data).set([FMA_FACTOR, FMA_ADDEND], 1);
  return data;
}

/** The totals of any workgroup's threads; start values repeat every eight threads. */
function expectedFmaTotals(lanes: number): Float32Array<ArrayBuffer> {
  const totals = new Float32Array(THREADS * lanes);
  for (let i = 0; i < totals.length; i++) {
    const [thread, lane] = [Math.floor(i / lanes), i % lanes];
    for (let round = 0; round < FMA_ROUNDS; round++) {
      for (let chain = 0; chain < FMA_CHAINS; chain++) {
        totals[i] += lane + ((round + thread) & 7) + 4 * chain + FMA_UPDATES * FMA_ADDEND;
      }
    }
  }
  return totals;
}

/** Sums of a subgroup, as shaders/roofline_matrix.wgsl spells them out. */
const MATRIX_CHAINS = 4;
/** Rounds of the loop: about a millisecond per workgroup even in software. */
const MATRIX_ROUNDS = 64;

/** Whether the device has the subgroup matrices of flash-matrix. */
export const hasMatrices = (gpu: Gpu): boolean => missingMatrixFeature(gpu) === null;

/** Products of blocks of the size that flash-matrix uses. */
export const matrixProbe: Probe = {
  variant: 'float16 to float32',
  async prepare(gpu, owned) {
    const block = chooseBlock(gpu)!;
    const { M, N, K } = block;
    const subgroupSize = gpu.info.subgroupMaxSize;
    const threads = Math.max(THREADS, subgroupSize);
    const subgroups = threads / subgroupSize;
    const factors = encodeFloat16(matrixFactors(block));
    const size = Math.ceil(factors.byteLength / 4) * 4;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
    const data = owned.add(await gpu.buffers.create('roofline matrix factors', size, usage));
    await upload(gpu, data, factors);
    const sums = expectedMatrixSums(block, subgroups);
    return prepareProbe(gpu, owned, {
      label: 'roofline matrix',
      code: `${matrixPrelude(block, threads, subgroups)}\n${matrixWgsl}`,
      parameters: new Uint32Array([MATRIX_ROUNDS, 0, 0, 0]).buffer,
      inputs: { 2: data },
      resultBinding: 1,
      resultBytes: sums.byteLength,
      workOfUnit: 2 * M * N * K * MATRIX_CHAINS * MATRIX_ROUNDS * subgroups,
      expected: () => sums,
    });
  },
};

function matrixPrelude(block: SubgroupMatrixConfig, threads: number, subgroups: number): string {
  const sizes = { MATRIX_ROWS: block.M, MATRIX_COLUMNS: block.N, MATRIX_DEPTH: block.K };
  return [
    'enable f16;',
    'enable subgroups;',
    'enable chromium_experimental_subgroup_matrix;',
    declareConstants({ THREADS: threads, SUBGROUPS: subgroups, ...sizes }),
  ].join('\n');
}

const leftFactor = (chain: number, row: number, k: number): number =>
  (row + 2 * k + chain) % MATRIX_CHAINS === 0 ? 1 : 0;
const rightFactor = (k: number, column: number): number => 1 + ((k + column) % 3);

/** The left factor of each chain, then the shared right one, in row-major order. */
function matrixFactors({ M, N, K }: SubgroupMatrixConfig): number[] {
  const left = range(MATRIX_CHAINS).flatMap((chain) =>
    range(M).flatMap((row) => range(K).map((k) => leftFactor(chain, row, k))),
  );
  const right = range(K).flatMap((k) => range(N).map((column) => rightFactor(k, column)));
  return [...left, ...right];
}

/** The sums of a workgroup, the same for each of its subgroups. Integers, exact in float32. */
function expectedMatrixSums({ M, N, K }: SubgroupMatrixConfig, subgroups: number) {
  const product = (chain: number, row: number, column: number) =>
    sum(range(K), (k) => leftFactor(chain, row, k) * rightFactor(k, column));
  const own = range(MATRIX_CHAINS).flatMap((chain) =>
    range(M).flatMap((row) =>
      range(N).map((column) => MATRIX_ROUNDS * product(chain, row, column)),
    ),
  );
  return new Float32Array(range(subgroups).flatMap(() => own));
}
