import { expect, it } from 'vitest';
import { FakeDevice } from '../../tests/support/fake-gpu';
import { GpuValidationError, OutOfMemoryError, withErrorScopes } from './errors';

function setUp(failures: FakeDevice['failures'] = {}) {
  const fake = new FakeDevice();
  fake.failures = failures;
  return { fake, device: fake as unknown as GPUDevice };
}

const create = (device: GPUDevice) => () => device.createBuffer({ size: 4, usage: 0 });

it('pops its scopes before it returns, so that no other caller comes in between', async () => {
  const { fake, device } = setUp();
  const first = withErrorScopes(device, () => {
    expect(fake.openScopes).toBe(2);
    return 'made';
  });
  expect(fake.openScopes).toBe(0);
  expect(await first).toBe('made');
});

it('gives each of two callers its own error', async () => {
  const { fake, device } = setUp({ validation: 'the first is wrong' });
  const first = withErrorScopes(device, create(device));
  fake.failures = {};
  const second = withErrorScopes(device, create(device));
  await expect(first).rejects.toThrow('the first is wrong');
  await expect(second).resolves.toBeDefined();
});

it('names a refused call as a mistake in the code', async () => {
  const { device } = setUp({ validation: 'bad usage' });
  const error = await withErrorScopes(device, create(device)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(GpuValidationError);
  expect(error).toMatchObject({ message: 'bad usage', cause: { message: 'bad usage' } });
});

it('puts a full memory first, in the caller’s words', async () => {
  const { device } = setUp({ validation: 'invalid', 'out-of-memory': 'full' });
  const outOfMemory = (cause: GPUError) => new OutOfMemoryError('keys', 2 ** 30, { cause });
  const error = await withErrorScopes(device, create(device), outOfMemory).catch((e) => e);
  expect(error).toBeInstanceOf(OutOfMemoryError);
  expect(error).toMatchObject({
    message: 'The GPU has no room for keys (1 GiB).',
    cause: { message: 'full' },
  });
});

it('leaves no scope behind where the call itself throws', async () => {
  const { fake, device } = setUp();
  const work = withErrorScopes(device, () => {
    throw new TypeError('not an integer');
  });
  expect(fake.openScopes).toBe(0);
  await expect(work).rejects.toThrow('not an integer');
});
