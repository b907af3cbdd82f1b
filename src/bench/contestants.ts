import { kernels } from '../attention/kernels/index';

/** One competitor, as data: the page, the terminal and the measurements all read this list. */
export interface Contestant {
  readonly name: string;
  readonly where: 'gpu' | 'cpu';
  /** One sentence for people. */
  readonly summary: string;
}

export const contestants: readonly Contestant[] = [
  ...kernels.map(({ name, summary }) => ({ name, where: 'gpu' as const, summary })),
  { name: 'cpu', where: 'cpu', summary: 'Plain TypeScript on one worker thread.' },
  {
    name: 'cpu-simd',
    where: 'cpu',
    summary: 'WebAssembly SIMD, fused, on a thread for each processor (up to eight).',
  },
];

export const findContestant = (wanted: string): Contestant | undefined =>
  contestants.find(({ name }) => name === wanted);
