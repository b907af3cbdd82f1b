import { afterEach, describe, expect, it } from 'vitest';
import { expectVerified, Playground } from '../support/playground';

let playground: Playground;

afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

/** Longer than this and a page stutters for everybody. */
const longestMs = 100;

describe('the main thread', () => {
  it.each([
    ['small cases of all contestants', '#queries=512&budget=8'],
    // 64 MiB of keys, as many of values.
    ['large operands', '#queries=1&keys=32768&budget=8'],
    // 64 MiB of results, every one of which is checked.
    ['large results', '#queries=131072&keys=8&heads=1&head-dim=8&value-dim=128&contestants=flash,cpu&budget=8'],
    ['a long causal sequence', '#queries=1048576&keys=1&heads=1&head-dim=4&mask=causal&contestants=flash,cpu&budget=4'],
    ['a suite', '#preset=sweep&budget=8'],
  ])('is never blocked while %s are measured', async (_what, hash) => {
    playground = await Playground.open(hash);
    await playground.appears('device-card >>> dl');
    await playground.page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(window, { tasks });
      new PerformanceObserver((list) => {
        tasks.push(...list.getEntries().map(({ duration }) => duration));
        (window as any).moments ??= [];
        (window as any).moments.push(...list.getEntries().map(({ duration, startTime }) => [duration, startTime, JSON.stringify(window.heard.progress)]));
      }).observe({ type: 'longtask', buffered: false });
    });
    expectVerified(await playground.run());
    // The last entries come a moment after their tasks.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const tasks = (await playground.page.evaluate('window.tasks')) as number[];
    console.log(await playground.page.evaluate('window.moments'));
    expect(Math.max(0, ...tasks)).toBeLessThan(longestMs);
  });
});
