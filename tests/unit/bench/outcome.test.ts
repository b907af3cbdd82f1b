import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/attention/input-error';
import { WorkerCrashError } from '../../../src/bench/cpu/worker-thread';
import { endsTheRun, isAbort, outcomeOf } from '../../../src/bench/outcome';
import {
  DeviceLostError,
  GpuValidationError,
  LimitError,
  OutOfMemoryError,
  ShaderError,
} from '../../../src/webgpu/errors';

/** What a cancelled signal throws. */
function abortError(): unknown {
  try {
    AbortSignal.abort().throwIfAborted();
  } catch (error) {
    return error;
  }
}

describe('an error of one entry', () => {
  it.each([
    ['a limit', new LimitError('maxBufferSize', 2, 1, 'too large')],
    ['full memory', new OutOfMemoryError('key', 1024)],
    ['refused input', new InputError('heads', 0, 'more')],
    ['an array too long for the host', new RangeError('Invalid typed array length')],
  ])('is a refusal where it did not fit: %s', (_what, error) => {
    expect(outcomeOf(error)).toEqual({ status: 'refused', message: error.message });
  });

  it.each([
    ['a shader', new ShaderError('line 3')],
    ['a wrong call', new GpuValidationError('binding')],
    ['anything else', new TypeError('undefined')],
  ])('is a failure otherwise: %s', (_what, error) => {
    expect(outcomeOf(error)).toEqual({ status: 'failed', message: error.message });
  });

  it('that is no Error is written as text', () => {
    expect(outcomeOf('odd')).toEqual({ status: 'failed', message: 'odd' });
  });
});

describe('an error that leaves nothing to go on with', () => {
  it.each([
    ['a lost device', new DeviceLostError({ reason: 'unknown', message: '' })],
    ['a crashed worker', new WorkerCrashError('gone')],
    ['a cancellation', abortError()],
  ])('is thrown on: %s', (_what, error) => {
    expect(endsTheRun(error)).toBe(true);
    expect(() => outcomeOf(error)).toThrow(error as Error);
  });

  it('is an abort only where someone aborted', () => {
    expect(isAbort(abortError())).toBe(true);
    expect(isAbort(new DOMException('no', 'NotSupportedError'))).toBe(false);
    expect(isAbort(new Error('AbortError'))).toBe(false);
  });
});
