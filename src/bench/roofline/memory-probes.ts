import memoryWgsl from '../../../shaders/roofline/memory.wgsl?raw';
import workgroupWgsl from '../../../shaders/roofline/workgroup.wgsl?raw';
import type { Cleanup, CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { OutOfMemoryError } from '../../webgpu/errors';
import { dispatch } from '../../webgpu/pipelines';
import { runInPieces } from '../../webgpu/submission';
import { isSoftwareAdapter } from '../device-report';
import {
  MULTIPLIER,
  THREADS,
  bindBuffers,
  createUniform,
  declareConstants,
  prepareProbe,
  type Probe,
} from './probe';

const MEMORY_ROUNDS = 16;
/** Elements of 16 bytes per workgroup. */
const CHUNK = MEMORY_ROUNDS * 8 * THREADS;
const CHUNK_BYTES = 16 * CHUNK;
/** Larger than the caches of current GPUs; where it cannot be allocated, a smaller buffer is used. */
const MAX_BYTES = 256 * 2 ** 20;
/** On software adapters, caches hardly matter, and filling takes long. */
const SOFTWARE_BYTES = 64 * 2 ** 20;
const MIN_BYTES = 16 * 2 ** 20;

/** Strides between the elements of adjacent threads, and between successive loads of a thread. */
interface Strides {
  readonly thread: number;
  readonly load: number;
}

const INTERLEAVED: Strides = { thread: 1, load: THREADS };
const CONTIGUOUS: Strides = { thread: MEMORY_ROUNDS * 8, load: 1 };

export const memoryProbes: readonly Probe[] = [
  memoryProbe('interleaved', INTERLEAVED),
  memoryProbe('contiguous per thread', CONTIGUOUS),
];

const codeOf = ({ thread, load }: Strides): string => {
  const constants = { THREADS, ROUNDS: MEMORY_ROUNDS, MULTIPLIER };
  const strides = { THREAD_STRIDE: thread, LOAD_STRIDE: load };
  return `${declareConstants({ ...constants, ...strides })}\n${memoryWgsl}`;
};

function memoryProbe(variant: string, strides: Strides): Probe {
  return {
    variant,
    async prepare(gpu, owned) {
      const data = owned.add(await createData(gpu));
      const chunks = data.size / CHUNK_BYTES;
      const fillMs = await fillData(gpu, owned, data, chunks);
      const probe = await prepareProbe(gpu, owned, {
        label: 'roofline memory',
        code: codeOf(strides),
        parameters: new Uint32Array([chunks, 0, 0, 0]).buffer,
        inputs: { 1: data },
        resultBinding: 2,
        resultBytes: THREADS * 4,
        workOfUnit: CHUNK_BYTES,
        expected: (unit) => expectedMemorySums(unit % chunks, strides),
      });
      return { ...probe, compileMs: probe.compileMs + fillMs };
    },
  };
}

/** The largest buffer that limits and memory allow, in whole chunks. */
async function createData(gpu: Gpu): Promise<CountedBuffer> {
  const wanted = isSoftwareAdapter(gpu.info) ? SOFTWARE_BYTES : MAX_BYTES;
  const { maxBufferSize, maxStorageBufferBindingSize } = gpu.device.limits;
  const max = Math.min(wanted, maxBufferSize, maxStorageBufferBindingSize);
  for (let bytes = max; ; bytes /= 2) {
    const size = Math.max(1, Math.floor(bytes / CHUNK_BYTES)) * CHUNK_BYTES;
    try {
      return await gpu.buffers.create('roofline memory data', size, GPUBufferUsage.STORAGE);
    } catch (error) {
      if (!(error instanceof OutOfMemoryError) || bytes <= MIN_BYTES) throw error;
    }
  }
}

/** Writes the data in short submissions. Resolves with the milliseconds of compilation. */
async function fillData(
  gpu: Gpu,
  owned: Cleanup,
  data: CountedBuffer,
  chunks: number,
): Promise<number> {
  const label = 'roofline memory fill';
  const bindings = { 0: 'uniform', 3: 'read-write' } as const;
  const request = { label, code: codeOf(INTERLEAVED), entryPoint: 'fill', bindings };
  const pipeline = await gpu.raceLoss(gpu.pipelines.get(request));
  const uniform = await createUniform(gpu, owned, label, new ArrayBuffer(16));
  const group = await bindBuffers(gpu, label, pipeline.layout, { 0: uniform, 3: data });
  await runInPieces(gpu, {
    label,
    units: chunks,
    maxUnits: gpu.device.limits.maxComputeWorkgroupsPerDimension,
    prepare: (first) =>
      gpu.device.queue.writeBuffer(uniform.raw, 0, new Uint32Array([chunks, first])),
    encode: (pass, _first, count) => dispatch(pass, pipeline, group, count),
  });
  return pipeline.compileMs;
}

/** The sums of a workgroup's threads, modulo 2³²: four numbers per element. */
function expectedMemorySums(chunk: number, strides: Strides): Uint32Array<ArrayBuffer> {
  const sums = new Uint32Array(THREADS);
  const loads = MEMORY_ROUNDS * 8;
  // A thread's elements are evenly spaced, so their indices sum up as an arithmetic progression.
  const offsets = strides.load * ((loads * (loads - 1)) / 2);
  for (let thread = 0; thread < THREADS; thread++) {
    const indices = loads * (chunk * CHUNK + thread * strides.thread) + offsets;
    sums[thread] = Math.imul(4 * (indices % 2 ** 30), MULTIPLIER) + 6 * loads;
  }
  return sums;
}

const WORKGROUP_ROUNDS = 64;
/** Odd, so that rounds start at different positions of the tile. */
const WORKGROUP_STEP = 67;
const WORKGROUP_TILE = 8 * THREADS;
const WORKGROUP_LOADS = 2;

export const workgroupProbe: Probe = {
  variant: '16-byte loads',
  prepare(gpu, owned) {
    const sums = expectedWorkgroupSums();
    return prepareProbe(gpu, owned, {
      label: 'roofline workgroup memory',
      code: `${declareConstants({ THREADS, MULTIPLIER })}\n${workgroupWgsl}`,
      parameters: new Uint32Array([WORKGROUP_ROUNDS, WORKGROUP_STEP, 0, 0]).buffer,
      resultBinding: 1,
      resultBytes: THREADS * 4,
      workOfUnit: WORKGROUP_ROUNDS * WORKGROUP_LOADS * 16 * THREADS,
      expected: () => sums,
    });
  },
};

/** The sums of any workgroup's threads, modulo 2³². */
function expectedWorkgroupSums(): Uint32Array<ArrayBuffer> {
  const sums = new Uint32Array(THREADS);
  for (let thread = 0; thread < THREADS; thread++) {
    for (let round = 0; round < WORKGROUP_ROUNDS; round++) {
      for (let i = 0; i < WORKGROUP_LOADS; i++) {
        const index = (thread + round * WORKGROUP_STEP + i * THREADS) % WORKGROUP_TILE;
        sums[thread] += Math.imul(4 * index, MULTIPLIER) + 6;
      }
    }
  }
  return sums;
}
