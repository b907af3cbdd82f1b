import { test as base } from 'vitest';
import { kernels } from '../../src/attention/kernels/index';
import type { Kernel } from '../../src/attention/kernels/kernel';
import { planAttention } from '../../src/attention/plan';
import { createProblem } from '../../src/attention/problem';
import { DeviceSource, type Gpu } from '../../src/webgpu/device';
import { defaultTypeFor, shapeOf } from './problems';

/** Errors that no case should cause: reported by the device when nobody waited for them. */
const uncaptured: string[] = [];
/** One device for all files of a worker, so that no pipeline is compiled twice. */
const source = new DeviceSource({ onUncapturedError: ({ message }) => uncaptured.push(message) });
/** How many of a device's compiler messages earlier tests have accounted for. */
const messagesSeen = new WeakMap<Gpu, number>();
/** Node may have no driver; a page always has one, or its tests fail. */
const isMissing = !('document' in globalThis) && (await navigator.gpu.requestAdapter()) === null;

/**
 * Vitest's `test` with a `gpu`: Chrome's own in a page, Dawn's in Node (support/dawn-setup.ts).
 * A test named "kernel: …" is skipped where the device lacks what the kernel needs; the reason says what.
 */
export const test = base.extend<{ gpu: Gpu }>({
  gpu: async ({ task, skip }, use) => {
    skip(isMissing, 'Dawn finds no Vulkan driver on this machine');
    const gpu = await source.acquire();
    const kernel = kernels.find(({ name }) => task.name.startsWith(`${name}: `));
    const missing = kernel && missingFeature(kernel, gpu);
    if (missing) {
      await expectRefused(gpu, kernel);
      skip(`this device has no ${missing}`);
    }
    await use(gpu);
    const errors = uncaptured.splice(0);
    if (errors.length > 0) throw new Error(`uncaptured: ${errors.join('; ')}`);
    const { messages } = gpu.pipelines;
    const fresh = messages.slice(messagesSeen.get(gpu) ?? 0);
    messagesSeen.set(gpu, messages.length);
    // One test compiles a shader that is meant to be broken.
    const unexpected = fresh.filter((message) => !message.startsWith('broken:'));
    if (unexpected.length > 0) throw new Error(`the compiler reports: ${unexpected.join('; ')}`);
  },
});

const missingFeature = (kernel: Kernel, gpu: Gpu): string | null =>
  kernel.missingFeature?.(gpu) ??
  (defaultTypeFor(kernel) === 'f16' && !gpu.device.features.has('shader-f16')
    ? 'shader-f16'
    : null);

/** A kernel whose tests are skipped must not be there for users either: asked for by name, it is refused. */
async function expectRefused(gpu: Gpu, kernel: Kernel): Promise<void> {
  const problem = createProblem(shapeOf({ queryLength: 1 }), { type: defaultTypeFor(kernel) });
  const error = await thrownBy(async () => planAttention(problem, gpu, kernel.name));
  if (!/allowed: /.test(error.message)) {
    throw new Error(`refused without naming what is allowed: ${error.message}`);
  }
}

/** Runs `work` and returns what it threw. */
export async function thrownBy(work: () => Promise<unknown>): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
