import workgroupWgsl from '../../../shaders/roofline_workgroup.wgsl?raw';
import { MULTIPLIER, THREADS, prepareProbe } from './prepare';
import type { Probe } from './probe';

const ROUNDS = 64;
/** Odd, so that rounds begin all over the tile. */
const STEP = 67;
const TILE = 8 * THREADS;
/** Loads of a round; see shaders/roofline_workgroup.wgsl. */
const LOADS = 2;

export const workgroupProbe: Probe = {
  variant: '16-byte loads',
  prepare: (gpu) =>
    prepareProbe(gpu, {
      label: 'roofline workgroup memory',
      code: [
        `const THREADS: u32 = ${THREADS}u;`,
        `const MULTIPLIER: u32 = ${MULTIPLIER}u;`,
        workgroupWgsl,
      ].join('\n'),
      parameters: new Uint32Array([ROUNDS, STEP, 0, 0]).buffer,
      resultBinding: 1,
      resultBytes: THREADS * 4,
      workOfUnit: ROUNDS * LOADS * 16 * THREADS,
      expected: expectedSums,
    }),
};

let known: Uint32Array<ArrayBuffer> | undefined;

/** What the threads of any workgroup sum up, modulo 2³². */
function expectedSums(): Uint32Array<ArrayBuffer> {
  if (known) return known;
  known = new Uint32Array(THREADS);
  for (let thread = 0; thread < THREADS; thread++) {
    for (let round = 0; round < ROUNDS; round++) {
      for (let i = 0; i < LOADS; i++) {
        const index = (thread + round * STEP + i * THREADS) % TILE;
        known[thread] += Math.imul(4 * index, MULTIPLIER) + 6;
      }
    }
  }
  return known;
}
