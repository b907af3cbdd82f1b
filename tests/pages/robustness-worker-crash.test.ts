import { afterEach, describe, expect, it } from 'vitest';
import {
  entriesOf,
  expectVerified,
  type Moment,
  BenchmarkDriver,
} from '../support/benchmark-driver';

let playground: BenchmarkDriver;

afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

const settings = '#queries=1024&heads=4&head-dim=64&contestants=flash,cpu&budget=9';
const small = '#queries=32&heads=1&head-dim=16&contestants=flash,cpu&budget=1';

/** Makes the page's workers throw in a turn of their own, as a bug in them would. */
async function crash() {
  const workers = playground.page.workers();
  expect(workers.length).toBeGreaterThan(0);
  const bug = "void setTimeout(() => { throw new Error('out of order') })";
  // One may end the run, and with it the others, before they have answered.
  await Promise.allSettled(workers.map((worker) => worker.evaluate(bug)));
}

async function expectBrokenOff(message: RegExp) {
  const report = await playground.ended();
  expect(report.status).toBe('failed');
  expect(report.message).toMatch(message);
  expect(await playground.read('notice-banner', 'kind')).toBe('error');
  expect(await playground.text('notice-banner')).toMatch(message);
  return report;
}

async function expectNextRunWorks() {
  await playground.page.evaluate((hash) => (location.hash = hash), small);
  expectVerified(await playground.run());
  expect(await playground.page.$('>>> notice-banner[kind=error]')).toBeNull();
}

describe('a worker that crashes', () => {
  it.each<[string, Moment]>([
    ['while it computes the reference', { stage: 'reference' }],
    ['while it is timed', { stage: 'timing', contestant: 'cpu' }],
    ['while it has nothing to do', { stage: 'compiling' }],
  ])('%s ends the run, and the next one works', async (_when, moment) => {
    playground = await BenchmarkDriver.open(settings);
    await playground.pressRun();
    await playground.reaches(moment);
    await crash();
    const report = await expectBrokenOff(/The CPU worker crashed: .*out of order.*run again/);
    const { flash } = entriesOf(report);
    const kept = moment.stage === 'reference' ? 'cancelled' : 'verified';
    expect(flash.status).toBe(kept);
    expect((await playground.statuses())[0]).toBe(kept);
    await expectNextRunWorks();
  });

  it('as it starts ends the run, and the next one works', async () => {
    playground = await BenchmarkDriver.open(settings, () => {
      const { Worker } = window;
      window.Worker = class extends Worker {
        constructor(_url: string | URL, options?: WorkerOptions) {
          super('data:text/javascript,this is no program', options);
        }
      };
      Object.assign(window, { repair: () => (window.Worker = Worker) });
    });
    await playground.pressRun();
    await expectBrokenOff(/The CPU worker crashed/);
    await playground.page.evaluate('void repair()');
    await expectNextRunWorks();
  });
});
