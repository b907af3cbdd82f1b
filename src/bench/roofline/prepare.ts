import { Cleanup, type CountedBuffer } from '../../webgpu/buffers';
import type { Gpu } from '../../webgpu/device';
import type { BindingKind } from '../../webgpu/pipelines';
import { underErrorScopes } from '../../webgpu/scope';
import { type PreparedProbe, ProbeError } from './probe';

/** Threads of a workgroup, in every probe. */
export const THREADS = 64;
/** Odd, with bits all over: products with it tell one place from another. */
export const MULTIPLIER = 0x9e3779b1;

/** No more memory than this for results: units are as many as fit. */
const RESULT_BYTES = 16 * 2 ** 20;

export interface ProbePlan {
  readonly label: string;
  readonly code: string;
  /** What the uniform at binding 0 holds. */
  readonly parameters: ArrayBuffer;
  /** Bytes that a unit, a workgroup, stores. */
  readonly resultBytes: number;
  readonly resultBinding: number;
  readonly workOfUnit: number;
  /** Other buffers, read only, by binding; they stay their maker's. */
  readonly inputs?: Readonly<Record<number, CountedBuffer>>;
  /** Bytes that a unit should have stored; they are compared one by one. */
  expected(unit: number): ArrayBufferView<ArrayBuffer>;
}

/** Compiles a probe's `main`, and binds its uniform, its inputs and a buffer for its results. */
export async function prepareProbe(gpu: Gpu, plan: ProbePlan): Promise<PreparedProbe> {
  const { label, code, parameters, resultBytes, resultBinding, inputs = {} } = plan;
  const readOnly = Object.keys(inputs).map((binding) => [binding, 'read'] as const);
  const bindings: Record<number, BindingKind> = {
    ...Object.fromEntries(readOnly),
    0: 'uniform',
    [resultBinding]: 'read-write',
  };
  const pipeline = await gpu.unlessLost(gpu.pipelines.get({ label, code, bindings }));
  const { maxComputeWorkgroupsPerDimension, maxStorageBufferBindingSize } = gpu.device.limits;
  const room = Math.min(RESULT_BYTES, maxStorageBufferBindingSize);
  const maxUnits = Math.min(maxComputeWorkgroupsPerDimension, Math.floor(room / resultBytes));
  const owned = new Cleanup();
  try {
    const uniform = owned.add(await createUniform(gpu, label, parameters));
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
    const results = owned.add(
      await gpu.buffers.create(`${label} results`, maxUnits * resultBytes, usage),
    );
    const buffers = { ...inputs, 0: uniform, [resultBinding]: results };
    const group = await bindBuffers(gpu, label, pipeline.layout, buffers);
    return {
      label,
      compileMs: pipeline.compileMs,
      workOfUnit: plan.workOfUnit,
      maxUnits,
      encode(pass, units) {
        pass.setPipeline(pipeline.raw);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(units);
      },
      check: (units) => readBack(gpu, results, units * resultBytes, (got) => compare(plan, got)),
      destroy: () => owned.destroy(),
    };
  } catch (error) {
    owned.destroy();
    throw error;
  }
}

/** A small uniform buffer that holds `data`. */
export async function createUniform(gpu: Gpu, label: string, data: ArrayBuffer) {
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
  const buffer = await gpu.buffers.create(`${label} parameters`, data.byteLength, usage);
  gpu.device.queue.writeBuffer(buffer.raw, 0, data);
  return buffer;
}

/** Whole buffers, by binding. */
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
  return underErrorScopes(gpu.device, () => gpu.device.createBindGroup({ label, layout, entries }));
}

/**
 * Shows `visit` a buffer's first bytes. Not by the device's pooled staging buffers: they would grow with what
 * a probe happens to have run.
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
    await gpu.unlessLost(staging.raw.mapAsync(GPUMapMode.READ));
    visit(staging.raw.getMappedRange());
  } finally {
    staging.destroy();
  }
}

/** @throws ProbeError at the first unit that differs. */
function compare({ label, resultBytes, expected }: ProbePlan, got: ArrayBuffer): void {
  const words = resultBytes / 4;
  const gotWords = new Uint32Array(got);
  for (let unit = 0; unit < got.byteLength / resultBytes; unit++) {
    const { buffer, byteOffset } = expected(unit);
    const wanted = new Uint32Array(buffer, byteOffset, words);
    for (let i = 0; i < words; i++) {
      if (gotWords[unit * words + i] === wanted[i]) continue;
      throw new ProbeError(`${label}: word ${i} of workgroup ${unit} is wrong.`);
    }
  }
}
