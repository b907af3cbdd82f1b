import concatenateWgsl from '../../shaders/concatenate.wgsl?raw';
import type { Gpu } from '../webgpu/device';
import type { BindingKind } from '../webgpu/pipelines';
import { upload } from '../webgpu/transfer';
import { InputError } from './input-error';
import { declareElement } from './kernels/module';
import { type Layout, stridesOf } from './layout';
import { type Tensor, createTensor } from './tensor';

const BINDINGS: Record<number, BindingKind> = {
  0: 'uniform',
  1: 'read',
  2: 'read',
  3: 'read-write',
};
const UNIFORM_BYTES = 48;
const THREADS = 64;
const MOST_WORKGROUPS = 4096;

/**
 * A cache followed by new rows: (B, G, P + N, size). `past` is (B, G, P, size), or null for none; `added`
 * is in `layout`. The result is yours to destroy.
 * @throws InputError where they do not go together.
 */
export async function concatenate(
  gpu: Gpu,
  past: Tensor | null,
  added: Tensor,
  layout: Layout = 'bhsd',
): Promise<Tensor> {
  const [batch, second, third, size] = added.shape;
  const [heads, newLength] = layout === 'bhsd' ? [second, third] : [third, second];
  const pastLength = past?.shape[2] ?? 0;
  if (past && past.shape.join() !== [batch, heads, pastLength, size].join()) {
    throw new InputError('past shape', past.shape, `${batch}, ${heads}, any length, ${size}`);
  }
  const shape = [batch, heads, pastLength + newLength, size];
  const joined = await createTensor(gpu, shape, undefined, { label: 'present', type: added.type });
  const code = `${declareElement(added.type)}\n${concatenateWgsl}`;
  const pipeline = await gpu.unlessLost(
    gpu.pipelines.get({ label: 'concatenate', code, bindings: BINDINGS }),
  );
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
  const uniform = await gpu.buffers.create('concatenation', UNIFORM_BYTES, usage);
  try {
    const strides = stridesOf(layout, heads, newLength, size);
    const elements = shape.reduce((product, extent) => product * extent, 1);
    const words = new Uint32Array(UNIFORM_BYTES / 4);
    words.set([heads, pastLength, newLength, size]);
    words.set([strides.batch, strides.head, strides.row, 0, elements], 4);
    await upload(gpu, uniform, words);
    // Without a cache its binding is never read; any buffer will do.
    const buffers = [uniform, (past ?? added).buffer, added.buffer, joined.buffer];
    const group = gpu.device.createBindGroup({
      label: 'concatenate',
      layout: pipeline.layout,
      entries: buffers.map(({ raw }, binding) => ({ binding, resource: { buffer: raw } })),
    });
    const encoder = gpu.device.createCommandEncoder({ label: 'concatenate' });
    const pass = encoder.beginComputePass({ label: 'concatenate' });
    pass.setPipeline(pipeline.raw);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(Math.min(MOST_WORKGROUPS, Math.ceil(elements / THREADS)));
    pass.end();
    gpu.device.queue.submit([encoder.finish()]);
    await gpu.unlessLost(gpu.device.queue.onSubmittedWorkDone());
    return joined;
  } catch (error) {
    joined.destroy();
    throw error;
  } finally {
    uniform.destroy();
  }
}
