import { afterEach, describe, expect, it } from 'vitest';
import { expectVerified, BenchmarkDriver } from '../../support/benchmark-driver';

let playground: BenchmarkDriver;

afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

/** On a busy machine another program may hold the page up: only what happens every time is its own. */
const retry = { retry: 2 };

describe('the page’s own thread is never blocked', () => {
  it.each([
    ['by the default suite', '#budget=5'],
    // 64 MiB of keys, as many of values.
    ['by large operands', '#queries=1&keys=32768&contestants=flash,cpu,cpu-simd&budget=3'],
    [
      'by 64 MiB of results',
      '#queries=65536&keys=8&heads=1&head-dim=8&value-dim=256&contestants=flash,cpu,cpu-simd&budget=3',
    ],
  ])('%s', retry, async (_what, hash) => {
    playground = await BenchmarkDriver.open(hash);
    await playground.appears('device-card >>> dl');
    const tasks = await playground.longTasksDuring(async () => {
      expectVerified(await playground.run());
    });
    expect(tasks).toEqual([]);
  });

  it('without this test seeing it', async () => {
    playground = await BenchmarkDriver.open();
    const tasks = await playground.longTasksDuring(() =>
      playground.page.evaluate(() => {
        setTimeout(() => {
          const end = performance.now() + 150;
          while (performance.now() < end);
        });
      }),
    );
    expect(tasks).toHaveLength(1);
  });
});
