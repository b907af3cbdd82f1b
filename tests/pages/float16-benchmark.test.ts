import { afterEach, describe, expect, it } from 'vitest';
import { entriesOf, expectVerified, BenchmarkDriver } from '../support/benchmark-driver';

let playground: BenchmarkDriver;

afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

/** As on a host without isolation headers: then no memory is shared with workers. */
const unshared = () => Object.defineProperty(window, 'crossOriginIsolated', { value: false });

/** Odd numbers of values, so that no operand fills its last word. */
const hash = '#heads=3&queries=61&keys=37&head-dim=7&value-dim=9&dtype=f16&mask=window&window=20';

describe('the benchmark in float16, or its refusal', () => {
  it.each([
    ['memory that workers share', undefined],
    ['memory copied to each worker', unshared],
  ])('with %s', async (_where, prepare) => {
    playground = await BenchmarkDriver.open(
      `${hash}&contestants=flash,three-pass,cpu&budget=1`,
      prepare,
    );
    const report = await playground.run();
    const { flash, 'three-pass': threePass, cpu } = entriesOf(report);
    expect(report.cases[0]).toMatchObject({
      name: '1·3·61×37·7/9 window 20 f16',
      dtype: 'f16',
      window: 20,
    });
    // The inputs are rounded, but not what it computes: its error is one of float32.
    expect(cpu.verification).toMatchObject({ passed: true, sampled: false });
    expect(cpu.verification!.maxError).toBeLessThan(1e-5);

    if (report.device!.features.includes('shader-f16')) {
      expectVerified(report);
      for (const { verification } of [flash, threePass]) {
        // Results near 1 are rounded to eleven bits: more than float32 would show, within the bound.
        expect(verification!.maxError).toBeGreaterThan(1e-5);
        expect(verification!.maxError).toBeLessThan(1e-2);
      }
      return;
    }
    for (const { status, message } of [flash, threePass]) {
      expect(status).toBe('refused');
      expect(message).toBe(
        'float16 needs the feature shader-f16, which this device does not have; float32 works.',
      );
    }
    expect(cpu.status).toBe('verified');
    expect(await playground.text('result-table')).toContain('float16 needs the feature shader-f16');
  });
});
