import { describe, expect, it } from 'vitest';
import { openFakeGpu } from '../../../tests/support/fake-gpu';
import { PassTimer } from '../../webgpu/timing';
import { type PreparedProbe, ProbeError, runProbe } from './probe';

/** A probe of a device that does one unit in so many nanoseconds; `invalid` readings run backwards. */
async function setUp(nsOfUnit: number, invalid: readonly number[] = []) {
  const { gpu, device } = openFakeGpu();
  device.features.add('timestamp-query');
  const timer = (await PassTimer.create(gpu))!;
  const sizes: number[] = [];
  const checked: number[] = [];
  let units = 0;
  const reading = (): [bigint, bigint] => {
    const ns = BigInt(Math.round(units * nsOfUnit));
    sizes.push(units);
    units = 0;
    return invalid.includes(sizes.length - 1) ? [ns, 0n] : [0n, ns];
  };
  device.timestamps = { shift: reading } as unknown as [bigint, bigint][];
  const probe: PreparedProbe = {
    label: 'probe',
    compileMs: 1,
    workOfUnit: 10,
    maxUnits: 1000,
    encode: (_pass, count) => void (units += count),
    check: async (count) => void checked.push(count),
  };
  const clock = { timer, resolution: { kind: 'timestamps', resolutionMs: 0.1 } as const };
  return { gpu, device, probe, clock, sizes, checked };
}

describe('a probe', () => {
  it.each([10, 1e4, 1e6])('grows to samples of the same work, %d ns a unit', async (nsOfUnit) => {
    const { gpu, probe, clock, sizes, checked } = await setUp(nsOfUnit);
    const { milliseconds, work } = await runProbe(gpu, probe, clock);
    const units = sizes.at(-1)!;
    expect(sizes.slice(-6)).toEqual(Array(6).fill(units));
    expect(work).toBe(10 * units);
    for (const ms of milliseconds) {
      expect(ms).toBeGreaterThanOrEqual(8);
      expect(ms).toBeLessThan(50);
    }
    expect(checked).toEqual([Math.min(units, 1000)]);
  });

  it('ignores invalid readings of the clock', async () => {
    const { gpu, probe, clock } = await setUp(1e6, [1, 3, 5]);
    expect((await runProbe(gpu, probe, clock)).milliseconds).toHaveLength(6);
  });

  it('gives up on a clock that gives none', async () => {
    const all = Array.from({ length: 60 }, (_, i) => i);
    const { gpu, probe, clock } = await setUp(1e6, all);
    await expect(runProbe(gpu, probe, clock)).rejects.toThrow(/clock/);
  });

  it('that is wrong has no speed', async () => {
    const { gpu, probe, clock } = await setUp(1e6);
    const check = () => Promise.reject(new ProbeError('wrong'));
    await expect(runProbe(gpu, { ...probe, check }, clock)).rejects.toThrow(ProbeError);
  });

  it('stops where its signal says', async () => {
    const { gpu, probe, clock, device } = await setUp(1e6);
    const signal = AbortSignal.abort();
    await expect(runProbe(gpu, probe, clock, signal)).rejects.toThrow(/abort/i);
    expect(device.submissions).toBe(0);
  });
});
