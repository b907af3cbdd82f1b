import { expect, it } from 'vitest';
import { type Gpu, DeviceSource } from './device';

/** A source whose devices are opened by hand. */
function sourceOf(outcomes: readonly ('opens' | 'fails')[]) {
  const opened: { isLost: boolean; options: object }[] = [];
  let calls = 0;
  const source = new DeviceSource({ powerPreference: 'low-power' }, async (options) => {
    const outcome = outcomes[calls++];
    await Promise.resolve();
    if (outcome !== 'opens') throw new Error(`attempt ${calls} failed`);
    const gpu = { isLost: false, options };
    opened.push(gpu);
    return gpu as unknown as Gpu;
  });
  return { source, opened, calls: () => calls };
}

it('opens one device for all who ask, together or later', async () => {
  const { source, opened, calls } = sourceOf(['opens']);
  const [a, b] = await Promise.all([source.acquire(), source.acquire()]);
  expect(a).toBe(b);
  expect(await source.acquire()).toBe(a);
  expect(calls()).toBe(1);
  expect(opened[0].options).toEqual({ powerPreference: 'low-power' });
});

it('opens nothing before it is asked', () => expect(sourceOf([]).calls()).toBe(0));

it('tells all who wait of a failure, and tries again for the next', async () => {
  const { source, calls } = sourceOf(['fails', 'opens']);
  const results = await Promise.allSettled([source.acquire(), source.acquire()]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(calls()).toBe(1);
  await expect(source.acquire()).resolves.toBeDefined();
  expect(calls()).toBe(2);
});

it('replaces a lost device once, for all who ask', async () => {
  const { source, opened, calls } = sourceOf(['opens', 'opens']);
  const first = await source.acquire();
  opened[0].isLost = true;
  const [a, b, c] = await Promise.all([source.acquire(), source.acquire(), source.acquire()]);
  expect(a).not.toBe(first);
  expect([b, c]).toEqual([a, a]);
  expect(await source.acquire()).toBe(a);
  expect(calls()).toBe(2);
});

it('does not loop: a replacement that fails is a failure, and the next request tries once more', async () => {
  const { source, opened, calls } = sourceOf(['opens', 'fails', 'opens']);
  await source.acquire();
  opened[0].isLost = true;
  await expect(source.acquire()).rejects.toThrow('attempt 2 failed');
  expect(calls()).toBe(2);
  await expect(source.acquire()).resolves.toMatchObject({ isLost: false });
});
