import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFakeGpu } from '../../tests/support/fake-gpu';
import { type DivisibleWork, Pace, runInPieces } from './submission';
import { PassTimer } from './timing';

fc.configureGlobal({ seed: 302 });

/** Work that notes what it is asked for. */
function workOf(units: number, maxUnits = 1e9) {
  const prepared: [number, number][] = [];
  const encoded: [number, number][] = [];
  const work: DivisibleWork = {
    label: 'work',
    units,
    maxUnits,
    prepare: (first, count) => prepared.push([first, count]),
    encode: (_pass, first, count) => encoded.push([first, count]),
  };
  return { work, prepared, encoded };
}

describe('pieces', () => {
  it('cover every unit once, in order, none too large', async () => {
    const { gpu } = openFakeGpu();
    const extent = fc.integer({ min: 1, max: 300 });
    await fc.assert(
      fc.asyncProperty(extent, extent, async (units, maxUnits) => {
        const { work, prepared, encoded } = workOf(units, maxUnits);
        await runInPieces(gpu, work);
        let next = 0;
        for (const [first, count] of encoded) {
          expect(first).toBe(next);
          expect(count).toBeLessThanOrEqual(maxUnits);
          next += count;
        }
        expect(next).toBe(units);
        expect(prepared).toEqual(encoded);
      }),
      { numRuns: 50 },
    );
  });

  it('tell their progress, up to one', async () => {
    const { gpu } = openFakeGpu();
    const seen: number[] = [];
    await runInPieces(gpu, workOf(60, 7).work, { onProgress: (fraction) => seen.push(fraction) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(9);
    expect(seen.at(-1)).toBe(1);
  });

  it('learn from earlier runs where the pace is kept', async () => {
    const { gpu } = openFakeGpu();
    const pace = new Pace();
    await runInPieces(gpu, workOf(500).work, { pace });
    const { work, encoded } = workOf(500);
    await runInPieces(gpu, work, { pace });
    expect(encoded[0][1]).toBeGreaterThan(4);
  });

  it('are one where the work is repeated: all of it, that many times, in one submission', async () => {
    const { gpu, device } = openFakeGpu();
    const { work, prepared, encoded } = workOf(30);
    await runInPieces(gpu, work, { repeats: 5 });
    expect(encoded).toEqual(Array(5).fill([0, 30]));
    expect(prepared).toEqual([[0, 30]]);
    expect(device.submissions).toBe(1);
  });
});

describe('an abort', () => {
  it('stops between pieces, with the signal’s own reason', async () => {
    const { gpu } = openFakeGpu();
    const controller = new AbortController();
    const reason = new Error('enough');
    const { work, encoded } = workOf(100, 10);
    let pieces = 0;
    const onProgress = () => {
      if (++pieces === 3) controller.abort(reason);
    };
    await expect(runInPieces(gpu, work, { signal: controller.signal, onProgress })).rejects.toBe(
      reason,
    );
    expect(encoded).toHaveLength(3);
  });

  it('before the start submits nothing', async () => {
    const { gpu, device } = openFakeGpu();
    const signal = AbortSignal.abort();
    await expect(runInPieces(gpu, workOf(5).work, { signal })).rejects.toThrow(/abort/i);
    expect(device.submissions).toBe(0);
  });
});

it('a device lost between pieces ends the run by name', async () => {
  const { gpu, device } = openFakeGpu();
  const { work, encoded } = workOf(100, 10);
  const onProgress = () => device.lose({ reason: 'unknown', message: 'gone' });
  await expect(runInPieces(gpu, work, { onProgress })).rejects.toMatchObject({
    name: 'DeviceLostError',
    message: expect.stringContaining('gone'),
  });
  expect(encoded.length).toBeLessThan(10);
});

describe('GPU time', () => {
  async function timed(timestamps: [bigint, bigint][], maxUnits: number, repeats = 1) {
    const { gpu, device } = openFakeGpu();
    device.features.add('timestamp-query');
    device.timestamps = timestamps;
    const timer = (await PassTimer.create(gpu))!;
    const { gpuMs } = await runInPieces(gpu, workOf(4, maxUnits).work, { timer, repeats });
    timer.destroy();
    gpu.staging.destroy();
    expect(gpu.buffers.count).toBe(0);
    return gpuMs;
  }

  it('is summed over pieces and divided by repeats', async () => {
    const pieces: [bigint, bigint][] = [
      [10_000_000n, 12_000_000n],
      [20_000_000n, 23_500_000n],
    ];
    expect(await timed(pieces, 2)).toBe(5.5);
    expect(await timed([[0n, 10_000_000n]], 4, 5)).toBe(2);
  });

  it('is unknown where the clock ran backwards in any piece, or there is none', async () => {
    const pieces: [bigint, bigint][] = [
      [12_000_000n, 10_000_000n],
      [20_000_000n, 23_500_000n],
    ];
    expect(await timed(pieces, 2)).toBeNull();
    const { gpu } = openFakeGpu();
    expect((await runInPieces(gpu, workOf(4).work)).gpuMs).toBeNull();
  });
});
