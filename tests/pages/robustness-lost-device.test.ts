import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  entriesOf,
  expectVerified,
  type Moment,
  BenchmarkDriver,
} from '../support/benchmark-driver';

let playground: BenchmarkDriver;

beforeEach(async () => {
  playground = await BenchmarkDriver.open('#queries=96&heads=2&head-dim=32&budget=1');
});

afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

const destroyDevice = () => window.heard.devices.at(-1)!.destroy();

/** The run broke off and says so; the one after it is complete, on a device of its own. */
async function expectRecovery() {
  expect(await playground.read('notice-banner', 'kind')).toBe('error');
  expect(await playground.text('notice-banner')).toMatch(
    /The GPU device was lost.*Results so far are kept; the next run opens a new device/,
  );
  expectVerified(await playground.run());
  expect(await playground.page.evaluate(() => window.heard.devices.length)).toBe(2);
  expect(await playground.page.$('>>> notice-banner[kind=error]')).toBeNull();
}

describe('a device that is lost', () => {
  it.each<[string, Moment]>([
    ['while inputs are uploaded', { stage: 'inputs' }],
    ['while the CPU computes the reference', { stage: 'reference' }],
    ['while kernels are timed', { stage: 'timing' }],
  ])('%s ends the run, and the next one works', async (_when, moment) => {
    await playground.at(moment, destroyDevice);
    const report = await playground.run();
    expect(report.status).toBe('failed');
    const statuses = report.cases.flatMap(({ entries }) => entries.map(({ status }) => status));
    for (const status of statuses) expect(['verified', 'cancelled']).toContain(status);
    await expectRecovery();
  });

  it('leaves what was verified before on the page', async () => {
    await playground.at({ stage: 'verifying', contestant: 'three-pass' }, destroyDevice);
    const entries = entriesOf(await playground.run());
    const { flash, 'three-pass': threePass, cpu } = entries;
    expect(flash).toMatchObject({ status: 'verified', verification: { passed: true } });
    expect([threePass.status, cpu.status]).toEqual(['cancelled', 'cancelled']);
    expect(await playground.statuses()).toEqual(Object.values(entries).map((e) => e.status));
    await expectRecovery();
  });

  it('leaves the times of the cases before on the page', async () => {
    await playground.page.evaluate(() => {
      location.hash = '#preset=sweep&budget=20&contestants=flash';
    });
    await playground.at({ stage: 'timing', caseIndex: 2 }, destroyDevice);
    const report = await playground.run();
    expect(report.status).toBe('failed');
    expect(report.cases.length).toBeGreaterThan(2);
    const timed = report.cases.map(({ entries: [flash] }) => Boolean(flash.timing));
    expect(timed.slice(0, 2)).toEqual([true, true]);
    expect(timed.slice(3)).not.toContain(true);
    expect(await playground.text('result-table >>> tr.verified td.time')).toMatch(/ms.*\n.*ms/);
  });

  it('between two runs is replaced without a word', async () => {
    expectVerified(await playground.run());
    await playground.page.evaluate(destroyDevice);
    expectVerified(await playground.run());
    expect(await playground.page.evaluate(() => window.heard.devices.length)).toBe(2);
  });
});
