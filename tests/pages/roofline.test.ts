import { afterEach, expect, it } from 'vitest';
import { reportToText } from '../../src/bench/export';
import { formatShare } from '../../src/bench/format';
import { expectVerified, BenchmarkDriver } from '../support/benchmark-driver';
import { validateReport } from '../support/report-schema';

let playground: BenchmarkDriver;

afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

const hash = '#heads=2&queries=64&head-dim=16&budget=1';

it('a run measures peak rates, and the share of the roofline that each implementation reached', async () => {
  playground = await BenchmarkDriver.open(`${hash}&contestants=flash,cpu-simd`);
  const report = await playground.run();
  expectVerified(report);
  expect(validateReport(report), JSON.stringify(validateReport.errors)).toBe(true);
  for (const { name, perSecond, message } of report.ceilings) {
    expect({ name, message }).toEqual({ name, message: undefined });
    expect(perSecond).toBeGreaterThan(1e6);
  }
  const names = report.ceilings.map(({ name }) => name);
  for (const name of ['fma-f32', 'memory', 'workgroup-memory', 'cpu-fma', 'cpu-memory']) {
    expect(names).toContain(name);
  }

  const shown = await playground.text('td.ofRoofline');
  for (const { timing } of report.cases[0].entries) {
    expect(timing!.roof!.share).toBeGreaterThan(0);
    expect(timing!.roof!.share).toBeCloseTo(timing!.gflops / timing!.roof!.gflops, 9);
    expect(shown).toContain(formatShare(timing!.roof!.share));
    expect(reportToText(report)).toContain(formatShare(timing!.roof!.share));
  }
  expect(await playground.text('device-card')).toContain('float32 FMA');

  const chart = '>>> roofline-chart >>> svg.plot';
  await expect.poll(() => playground.page.$(chart), { timeout: 20_000 }).not.toBeNull();
  const words = await playground.page.$eval(chart, (svg) => svg.getAttribute('aria-label'));
  expect(words).toMatch(/GPU roofline at .* GFLOP\/s; CPU roofline at .*fastest mark is/);
});

it('only what competes is measured: without a CPU contestant, the device alone', async () => {
  playground = await BenchmarkDriver.open(`${hash}&contestants=flash`);
  const report = await playground.run();
  expectVerified(report);
  expect(report.ceilings.map(({ name }) => name)).not.toContain('cpu-fma');
  expect(report.cases[0].entries[0].timing!.roof).toBeDefined();
});
