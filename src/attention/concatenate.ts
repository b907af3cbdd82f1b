import concatenateWgsl from '../../shaders/kernels/concatenate.wgsl?raw';
import { bytesPerElement } from '../numeric/float16';
import { type CountedBuffer, destroyAfter, destroyOnError } from '../webgpu/buffers';
import type { Gpu } from '../webgpu/device';
import { LimitError, formatBytes } from '../webgpu/errors';
import { type CompiledPipeline, bindInOrder, dispatch } from '../webgpu/pipelines';
import { submitPass } from '../webgpu/timing';
import { InputError } from './input-error';
import { bindWindow } from './kernels/bindings';
import { declareElement } from './kernels/module';
import { type Layout, extentsOf, layoutOf, stridesOf } from './layout';
import { type Tensor, assertUsable, createTensor } from './tensor';
import { type Window, alignedWindow, cut, sizeOf, windowOfHeads } from './fit';

const BINDINGS = { 0: 'uniform', 1: 'read', 2: 'read', 3: 'read-write' } as const;
const UNIFORM_BYTES = 48;
const THREADS = 64;
const MAX_WORKGROUPS = 4096;

/** Sequences [first, end) joined in one dispatch, and the windows it binds. */
interface Part {
  readonly first: number;
  readonly end: number;
  readonly past: Window | null;
  readonly added: Window;
  readonly joined: Window;
}

/**
 * Appends rows to a cache: (B, G, P + N, size). `past` is (B, G, P, size) or null, and P may be 0;
 * `added` is in `layout`. The result is yours to destroy.
 * @throws InputError for incompatible tensors; LimitError if one head's rows do not fit a binding.
 */
export async function concatenate(
  gpu: Gpu,
  past: Tensor | null,
  added: Tensor,
  layout: Layout = 'bhsd',
): Promise<Tensor> {
  gpu.assertAlive();
  const { batch, heads, length: newLength, size } = rowsOf(added, layout);
  if (past) assertJoins('past', past, added, layout);
  const pastLength = past?.shape[2] ?? 0;
  const work = { batch, heads, pastLength, newLength, size, layout };
  const parts = partsOf(work, bytesPerElement[added.type], gpu.device.limits);
  const shape = [batch, heads, pastLength + newLength, size];
  const code = `${declareElement(added.type)}\n${concatenateWgsl}`;
  const pipeline = await gpu.raceLoss(
    gpu.pipelines.get({ label: 'concatenate', code, bindings: BINDINGS }),
  );
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
  return destroyAfter(async (temporary) => {
    const uniform = temporary.add(await gpu.buffers.create('concatenation', UNIFORM_BYTES, usage));
    return destroyOnError(async (owned) => {
      const options = { label: 'present', type: added.type };
      const joined = owned.add(await createTensor(gpu, shape, undefined, options));
      for (const part of parts) join(gpu, pipeline, uniform, work, part, { past, added, joined });
      await gpu.raceLoss(gpu.device.queue.onSubmittedWorkDone());
      return joined;
    });
  });
}

/** @throws InputError naming the cache unless the new rows can follow its rows. */
export function assertJoins(name: string, past: Tensor, added: Tensor, layout: Layout): void {
  assertUsable(name, past);
  const { batch, heads, size } = rowsOf(added, layout);
  if (past.shape.join() !== [batch, heads, past.shape[2], size].join()) {
    throw new InputError(`${name} shape`, past.shape, `${batch}, ${heads}, any length, ${size}`);
  }
  if (past.type !== added.type) {
    throw new InputError(`${name} type`, past.type, `'${added.type}', as of the new rows`);
  }
}

function rowsOf(added: Tensor, layout: Layout) {
  assertUsable('added', added);
  const { shape } = added;
  if (shape.length !== 4 || shape.some((extent) => extent < 1)) {
    throw new InputError('added shape', shape, 'four extents above 0');
  }
  return extentsOf(shape, layoutOf(layout, 'key'));
}

interface Work {
  readonly batch: number;
  readonly heads: number;
  readonly pastLength: number;
  readonly newLength: number;
  readonly size: number;
  readonly layout: Layout;
}

function partsOf(work: Work, elementBytes: number, limits: GPUSupportedLimits): readonly Part[] {
  const { batch, heads, pastLength, newLength, size, layout } = work;
  const window = (length: number, order: Layout, first: number, end: number) => {
    const strides = stridesOf(order, heads, length, size);
    const ofHeads = windowOfHeads(strides, { heads, length, size }, heads, first, end);
    return alignedWindow(ofHeads, elementBytes);
  };
  const available = limits.maxStorageBufferBindingSize;
  const bytesOf = (part: Window | null) => (part ? sizeOf(part) * elementBytes : 0);
  const parts = cut<Part>(
    batch * heads,
    (first, end) => ({
      first,
      end,
      past: pastLength > 0 ? window(pastLength, 'bhsd', first, end) : null,
      added: window(newLength, layout, first, end),
      joined: window(pastLength + newLength, 'bhsd', first, end),
    }),
    ({ past, added, joined }) => [past, added, joined].every((part) => bytesOf(part) <= available),
  );
  if (parts) return parts;
  const needed = (pastLength + newLength) * size * elementBytes * (layout === 'bhsd' ? 1 : heads);
  throw new LimitError(
    'maxStorageBufferBindingSize',
    needed,
    available,
    `a sequence of ${pastLength + newLength} rows needs ${formatBytes(needed)}, but this device's ` +
      `maxStorageBufferBindingSize is ${formatBytes(available)}.`,
  );
}

function join(
  gpu: Gpu,
  pipeline: CompiledPipeline,
  uniform: CountedBuffer,
  { heads, pastLength, newLength, size, layout }: Work,
  part: Part,
  tensors: { readonly past: Tensor | null; readonly added: Tensor; readonly joined: Tensor },
): void {
  const { past, added, joined } = tensors;
  const strides = stridesOf(layout, heads, newLength, size);
  const perSequence = (pastLength + newLength) * size;
  const [first, end] = [part.first * perSequence, part.end * perSequence];
  const words = new Uint32Array(UNIFORM_BYTES / 4);
  words.set([heads, pastLength, newLength, size]);
  words.set([strides.batch, strides.head, strides.row, part.added.first], 4);
  words.set([first, end, part.past?.first ?? 0, part.joined.first], 8);
  // writeBuffer is ordered between the submissions before and after it.
  gpu.device.queue.writeBuffer(uniform.raw, 0, words);
  // Without a cache its binding is never read, so any buffer serves.
  const ofAdded = bindWindow(added.buffer, part.added, added.type);
  const ofPast = past && part.past ? bindWindow(past.buffer, part.past, past.type) : ofAdded;
  const ofJoined = bindWindow(joined.buffer, part.joined, joined.type);
  const resources = [{ buffer: uniform.raw }, ofPast, ofAdded, ofJoined];
  const group = bindInOrder(gpu.device, 'concatenate', pipeline.layout, resources);
  const workgroups = Math.min(MAX_WORKGROUPS, Math.ceil((end - first) / THREADS));
  submitPass(gpu, 'concatenate', null, (pass) => dispatch(pass, pipeline, group, workgroups));
}
