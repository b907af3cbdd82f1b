import { describe, expect, it } from 'vitest';
import { openFakeGpu } from '../../tests/support/fake-gpu';

describe('staging buffers', () => {
  it('are reused: reading often allocates once', async () => {
    const { gpu } = openFakeGpu();
    const first = await gpu.staging.acquire(1000);
    gpu.staging.release(first);
    for (let i = 0; i < 20; i++) {
      const buffer = await gpu.staging.acquire(900 + i);
      expect(buffer).toBe(first);
      gpu.staging.release(buffer);
    }
    expect(gpu.buffers.count).toBe(1);
  });

  it('are large enough, and not much larger', async () => {
    const { gpu } = openFakeGpu();
    for (const size of [1, 256, 257, 1000, 65536, 65537]) {
      const { size: got } = await gpu.staging.acquire(size);
      expect(got).toBeGreaterThanOrEqual(size);
      expect(got).toBeLessThanOrEqual(Math.max(256, 2 * size));
    }
  });

  it('are never lent to two at once', async () => {
    const { gpu } = openFakeGpu();
    gpu.staging.release(await gpu.staging.acquire(512));
    const [a, b] = await Promise.all([gpu.staging.acquire(512), gpu.staging.acquire(512)]);
    expect(a).not.toBe(b);
  });

  it('are chosen smallest first, and never too small', async () => {
    const { gpu } = openFakeGpu();
    const sizes = [4096, 512, 2048];
    const lent = await Promise.all(sizes.map((size) => gpu.staging.acquire(size)));
    for (const buffer of lent) gpu.staging.release(buffer);
    expect((await gpu.staging.acquire(300)).size).toBe(512);
    expect((await gpu.staging.acquire(300)).size).toBe(2048);
    expect((await gpu.staging.acquire(5000)).size).toBe(8192);
  });

  it('are kept only in small number', async () => {
    const { gpu, device } = openFakeGpu();
    const lent = await Promise.all(Array.from({ length: 30 }, () => gpu.staging.acquire(512)));
    for (const buffer of lent) gpu.staging.release(buffer);
    expect(gpu.buffers.count).toBeLessThanOrEqual(4);
    expect(device.alive.size).toBe(gpu.buffers.count);
  });

  it('that a failed read left mapped are not reused', async () => {
    const { gpu } = openFakeGpu();
    const buffer = await gpu.staging.acquire(512);
    await buffer.raw.mapAsync(1);
    gpu.staging.release(buffer);
    expect(gpu.buffers.count).toBe(0);
    expect(await gpu.staging.acquire(512)).not.toBe(buffer);
  });

  it('go when the pool goes', async () => {
    const { gpu, device } = openFakeGpu();
    gpu.staging.release(await gpu.staging.acquire(512));
    gpu.staging.destroy();
    expect(gpu.buffers.bytes).toBe(0);
    expect(device.alive.size).toBe(0);
  });
});
