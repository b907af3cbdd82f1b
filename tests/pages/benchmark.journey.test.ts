import { afterEach, describe, expect, it } from 'vitest';
import { reportToText } from '../../src/bench/export';
import { BenchmarkDriver, entriesOf, expectVerified } from '../support/benchmark-driver';
import { validateReport } from '../support/report-schema';

let benchmark: BenchmarkDriver;

afterEach(async () => {
  expect(benchmark.errors).toEqual([]);
  await benchmark.close();
});

describe('a benchmark on the built site', () => {
  it('runs what its link asks for, shows it and gives it away', async () => {
    const hash = '#heads=2&queries=64&head-dim=16&mask=causal&contestants=flash,cpu-simd&budget=1';
    benchmark = await BenchmarkDriver.open(hash);
    expect(await benchmark.read('#queries', 'value')).toBe('64');
    const report = await benchmark.run();
    expectVerified(report);
    expect(validateReport(report), JSON.stringify(validateReport.errors)).toBe(true);
    expect(Object.keys(entriesOf(report)).sort()).toEqual(['cpu-simd', 'flash']);
    expect(new Set(await benchmark.statuses())).toEqual(new Set(['verified']));
    await benchmark.appears('sample-chart >>> svg.plot');
    await benchmark.appears('roofline-chart >>> svg.plot');
    expect(reportToText(report)).toContain('flash');
    // Settings in their own order, and none that are as they always are.
    expect(new URLSearchParams((await benchmark.hash()).slice(1)).get('queries')).toBe('64');
  });
});
