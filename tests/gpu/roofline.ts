import { timerOf } from '../../src/bench/device-report';
import { fmaProbes, hasMatrices, matrixProbe } from '../../src/bench/roofline/compute-probes';
import { measureGpuCeilings } from '../../src/bench/roofline/measure';
import { memoryProbes, workgroupProbe } from '../../src/bench/roofline/memory-probes';
import { type Probe, ProbeError, runProbe } from '../../src/bench/roofline/probe';
import type { Gpu } from '../../src/webgpu/device';
import type { PipelineRequest } from '../../src/webgpu/pipelines';
import { PassTimer } from '../../src/webgpu/timing';
import { type KernelCase, type KernelSuite, Skipped, check, thrownBy } from '../support/suite';

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

/** The same device, compiling changed sources. */
function withChange(gpu: Gpu, find: string, replacement: string): Gpu {
  const pipelines = {
    get(request: PipelineRequest) {
      check(request.code.includes(find), `there is no "${find}" to change`);
      return gpu.pipelines.get({ ...request, code: request.code.replace(find, replacement) });
    },
  };
  return new Proxy(gpu, {
    get(real, name) {
      if (name === 'pipelines') return pipelines;
      const member = Reflect.get(real, name, real) as unknown;
      return typeof member === 'function' ? member.bind(real) : member;
    },
  });
}

async function measure(gpu: Gpu, probe: Probe): Promise<void> {
  const timer = await PassTimer.create(gpu);
  const prepared = await probe.prepare(gpu);
  try {
    await runProbe(gpu, prepared, { timer, resolution: await timerOf(gpu) });
  } finally {
    prepared.destroy();
    timer?.destroy();
  }
}

async function expectCeilings(gpu: Gpu): Promise<void> {
  const before = gpu.buffers.bytes;
  const start = performance.now();
  const ceilings = await measureGpuCeilings(gpu);
  const seconds = (performance.now() - start) / 1000;
  for (const { name, perSecond = 0, samples = [], message } of ceilings) {
    check(Number.isFinite(perSecond) && perSecond > 1e6, `${name}: ${perSecond}, ${message}`);
    check(samples.length >= 3, `${name}: ${samples.length} samples`);
  }
  const names = ceilings.map(({ name }) => name);
  const half = gpu.device.features.has('shader-f16') ? ['fma-f16'] : [];
  const matrices = hasMatrices(gpu) ? ['fma-matrix'] : [];
  const expected = ['fma-f32', ...half, ...matrices, 'memory', 'workgroup-memory'];
  check(String(names) === String(expected), `measured ${names}`);
  // What timestamps are read from stays, for the next one who reads.
  check(gpu.buffers.bytes - before < 2 ** 12, 'the probes left their buffers behind');
  const told = ceilings.map(
    ({ name, perSecond }) => `${name} ${(perSecond! / 1e9).toFixed(2)}e9/s`,
  );
  console.log(`roofline in ${seconds.toFixed(2)} s: ${told.join(', ')}`);
}

const cases: readonly KernelCase[] = [
  { name: 'measures every ceiling, and frees what it took', run: expectCeilings },
  {
    name: 'stops where its signal says',
    async run(gpu) {
      const signal = AbortSignal.abort(new Error('enough'));
      const error = await thrownBy(() => measureGpuCeilings(gpu, signal));
      check(error.message === 'enough', `threw ${error}`);
    },
  },
  ...MUTANTS.map(([name, probe, find, replacement]): KernelCase => ({
    name: `is caught with ${name}`,
    async run(gpu) {
      if (probe === matrixProbe && !hasMatrices(gpu)) {
        throw new Skipped('this device has no subgroup matrices');
      }
      const changed = withChange(gpu, find, replacement);
      // The fill of the memory probe comes from the same source: nothing in it changes.
      const error = await thrownBy(() => measure(changed, probe));
      check(error instanceof ProbeError, `threw ${error}`);
    },
  })),
];

/** What the device can do at most: see src/bench/roofline. */
export const roofline: KernelSuite = { name: 'roofline', cases };
