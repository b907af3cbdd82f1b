import { InputError } from '../attention/input-error';
import { DeviceLostError, LimitError, OutOfMemoryError } from '../webgpu/errors';
import { WorkerCrashError } from './cpu/worker-thread';
import type { EntryReport } from './report';

/** What an error means for the entry it happened in. Errors that end the whole run are thrown on. */
export function outcomeOf(error: unknown): Pick<EntryReport, 'status' | 'message'> {
  if (endsTheRun(error)) throw error;
  const message = error instanceof Error ? error.message : String(error);
  return { status: isRefusal(error) ? 'refused' : 'failed', message };
}

/** After these there is nothing left to go on with. */
export function endsTheRun(error: unknown): boolean {
  return error instanceof DeviceLostError || error instanceof WorkerCrashError || isAbort(error);
}

export const isAbort = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError';

/** It did not fit; typed arrays say so with a plain RangeError. */
const isRefusal = (error: unknown): boolean =>
  error instanceof LimitError ||
  error instanceof OutOfMemoryError ||
  error instanceof InputError ||
  error instanceof RangeError;
