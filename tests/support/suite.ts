import type { Gpu } from '../../src/webgpu/device';

/** A check that needs a GPU. It runs in Chrome and in Node alike, and fails by throwing. */
export interface KernelCase {
  readonly name: string;
  run(gpu: Gpu): Promise<void>;
}

export interface KernelSuite {
  readonly name: string;
  readonly cases: readonly KernelCase[];
}

export function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Thrown by a case that the device cannot run: its message says what is missing. */
export class Skipped extends Error {}

/** Runs `work` and returns what it threw. */
export async function thrownBy(work: () => Promise<unknown>): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
