import fmaWgsl from '../../../shaders/roofline_fma.wgsl?raw';
import { type ElementType } from '../../numeric/element-type';
import { THREADS, prepareProbe } from './prepare';
import type { Probe } from './probe';

/** What shaders/roofline_fma.wgsl spells out. */
const CHAINS = 8;
const UPDATES = 64;
/** Rounds of the loop: a workgroup is over in less than a millisecond even in software. */
const ROUNDS = 16;
const FACTOR = 1;
const ADDEND = 1;

/**
 * Chains of single numbers suit devices whose threads are lanes, and leave software adapters enough
 * registers; chains of vectors give a thread more to do at a time. Neither is best everywhere.
 */
export const fmaProbes = (type: ElementType): readonly Probe[] => [
  fmaProbe(type, 'scalar', 1),
  fmaProbe(type, 'vec4', 4),
];

function fmaProbe(type: ElementType, variant: string, lanes: 1 | 4): Probe {
  const totals = expectedTotals(lanes);
  return {
    variant,
    prepare: (gpu) =>
      prepareProbe(gpu, {
        label: `roofline fma ${type} ${variant}`,
        code: `${preludeOf(type, lanes)}\n${fmaWgsl}`,
        parameters: parameters(),
        resultBinding: 1,
        resultBytes: THREADS * lanes * 4,
        workOfUnit: 2 * CHAINS * UPDATES * ROUNDS * lanes * THREADS,
        expected: () => totals,
      }),
  };
}

/** Constants and aliases: which numbers, and how many to a vector. */
function preludeOf(type: ElementType, lanes: 1 | 4): string {
  const vector = (element: string) => (lanes === 1 ? element : `vec4<${element}>`);
  return [
    ...(type === 'f16' ? ['enable f16;'] : []),
    `alias Element = ${type};`,
    `alias Vector = ${vector(type)};`,
    `alias Wide = ${vector('f32')};`,
    `const LANES = Vector(${lanes === 1 ? '0' : '0, 1, 2, 3'});`,
    `const THREADS: u32 = ${THREADS}u;`,
  ].join('\n');
}

function parameters(): ArrayBuffer {
  const data = new ArrayBuffer(16);
  new Uint32Array(data)[0] = ROUNDS;
  new Float32Array(data).set([FACTOR, ADDEND], 1);
  return data;
}

/** What the threads of any workgroup end with: starts repeat every eight threads. */
function expectedTotals(lanes: number): Float32Array<ArrayBuffer> {
  const totals = new Float32Array(THREADS * lanes);
  for (let i = 0; i < totals.length; i++) {
    const [thread, lane] = [Math.floor(i / lanes), i % lanes];
    for (let round = 0; round < ROUNDS; round++) {
      for (let chain = 0; chain < CHAINS; chain++) {
        totals[i] += lane + ((round + thread) & 7) + 4 * chain + UPDATES * ADDEND;
      }
    }
  }
  return totals;
}
