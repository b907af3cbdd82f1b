import { describe, expect, it } from 'vitest';
import { FakeDevice } from '../../tests/support/fake-gpu';
import { Buffers, Cleanup } from './buffers';
import { OutOfMemoryError, formatBytes } from './errors';

function setUp() {
  const fake = new FakeDevice();
  return { fake, buffers: new Buffers(fake as unknown as GPUDevice) };
}

describe('buffers', () => {
  it('are counted while they live, however often they are destroyed', async () => {
    const { fake, buffers } = setUp();
    const a = await buffers.create('a', 100, 0);
    const b = await buffers.create('b', 24, 0);
    expect([buffers.count, buffers.bytes]).toEqual([2, 124]);
    a.destroy();
    a.destroy();
    expect([buffers.count, buffers.bytes]).toEqual([1, 24]);
    expect(fake.alive).toEqual(new Set([b.raw]));
    b.destroy();
    expect([buffers.count, buffers.bytes, fake.alive.size]).toEqual([0, 0, 0]);
  });

  it('that found no room are not counted, and name themselves and their size', async () => {
    const { fake, buffers } = setUp();
    fake.failures = { 'out-of-memory': 'no' };
    const error = await buffers.create('key', 3 * 2 ** 20, 0).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OutOfMemoryError);
    expect(error).toMatchObject({ label: 'key', bytes: 3 * 2 ** 20 });
    expect((error as Error).message).toContain('key (3 MiB)');
    expect([buffers.count, buffers.bytes]).toEqual([0, 0]);
  });
});

it('cleans up in reverse order, and once', () => {
  const order: string[] = [];
  const cleanup = new Cleanup();
  const add = (name: string) => cleanup.add({ name, destroy: () => void order.push(name) });
  expect(add('first').name).toBe('first');
  add('second');
  cleanup.destroy();
  cleanup.destroy();
  expect(order).toEqual(['second', 'first']);
});

it.each([
  [0, '0 bytes'],
  [1023, '1023 bytes'],
  [1024, '1 KiB'],
  [1536, '1.5 KiB'],
  [2 ** 27, '128 MiB'],
  [2 ** 31 - 4, '2.0 GiB'],
  [2 ** 52, '4096 TiB'],
])('%d bytes are written as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
