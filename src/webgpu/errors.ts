/** WebGPU is not available. This is a normal state: callers explain it and use the CPU. */
export class GpuUnavailableError extends Error {
  override name = 'GpuUnavailableError';
}

/** The device was lost with its buffers and pipelines. The next request opens a new one. */
export class DeviceLostError extends Error {
  override name = 'DeviceLostError';
  constructor(readonly info: { readonly reason: string; readonly message: string }) {
    super(`The GPU device was lost (${info.reason}). ${info.message}`.trim());
  }
}

/** The GPU has no memory for a buffer. */
export class OutOfMemoryError extends Error {
  override name = 'OutOfMemoryError';
  constructor(
    readonly label: string,
    readonly bytes: number,
    options?: ErrorOptions,
  ) {
    super(`The GPU has no room for ${label} (${formatBytes(bytes)}).`, options);
  }
}

/** A request exceeds one of the device's limits; nothing was allocated. */
export class LimitError extends Error {
  override name = 'LimitError';
  constructor(
    readonly limit: string,
    readonly needed: number,
    readonly available: number,
    message: string,
  ) {
    super(message);
  }
}

/** WebGPU rejected a call. This is a mistake in the code, not in its input. */
export class GpuValidationError extends Error {
  override name = 'GpuValidationError';
}

/** A shader did not compile; the message shows the compiler's messages with the source lines. */
export class ShaderError extends Error {
  override name = 'ShaderError';
}

export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (bytes >= 1024 && unit < units.length - 1) {
    bytes /= 1024;
    unit++;
  }
  return `${unit === 0 || Number.isInteger(bytes) ? bytes : bytes.toFixed(1)} ${units[unit]}`;
}

/**
 * Calls `create` under error scopes and rejects with the error they caught. Scopes are a stack shared by the
 * whole device, so they are popped before anything is awaited, and no other caller can come in between.
 */
export async function withErrorScopes<T>(
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
    // Both pops may reject after a loss; that must not become an unhandled rejection.
    popped.catch(() => {});
  }
  const [invalid, full] = await popped;
  if (full) throw outOfMemory(full);
  if (invalid) throw new GpuValidationError(invalid.message, { cause: invalid });
  return result;
}
