import { assert, describe } from 'vitest';
import { timerOf } from '../../src/bench/device-report';
import { fmaProbes, hasMatrices, matrixProbe } from '../../src/bench/roofline/compute-probes';
import { measureGpuCeilings, measureProbe } from '../../src/bench/roofline/measure';
import { memoryProbes, workgroupProbe } from '../../src/bench/roofline/memory-probes';
import { type Probe, ProbeError } from '../../src/bench/roofline/probe';
import type { Gpu } from '../../src/webgpu/device';
import { PassTimer } from '../../src/webgpu/timing';
import { test, thrownBy } from '../support/gpu';
import { withMutation } from '../support/mutation';

/** Probes made wrong: each computes something else, and would tell of a speed that is not there. */
const MUTANTS: readonly (readonly [string, Probe, string, string])[] = [
  [
    'an update less',
    fmaProbes('f32')[0],
    'return update_4(thrice, factor, addend);',
    'return thrice;',
  ],
  [
    'a lane idle',
    fmaProbes('f32')[1],
    'fma(x.h, factor, addend)',
    'fma(x.h, factor, vec4<f32>(addend.xyz, 0))',
  ],
  ['half of the memory', memoryProbes[0], 'round < ROUNDS', 'round < ROUNDS / 2u'],
  ['the same load twice', memoryProbes[1], 'at + 7u * LOAD_STRIDE', 'at + 6u * LOAD_STRIDE'],
  ['the same place in each round', workgroupProbe, 'at += probe.step;', ''],
  [
    'a chain that stands still',
    matrixProbe,
    'sums_3 = subgroupMatrixMultiplyAccumulate(left_3, right, sums_3);',
    'sums_3 = subgroupMatrixMultiplyAccumulate(left_2, right, sums_2);',
  ],
];

async function measure(gpu: Gpu, probe: Probe): Promise<void> {
  const timer = await PassTimer.create(gpu);
  try {
    await measureProbe(gpu, probe, { timer, resolution: await timerOf(gpu) });
  } finally {
    timer?.destroy();
  }
}

async function expectCeilings(gpu: Gpu): Promise<void> {
  const before = gpu.buffers.bytes;
  const start = performance.now();
  const ceilings = await measureGpuCeilings(gpu);
  const seconds = (performance.now() - start) / 1000;
  for (const { name, perSecond = 0, samples = [], message } of ceilings) {
    assert(Number.isFinite(perSecond) && perSecond > 1e6, `${name}: ${perSecond}, ${message}`);
    assert(samples.length >= 3, `${name}: ${samples.length} samples`);
  }
  const names = ceilings.map(({ name }) => name);
  const half = gpu.device.features.has('shader-f16') ? ['fma-f16'] : [];
  const matrices = hasMatrices(gpu) ? ['fma-matrix'] : [];
  const expected = ['fma-f32', ...half, ...matrices, 'memory', 'workgroup-memory'];
  assert(String(names) === String(expected), `measured ${names}`);
  // What timestamps are read from stays, for the next one who reads.
  assert(gpu.buffers.bytes - before < 2 ** 12, 'the probes left their buffers behind');
  const told = ceilings.map(
    ({ name, perSecond }) => `${name} ${(perSecond! / 1e9).toFixed(2)}e9/s`,
  );
  console.log(`roofline in ${seconds.toFixed(2)} s: ${told.join(', ')}`);
}

/** What the device can do at most: see src/bench/roofline. */
describe('roofline', () => {
  test('measures every ceiling, and frees what it took', ({ gpu }) => expectCeilings(gpu));

  test('stops where its signal says', async ({ gpu }) => {
    const signal = AbortSignal.abort(new Error('enough'));
    const error = await thrownBy(() => measureGpuCeilings(gpu, signal));
    assert(error.message === 'enough', `threw ${error}`);
  });

  test.for(MUTANTS)('is caught with %s', async ([, probe, find, replace], { gpu, skip }) => {
    skip(probe === matrixProbe && !hasMatrices(gpu), 'this device has no subgroup matrices');
    // The fill of the memory probe comes from the same source: nothing in it changes.
    const error = await thrownBy(() =>
      withMutation(gpu, { find, replace }, (mutated) => measure(mutated, probe)),
    );
    assert(error instanceof ProbeError, `threw ${error}`);
  });
});
