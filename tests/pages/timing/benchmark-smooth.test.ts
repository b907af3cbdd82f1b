import { afterEach, describe, expect, it } from 'vitest';
import { expectVerified, BenchmarkDriver } from '../../support/benchmark-driver';

let playground: BenchmarkDriver;

afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

/** Longer than this and a page stutters for everybody. */
const longestMs = 100;

/** On a busy machine another program may hold the page up: only what happens every time is its own. */
const retry = { retry: 2 };

/** Watches for long tasks of the page's own thread, with what ran at the time. */
const watch = () =>
  playground.page.evaluate(() => {
    const tasks: [milliseconds: number, during: string][] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => {
      const during = JSON.stringify(window.heard.progress);
      for (const { duration } of list.getEntries()) tasks.push([duration, during]);
    }).observe({ type: 'longtask', buffered: false });
  });

async function tooLong() {
  // The last entries come a moment after their tasks.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const tasks = (await playground.page.evaluate('window.tasks')) as [number, string][];
  return tasks.filter(([milliseconds]) => milliseconds >= longestMs);
}

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
    await watch();
    expectVerified(await playground.run());
    expect(await tooLong()).toEqual([]);
  });

  it('without this test seeing it', async () => {
    playground = await BenchmarkDriver.open();
    await watch();
    await playground.page.evaluate(() => {
      setTimeout(() => {
        const end = performance.now() + 150;
        while (performance.now() < end);
      });
    });
    expect(await tooLong()).toHaveLength(1);
  });
});
