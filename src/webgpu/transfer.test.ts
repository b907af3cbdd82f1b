import { describe, expect, it, vi } from 'vitest';
import { bytesOf, openFakeGpu } from '../../tests/support/fake-gpu';
import { download, fillWithNaN, upload } from './transfer';

const MIB = 2 ** 20;

/** Values that differ from place to place. */
const counted = (count: number) => Float32Array.from({ length: count }, (_, i) => i % 65521);

const isSame = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  a.length === b.length && Array.prototype.every.call(a, (value, i) => value === b[i]);

describe.each([1, 2 * MIB, 2 * MIB + 3, 5 * MIB - 1])('%d floats', (count) => {
  it('arrive whole and come back whole, in pieces that hold up no frame', async () => {
    const { gpu, device } = openFakeGpu();
    const data = counted(count);
    const buffer = await gpu.buffers.create('data', data.byteLength, 0);
    await upload(gpu, buffer, data);
    expect(device.largestWrite).toBeLessThanOrEqual(4 * MIB);
    expect(isSame(new Float32Array(await download(gpu, buffer)), data)).toBe(true);
    // The pool keeps one staging buffer, however many pieces there were.
    expect(gpu.buffers.count).toBeLessThanOrEqual(3);
  });
});

it('an upload starts where its view starts, also in shared memory', async () => {
  const { gpu } = openFakeGpu();
  const shared = new Float32Array(new SharedArrayBuffer(40));
  shared.set(counted(10));
  for (const whole of [counted(10), shared]) {
    const buffer = await gpu.buffers.create('part', 12, 0);
    await upload(gpu, buffer, whole.subarray(4, 7));
    expect([...new Float32Array(bytesOf(buffer.raw).buffer)]).toEqual([4, 5, 6]);
  }
});

it('no piece of shared memory is handed to the queue: some engines refuse it', async () => {
  const { gpu, device } = openFakeGpu();
  const write = vi.spyOn(device.queue, 'writeBuffer');
  const buffer = await gpu.buffers.create('shared', 40, 0);
  await upload(gpu, buffer, new Float32Array(new SharedArrayBuffer(40)));
  expect(write.mock.calls[0][2].buffer).toBeInstanceOf(ArrayBuffer);
});

it('a large upload waits for the queue between its pieces, so that the page has its turns', async () => {
  const { gpu, device } = openFakeGpu();
  const wait = vi.spyOn(device.queue, 'onSubmittedWorkDone');
  const data = new Float32Array(18 * MIB);
  await upload(gpu, await gpu.buffers.create('large', data.byteLength, 0), data);
  expect(wait).toHaveBeenCalledTimes(17);
});

it('a download can stop early', async () => {
  const { gpu } = openFakeGpu();
  const buffer = await gpu.buffers.create('data', 400, 0);
  await upload(gpu, buffer, counted(100));
  expect([...new Float32Array(await download(gpu, buffer, 12))]).toEqual([0, 1, 2]);
});

it('filling reaches every float', async () => {
  const { gpu } = openFakeGpu();
  const buffer = await gpu.buffers.create('filled', 9 * MIB + 4, 0);
  await fillWithNaN(gpu, buffer, 'f32');
  expect(new Float32Array(bytesOf(buffer.raw).buffer).every(Number.isNaN)).toBe(true);
});

it('a device lost while reading gives its staging buffer up', async () => {
  const { gpu, device } = openFakeGpu();
  const buffer = await gpu.buffers.create('data', 64, 0);
  const staging = await gpu.staging.acquire(64);
  gpu.staging.release(staging);
  Object.assign(staging.raw, { mapState: 'pending', mapAsync: () => new Promise(() => {}) });
  const reading = download(gpu, buffer);
  device.lose({ reason: 'unknown', message: '' });
  await expect(reading).rejects.toMatchObject({ name: 'DeviceLostError' });
  expect(gpu.buffers.count).toBe(1);
});
