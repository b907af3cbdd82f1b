import { kernels } from '../attention/kernels/index';

/** A GPU's lanes, its subgroup matrices, or the CPU. */
export type ComputeUnit = 'gpu' | 'matrix' | 'cpu';

/** One competitor, as data: the page, the terminal and the measurements all read this list. */
export interface Implementation {
  readonly name: string;
  readonly where: 'gpu' | 'cpu';
  /** What computes its products, whose ceiling counts. */
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
    summary: 'WebAssembly SIMD, fused, on a thread for each processor (up to eight).',
  },
];

export const findImplementation = (wanted: string): Implementation | undefined =>
  implementations.find(({ name }) => name === wanted);
