import { describe, expect, it } from 'vitest';
import { InputError } from '../attention/input-error';
import {
  DeviceLostError,
  GpuValidationError,
  LimitError,
  OutOfMemoryError,
  ShaderError,
} from '../webgpu/errors';
import { outcomeOf } from './case-run';
import { HostMemoryError } from './cpu/operands';
import { WorkerCrashError } from '../async/rpc';

const running = new AbortController().signal;

describe('an error of one entry', () => {
  it.each([
    ['a limit', new LimitError('maxBufferSize', 2, 1, 'too large')],
    ['full memory', new OutOfMemoryError('key', 1024)],
    ['refused input', new InputError('heads', 0, 'more')],
    ['a host without memory', new HostMemoryError('no memory for 9 GiB')],
  ])('is a refusal where it did not fit: %s', (_what, error) => {
    expect(outcomeOf(error, running)).toEqual({ status: 'refused', message: error.message });
  });

  it.each([
    ['a shader', new ShaderError('line 3')],
    ['a wrong call', new GpuValidationError('binding')],
    ['anything else', new TypeError('undefined')],
    ['a range of our own', new RangeError('lengths differ')],
  ])('is a failure otherwise: %s', (_what, error) => {
    expect(outcomeOf(error, running)).toEqual({ status: 'failed', message: error.message });
  });

  it('that is no Error is written as text', () => {
    expect(outcomeOf('odd', running)).toEqual({ status: 'failed', message: 'odd' });
  });
});

describe('an error that leaves nothing to go on with', () => {
  it.each([
    ['a lost device', new DeviceLostError({ reason: 'unknown', message: '' })],
    ['a crashed worker', new WorkerCrashError('gone')],
  ])('is thrown on: %s', (_what, error) => {
    expect(() => outcomeOf(error, running)).toThrow(error);
  });

  it.each([
    ['with no reason', AbortSignal.abort()],
    ['with a reason of its own', AbortSignal.abort(new Error('enough'))],
  ])('is any error after a cancellation %s', (_what, signal) => {
    expect(() => outcomeOf(signal.reason, signal)).toThrow(signal.reason);
    const late = new LimitError('maxBufferSize', 2, 1, 'too large');
    expect(() => outcomeOf(late, signal)).toThrow(late);
  });
});
