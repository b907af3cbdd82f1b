import { describe, expect, it } from 'vitest';
import { openFakeGpu } from '../../tests/support/fake-gpu';
import { PassTimer, measureTimerResolution } from './timing';

/** The resolution found for a clock that passes read at these nanoseconds. */
async function resolutionOf(readings: (pass: number) => [number, number]) {
  const { gpu, device } = openFakeGpu();
  device.features.add('timestamp-query');
  device.timestamps = Array.from({ length: 200 }, (_, pass) => {
    const [begin, end] = readings(pass).map((ns) => BigInt(Math.round(ns)));
    return [begin, end];
  });
  const result = await measureTimerResolution(gpu);
  gpu.staging.destroy();
  expect(gpu.buffers.count).toBe(0);
  return result;
}

const coarse = (step: number, ns: number) => Math.floor(ns / step) * step;

describe('the resolution of timestamps', () => {
  it.each([65_536, 100_000])('is the step of a clock coarsened to %d ns', async (step) => {
    const found = await resolutionOf((pass) => [
      coarse(step, pass * 31_000),
      coarse(step, pass * 31_000 + 9_000),
    ]);
    expect(found).toEqual({ kind: 'timestamps', resolutionMs: step / 1e6 });
  });

  it('is found also where the clock jumps back now and then', async () => {
    const found = await resolutionOf((pass) => {
      const ns = pass % 7 === 3 ? 1000 * pass - 4000 : 1000 * pass;
      return [coarse(250, ns), coarse(250, ns + 300)];
    });
    expect(found.resolutionMs).toBe(250 / 1e6);
  });

  it('of a clock that never moves is taken to be coarse, not zero', async () => {
    expect((await resolutionOf(() => [5, 5])).resolutionMs).toBe(0.1);
  });
});

it('without timestamps the wall clock’s own step counts', async () => {
  const { gpu } = openFakeGpu();
  expect(await PassTimer.create(gpu)).toBeNull();
  for (const device of [gpu, null]) {
    const { kind, resolutionMs } = await measureTimerResolution(device);
    expect(kind).toBe('wall');
    expect(resolutionMs).toBeGreaterThan(0);
    expect(resolutionMs).toBeLessThan(50);
  }
});
