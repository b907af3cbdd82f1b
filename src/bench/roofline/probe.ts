import { Cleanup, type CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import { withErrorScopes } from '../../webgpu/errors';
import { type BindingKind, dispatch } from '../../webgpu/pipelines';
import { runInPieces } from '../../webgpu/submission';
import type { PassTimer, TimerResolution } from '../../webgpu/timing';

/** A probe computed a wrong result, so its rate is no ceiling. */
export class ProbeError extends Error {
  override name = 'ProbeError';
}

export interface Probe {
  /** Its variant; where there are several, the fastest counts. */
  readonly variant: string;
  /** Compiles, and allocates what `owned` keeps. @throws ShaderError; OutOfMemoryError; DeviceLostError. */
  prepare(gpu: Gpu, owned: Cleanup): Promise<PreparedProbe>;
}

export interface PreparedProbe {
  readonly label: string;
  readonly compileMs: number;
  /** Operations or bytes per unit. */
  readonly workOfUnit: number;
  readonly maxUnits: number;
  encode(pass: GPUComputePassEncoder, units: number): void;
  /** Reads back the results of the last run, of `units` units. @throws ProbeError where they are wrong. */
  check(units: number): Promise<void>;
}

/** Threads per workgroup, in every probe. */
export const THREADS = 64;
/** Odd, with bits spread evenly, so that products with it differ for every position. */
export const MULTIPLIER = 0x9e3779b1;

/** Limits the number of units per dispatch. */
const MAX_RESULT_BYTES = 16 * 2 ** 20;

interface ProbePlan {
  readonly label: string;
  readonly code: string;
  /** Content of the uniform at binding 0. */
  readonly parameters: ArrayBuffer;
  /** Bytes that a unit (a workgroup) stores. */
  readonly resultBytes: number;
  readonly resultBinding: number;
  readonly workOfUnit: number;
  /** Further read-only buffers, by binding. */
  readonly inputs?: Readonly<Record<number, CountedBuffer>>;
  expected(unit: number): ArrayBufferView<ArrayBuffer>;
}

/** Compiles a probe's `main` and binds its uniform, inputs and a buffer for its results. */
export async function prepareProbe(
  gpu: Gpu,
  owned: Cleanup,
  plan: ProbePlan,
): Promise<PreparedProbe> {
  const { label, code, parameters, resultBytes, resultBinding, workOfUnit, inputs = {} } = plan;
  const readOnly = Object.keys(inputs).map((binding) => [binding, 'read'] as const);
  const bindings: Record<number, BindingKind> = {
    ...Object.fromEntries(readOnly),
    0: 'uniform',
    [resultBinding]: 'read-write',
  };
  const pipeline = await gpu.raceLoss(gpu.pipelines.get({ label, code, bindings }));
  const { maxComputeWorkgroupsPerDimension, maxStorageBufferBindingSize } = gpu.device.limits;
  const room = Math.min(MAX_RESULT_BYTES, maxStorageBufferBindingSize);
  const maxUnits = Math.min(maxComputeWorkgroupsPerDimension, Math.floor(room / resultBytes));
  const uniform = await createUniform(gpu, owned, label, parameters);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const results = owned.add(
    await gpu.buffers.create(`${label} results`, maxUnits * resultBytes, usage),
  );
  const buffers = { ...inputs, 0: uniform, [resultBinding]: results };
  const group = await bindBuffers(gpu, label, pipeline.layout, buffers);
  return {
    label,
    compileMs: pipeline.compileMs,
    workOfUnit,
    maxUnits,
    encode: (pass, units) => dispatch(pass, pipeline, group, units),
    check: (units) =>
      readBack(gpu, results, units * resultBytes, (got) => compareResults(plan, got)),
  };
}

export const declareConstants = (values: Readonly<Record<string, number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `const ${name}: u32 = ${value}u;`)
    .join('\n');

export async function createUniform(gpu: Gpu, owned: Cleanup, label: string, data: ArrayBuffer) {
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
  const name = `${label} parameters`;
  const buffer = owned.add(await gpu.buffers.create(name, data.byteLength, usage));
  gpu.device.queue.writeBuffer(buffer.raw, 0, data);
  return buffer;
}

export function bindBuffers(
  gpu: Gpu,
  label: string,
  layout: GPUBindGroupLayout,
  buffers: Readonly<Record<number, CountedBuffer>>,
): Promise<GPUBindGroup> {
  const entries = Object.entries(buffers).map(([binding, { raw }]) => ({
    binding: Number(binding),
    resource: { buffer: raw },
  }));
  return withErrorScopes(gpu.device, () => gpu.device.createBindGroup({ label, layout, entries }));
}

/**
 * Reads a buffer's first bytes. Not through the device's pooled staging buffers, which would stay as large as a probe's
 * results.
 */
async function readBack(
  gpu: Gpu,
  from: CountedBuffer,
  bytes: number,
  visit: (got: ArrayBuffer) => void,
): Promise<void> {
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const staging = await gpu.buffers.create(`${from.label} read`, bytes, usage);
  try {
    const encoder = gpu.device.createCommandEncoder({ label: staging.label });
    encoder.copyBufferToBuffer(from.raw, 0, staging.raw, 0, bytes);
    gpu.device.queue.submit([encoder.finish()]);
    await gpu.raceLoss(staging.raw.mapAsync(GPUMapMode.READ));
    visit(staging.raw.getMappedRange());
  } finally {
    staging.destroy();
  }
}

/** @throws ProbeError at the first unit that differs. */
function compareResults({ label, resultBytes, expected }: ProbePlan, got: ArrayBuffer): void {
  const words = resultBytes / 4;
  const gotWords = new Uint32Array(got);
  for (let unit = 0; unit < got.byteLength / resultBytes; unit++) {
    const { buffer, byteOffset } = expected(unit);
    const expectedWords = new Uint32Array(buffer, byteOffset, words);
    for (let i = 0; i < words; i++) {
      if (gotWords[unit * words + i] === expectedWords[i]) continue;
      throw new ProbeError(`${label}: word ${i} of workgroup ${unit} is wrong.`);
    }
  }
}

export interface ProbeSamples {
  readonly milliseconds: readonly number[];
  /** Operations or bytes per sample. */
  readonly work: number;
}

/** Minimum length of a sample: in steps of the clock, and in milliseconds (the wall clock includes submission). */
const MIN_CLOCK_STEPS = 50;
const MIN_SAMPLE_MS = { timestamps: 8, wall: 25 };
/** Samples are not made longer, so that no submission takes more than 50 ms. */
const MAX_SAMPLE_MS = 30;
const SAMPLES = 6;
const FIRST_UNITS = 2;
const MAX_GROWTH = 8;
/** Readings, including invalid ones and those for finding the length. */
const MAX_ATTEMPTS = 40;

export interface ProbeClock {
  readonly timer: PassTimer | null;
  readonly resolution: TimerResolution;
}

/**
 * Runs a probe in submissions that grow until one is long enough for the clock, takes samples of that size, and checks
 * the results of the last one.
 * @throws ProbeError; DeviceLostError; the signal's reason.
 */
export async function runProbe(
  gpu: Gpu,
  probe: PreparedProbe,
  { timer, resolution }: ProbeClock,
  signal?: AbortSignal,
): Promise<ProbeSamples> {
  const kind = timer ? 'timestamps' : 'wall';
  const enough = Math.min(
    MAX_SAMPLE_MS,
    Math.max(MIN_SAMPLE_MS[kind], MIN_CLOCK_STEPS * resolution.resolutionMs),
  );
  // The first run is not representative: drivers compile and clear new memory.
  await submitProbe(gpu, probe, 1, timer, signal);
  let units = FIRST_UNITS;
  let milliseconds: number[] = [];
  for (let attempt = 0; attempt < MAX_ATTEMPTS && milliseconds.length < SAMPLES; attempt++) {
    const ms = await submitProbe(gpu, probe, units, timer, signal);
    if (ms === null) continue;
    if (ms >= enough) {
      milliseconds.push(ms);
      continue;
    }
    // Earlier samples were long enough only because of interference.
    milliseconds = [];
    units = Math.ceil(units * Math.min(MAX_GROWTH, (1.3 * enough) / Math.max(ms, 1e-3)));
  }
  if (milliseconds.length === 0) throw new Error(`${probe.label}: the clock gave no reading.`);
  await probe.check(Math.min(units, probe.maxUnits));
  return { milliseconds, work: units * probe.workOfUnit };
}

/** Milliseconds of one submission; null for an invalid reading. */
async function submitProbe(
  gpu: Gpu,
  probe: PreparedProbe,
  units: number,
  timer: PassTimer | null,
  signal?: AbortSignal,
): Promise<number | null> {
  const work = {
    label: probe.label,
    // Not to be split into several submissions.
    units: 1,
    maxUnits: 1,
    prepare: () => {},
    encode(pass: GPUComputePassEncoder) {
      for (let rest = units; rest > 0; rest -= probe.maxUnits) {
        probe.encode(pass, Math.min(rest, probe.maxUnits));
      }
    },
  };
  const { gpuMs, wallMs } = await runInPieces(gpu, work, { timer, signal });
  return timer ? gpuMs : wallMs;
}
