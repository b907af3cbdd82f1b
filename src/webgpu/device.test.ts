import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeDevice, openFakeGpu, stubConstants } from '../../tests/support/fake-gpu';
import { openDevice } from './device';
import { DeviceLostError, GpuUnavailableError } from './errors';

describe('opening', () => {
  beforeEach(stubConstants);

  const LIMITS = {
    maxStorageBufferBindingSize: 2 ** 31,
    maxBufferSize: 2 ** 32,
    maxComputeWorkgroupStorageSize: 49152,
    maxBindGroups: 8,
  };

  function adapterWith(features: string[], requestDevice = async () => new FakeDevice() as object) {
    return { limits: LIMITS, features: new Set(features), info: {}, requestDevice };
  }

  const open = (adapter: object | null) =>
    openDevice({ gpu: { requestAdapter: async () => adapter } as unknown as GPU });

  it('asks only for what is used, as high as the adapter goes', async () => {
    const requestDevice = vi.fn(async (_descriptor?: GPUDeviceDescriptor) => new FakeDevice());
    const gpu = await open(adapterWith(['timestamp-query', 'bgra8unorm-storage'], requestDevice));
    const [[descriptor]] = requestDevice.mock.calls;
    const { maxBindGroups: _unused, ...raised } = LIMITS;
    expect(descriptor!.requiredLimits).toEqual(raised);
    expect([...descriptor!.requiredFeatures!]).toEqual(['timestamp-query']);
    expect(gpu.adapterFeatures).toContain('bgra8unorm-storage');
  });

  it('asks for no feature that the adapter lacks', async () => {
    const requestDevice = vi.fn(async (_descriptor?: GPUDeviceDescriptor) => new FakeDevice());
    await open(adapterWith([], requestDevice));
    expect([...requestDevice.mock.calls[0][0]!.requiredFeatures!]).toEqual([]);
  });

  it('says what is missing: WebGPU, an adapter, or a device', async () => {
    vi.stubGlobal('navigator', {});
    await expect(openDevice()).rejects.toThrow(/has no WebGPU/);
    await expect(openDevice()).rejects.toBeInstanceOf(GpuUnavailableError);
    vi.unstubAllGlobals();
    await expect(open(null)).rejects.toThrow(/found no graphics adapter/);
    const refusing = adapterWith([], () => Promise.reject(new Error('busy')));
    await expect(open(refusing)).rejects.toThrow('The adapter gave no device: busy');
    await expect(open(refusing)).rejects.toBeInstanceOf(GpuUnavailableError);
  });
});

describe('a lost device', () => {
  it('is known at once, says why, and refuses new work', async () => {
    const { gpu, device } = openFakeGpu();
    expect(gpu.isLost).toBe(false);
    gpu.assertAlive();
    device.lose({ reason: 'unknown', message: 'The driver crashed.' });
    const error = await gpu.lost;
    expect(error.message).toBe('The GPU device was lost (unknown). The driver crashed.');
    expect(gpu.isLost).toBe(true);
    expect(() => gpu.assertAlive()).toThrow(error);
  });

  it('ends waiting that would never end', async () => {
    const { gpu, device } = openFakeGpu();
    const waiting = gpu.raceLoss(new Promise(() => {}));
    device.lose({ reason: 'destroyed', message: '' });
    await expect(waiting).rejects.toBeInstanceOf(DeviceLostError);
  });

  it('explains a call that failed a moment before the loss was announced', async () => {
    const { gpu, device } = openFakeGpu();
    const waiting = gpu.raceLoss(Promise.reject(new Error('map failed')));
    setTimeout(() => device.lose({ reason: 'unknown', message: '' }), 0);
    await expect(waiting).rejects.toBeInstanceOf(DeviceLostError);
  });

  it('takes back a result that came with the loss', async () => {
    const { gpu, device } = openFakeGpu();
    device.lose({ reason: 'unknown', message: '' });
    await gpu.lost;
    await expect(gpu.raceLoss(Promise.resolve(1))).rejects.toBeInstanceOf(DeviceLostError);
  });
});

it('a device that lives passes results and errors through', async () => {
  const { gpu } = openFakeGpu();
  expect(await gpu.raceLoss(Promise.resolve(7))).toBe(7);
  await expect(gpu.raceLoss(Promise.reject(new Error('own')))).rejects.toThrow('own');
});

it('errors that no scope caught are reported, not swallowed', () => {
  const { device, uncaptured } = openFakeGpu();
  const event = Object.assign(new Event('uncapturederror', { cancelable: true }), {
    error: { message: 'binding 3' },
  });
  device.dispatchEvent(event);
  expect(uncaptured.map(({ message }) => message)).toEqual(['Uncaptured GPU error: binding 3']);
  expect(event.defaultPrevented).toBe(true);
});
