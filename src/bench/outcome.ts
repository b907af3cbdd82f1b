import { InputError } from '../attention/input-error';
import { DeviceLostError, LimitError, OutOfMemoryError } from '../webgpu/errors';
import { HostMemoryError } from './cpu/allocate';
import { WorkerCrashError } from './cpu/worker-thread';
import type { EntryReport } from './report';

/**
 * What an error means for the entry it happened in. After a cancellation, and after errors that leave
 * nothing to go on with, it is thrown on.
 */
export function outcomeOf(
  error: unknown,
  signal: AbortSignal,
): Pick<EntryReport, 'status' | 'message'> {
  if (signal.aborted || endsTheRun(error)) throw error;
  const message = error instanceof Error ? error.message : String(error);
  return { status: isRefusal(error) ? 'refused' : 'failed', message };
}

const endsTheRun = (error: unknown): boolean =>
  error instanceof DeviceLostError || error instanceof WorkerCrashError;

/** It did not fit, or is not to be computed at all. */
const isRefusal = (error: unknown): boolean =>
  error instanceof LimitError ||
  error instanceof OutOfMemoryError ||
  error instanceof HostMemoryError ||
  error instanceof InputError;
