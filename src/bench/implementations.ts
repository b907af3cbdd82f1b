import { kernels } from '../attention/kernels/index';

/** What computes the products: a GPU's lanes, its subgroup matrices, or the CPU. Its ceiling counts. */
export type ComputeUnit = 'gpu' | 'matrix' | 'cpu';

/** An implementation of attention that the benchmark can run. */
export interface Implementation {
  readonly name: string;
  readonly where: 'gpu' | 'cpu';
  readonly unit: ComputeUnit;
  /** One sentence for people. */
  readonly summary: string;
}

export const implementations: readonly Implementation[] = [
  ...kernels.map(({ name, summary, onMatrices }): Implementation => ({
    name,
    where: 'gpu',
    unit: onMatrices ? 'matrix' : 'gpu',
    summary,
  })),
  { name: 'cpu', where: 'cpu', unit: 'cpu', summary: 'Plain TypeScript on one worker thread.' },
  {
    name: 'cpu-simd',
    where: 'cpu',
    unit: 'cpu',
    summary: 'WebAssembly SIMD, fused, on one thread per processor (at most eight).',
  },
];

export const findImplementation = (name: string): Implementation | undefined =>
  implementations.find((one) => one.name === name);
