import { afterEach, describe, expect, it } from 'vitest';
import { expectVerified, type Moment, BenchmarkDriver } from '../../support/benchmark-driver';

let playground: BenchmarkDriver;

afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

/** One piece of this takes seconds on a software adapter. */
const slowKernel = '#queries=64&keys=16384&heads=4&head-dim=256&contestants=flash&budget=60';
/** One piece of the reference, and of the CPU's own path, takes as long as pieces are cut. */
const slowCpu = '#queries=2048&heads=8&head-dim=64&contestants=cpu&budget=60';
const small = '#queries=32&heads=1&head-dim=16&contestants=cpu,flash&budget=1';
const smallCpu = '#queries=32&heads=1&head-dim=16&contestants=cpu&budget=1';

/** Presses Cancel, and returns the milliseconds until the run is over, as the page itself saw it. */
function cancel(): Promise<number> {
  return playground.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        window.addEventListener('benchmark-event', ({ detail }) => {
          if (detail.type === 'done') resolve(performance.now() - start);
        });
        const shell = document.querySelector('attention-app')!.shadowRoot!;
        const page = shell.querySelector('benchmark-page')!.shadowRoot!;
        const controls = page.querySelector('benchmark-controls')!.shadowRoot!;
        controls.querySelector<HTMLButtonElement>('button.primary')!.click();
      }),
  );
}

describe('cancelling', () => {
  it.each<[string, string, Moment, number]>([
    ['while a kernel is compiled', small, { stage: 'compiling' }, 50],
    ['while a kernel runs', slowKernel, { stage: 'verifying', contestant: 'flash' }, 600],
    ['while workers draw inputs', slowCpu, { stage: 'inputs' }, 0],
    ['while workers compute the reference', slowCpu, { stage: 'reference' }, 100],
    ['while a worker is checked', slowCpu, { stage: 'verifying', contestant: 'cpu' }, 100],
    ['while a worker is timed', slowCpu, { stage: 'timing' }, 100],
  ])('%s ends the run at once, and another can follow', async (_when, hash, moment, delay) => {
    playground = await BenchmarkDriver.open(hash);
    await playground.pressRun();
    await playground.reaches(moment);
    await new Promise((resolve) => setTimeout(resolve, delay));
    expect(await cancel()).toBeLessThan(500);
    const report = await playground.ended();
    expect(report).toMatchObject({ status: 'cancelled', message: expect.stringContaining('kept') });
    expect(await playground.text('notice-banner')).toContain('Cancelled. Results so far are kept.');

    // What was reached stays: the CPU's check where the kernel came after it.
    const statuses = report.cases.flatMap(({ entries }) => entries.map(({ status }) => status));
    expect(await playground.statuses()).toEqual(statuses);
    if (hash === small) expect(statuses).toEqual(['verified', 'cancelled']);

    await playground.follow(hash === slowCpu ? smallCpu : small);
    expectVerified(await playground.run());
  });
});
