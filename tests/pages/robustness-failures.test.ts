import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

const SHAPE = '#queries=96&heads=2&head-dim=32&budget=1';

describe('a device that is lost', () => {
  beforeEach(async () => {
    playground = await BenchmarkDriver.open(`${SHAPE}&contestants=flash,cpu`);
  });

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
    await playground.follow(`${SHAPE}&contestants=flash,three-pass,cpu`);
    await playground.at({ stage: 'verifying', contestant: 'three-pass' }, destroyDevice);
    const entries = entriesOf(await playground.run());
    const { flash, 'three-pass': threePass, cpu } = entries;
    expect(flash).toMatchObject({ status: 'verified', verification: { passed: true } });
    expect([threePass.status, cpu.status]).toEqual(['cancelled', 'cancelled']);
    expect(await playground.statuses()).toEqual(Object.values(entries).map((e) => e.status));
    await expectRecovery();
  });

  it('leaves the times of the cases before on the page', async () => {
    await playground.follow('#preset=sweep&budget=20&contestants=flash');
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

const afterwards = '#queries=32&heads=1&head-dim=16&contestants=flash,cpu&budget=1';
const crashing = '#queries=1024&heads=2&head-dim=64&contestants=flash,cpu&budget=9';

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
  await playground.follow(afterwards);
  expectVerified(await playground.run());
  expect(await playground.page.$('>>> notice-banner[kind=error]')).toBeNull();
}

describe('a worker that crashes', () => {
  it.each<[string, Moment]>([
    ['while it computes the reference', { stage: 'reference' }],
    ['while it is timed', { stage: 'timing', contestant: 'cpu' }],
    ['while it has nothing to do', { stage: 'compiling' }],
  ])('%s ends the run, and the next one works', async (_when, moment) => {
    playground = await BenchmarkDriver.open(crashing);
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
    playground = await BenchmarkDriver.open(crashing, () => {
      const { Worker } = window;
      window.Worker = class extends Worker {
        constructor(_url: string | URL, options?: WorkerOptions) {
          const text = new Blob(['this is no program'], { type: 'text/javascript' });
          super(URL.createObjectURL(text), options);
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

const small = '#queries=48&heads=2&head-dim=16&budget=2';

/** GPU implementations show why they did not run; the CPU's is verified and timed. */
async function expectCpuAlone(reason: RegExp) {
  await playground.appears('notice-banner[kind=caution]');
  expect(await playground.text('notice-banner')).toMatch(
    /only the CPU implementations will run.*recent Chrome/,
  );

  const report = await playground.run();
  expect(report).toMatchObject({ status: 'complete', device: null });
  expect(report.message).toMatch(reason);
  const { flash, 'three-pass': threePass, cpu } = entriesOf(report);
  for (const entry of [flash, threePass]) {
    expect(entry.status).toBe('refused');
    expect(entry.message).toContain('WebGPU is not available');
    expect(entry.timing).toBeUndefined();
  }
  expect(cpu).toMatchObject({ status: 'verified', verification: { passed: true } });
  expect(cpu.timing!.median).toBeGreaterThan(0);

  expect(await playground.text('notice-banner')).toMatch(reason);
  expect(await playground.text('result-table')).toMatch(/flash.*WebGPU is not available/);
  expect(await playground.text('result-table')).toMatch(/cpu.*verified/);
  // It did not run, which is something else than being too large.
  expect(await playground.text('status-mark')).not.toContain('fit');
  expect(await playground.text('device-card')).toContain('WebGPU is not available here');
}

describe('without WebGPU', () => {
  it('the page says so, says what to do, and runs the CPU implementations', async () => {
    playground = await BenchmarkDriver.open(small, () => {
      Reflect.deleteProperty(Navigator.prototype, 'gpu');
    });
    await expectCpuAlone(/This browser has no WebGPU.*Only the CPU implementations run/);
  });

  it('a browser that finds no adapter does the same', async () => {
    playground = await BenchmarkDriver.open(small, () => {
      GPU.prototype.requestAdapter = async () => null;
    });
    await expectCpuAlone(/no graphics adapter.*chrome:\/\/gpu.*Only the CPU implementations run/);
  });

  it('an adapter that gives no device does the same', async () => {
    playground = await BenchmarkDriver.open(small, () => {
      GPUAdapter.prototype.requestDevice = async () => {
        throw new DOMException('the driver said no', 'OperationError');
      };
    });
    await expectCpuAlone(/the driver said no.*Only the CPU implementations run/);
  });

  it('an adapter that turns up later is used by the next run', async () => {
    playground = await BenchmarkDriver.open(`${small}&contestants=flash`, () => {
      const { requestAdapter } = GPU.prototype;
      GPU.prototype.requestAdapter = async () => null;
      Object.assign(window, { plugIn: () => (GPU.prototype.requestAdapter = requestAdapter) });
    });
    expect(entriesOf(await playground.run()).flash.status).toBe('refused');
    await playground.page.evaluate('void plugIn()');
    expect(entriesOf(await playground.run()).flash.status).toBe('verified');
    expect(await playground.text('notice-banner')).toBe('');
  });
});
