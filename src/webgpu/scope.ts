import { GpuValidationError } from './errors';

/**
 * Calls `create` under error scopes and rejects with what they caught. Scopes are a stack shared by the
 * whole device, so they are popped before anything is awaited: another caller cannot come in between.
 */
export async function underErrorScopes<T>(
  device: GPUDevice,
  create: () => T,
  outOfMemory: (cause: GPUError) => Error = (cause) => new Error(cause.message, { cause }),
): Promise<T> {
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  let result: T;
  let popped: Promise<(GPUError | null)[]>;
  try {
    result = create();
  } finally {
    popped = Promise.all([device.popErrorScope(), device.popErrorScope()]);
    // After a loss both pops may reject; that must not surface as an unhandled rejection.
    popped.catch(() => {});
  }
  const [invalid, full] = await popped;
  if (full) throw outOfMemory(full);
  if (invalid) throw new GpuValidationError(invalid.message, { cause: invalid });
  return result;
}
