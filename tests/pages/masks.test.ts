import { afterEach, expect, it } from 'vitest';
import { reportToText } from '../../src/bench/export';
import { expectVerified, BenchmarkDriver } from '../support/benchmark-driver';
import { validateReport } from '../support/report-schema';

let playground: BenchmarkDriver;

afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

it('one run of the masks says what each takes of full attention, on one shape', async () => {
  playground = await BenchmarkDriver.open('#preset=masks&contestants=flash&budget=1');
  const report = await playground.run();
  expectVerified(report);
  expect(validateReport(report), JSON.stringify(validateReport.errors)).toBe(true);
  expect(report.cases).toMatchObject([
    { mask: 'none' },
    { mask: 'causal' },
    { mask: 'causal-window', window: 256 },
  ]);
  const [full, causal, local] = report.cases;
  expect(causal.shape).toEqual(full.shape);
  expect(local.shape).toEqual(full.shape);
  expect(local.flops).toBeLessThan(causal.flops);

  const shares = await playground.text('td.vsUnmasked');
  expect(shares).toMatch(/^\n[\d.]+\n[\d.]+$/);
  for (const share of shares.trim().split('\n')) expect(reportToText(report)).toContain(share);
  expect(await playground.text('thead')).toContain('vs unmasked');
});
