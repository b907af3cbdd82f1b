import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../tests/support/problems';
import { sampleCase, sampleCeilings, sampleTiming } from '../../../tests/support/reports';
import { compulsoryBytes } from '../case';
import type { CeilingReport } from '../report';
import { measureThread } from './cpu-probe';
import { combineThreads } from './measure';
import { boundAt, intensityOf, peaksOf, withRoofs } from './roof';

const peaks = { arithmetic: 100e9, memory: 5e9 };

describe('the roof', () => {
  it('rises with the bandwidth up to the ridge, and is flat from there on', () => {
    expect(boundAt(0.5, peaks)).toEqual({ bound: 2.5e9, boundBy: 'memory' });
    expect(boundAt(19, peaks)).toEqual({ bound: 95e9, boundBy: 'memory' });
    expect(boundAt(20, peaks)).toEqual({ bound: 100e9, boundBy: 'arithmetic' });
    expect(boundAt(1e6, peaks)).toEqual({ bound: 100e9, boundBy: 'arithmetic' });
  });

  it('counts what cannot be avoided: each operand read once, the output written once', () => {
    const shape = shapeOf({
      batch: 2,
      heads: 4,
      kvHeads: 2,
      queryLength: 3,
      keyLength: 10,
      headSize: 8,
      valueSize: 6,
    });
    const values = 2 * (4 * 3 * 8 + 2 * 10 * 8 + 2 * 10 * 6 + 4 * 3 * 6);
    expect(compulsoryBytes({ shape, mask: 'none', dtype: 'f32' })).toBe(4 * values);
    expect(compulsoryBytes({ shape, mask: 'causal', dtype: 'f16' })).toBe(2 * values);
  });

  it('grows with the length: a long sequence has more to compute for each byte', () => {
    expect(intensityOf({ flops: 134217728, bytes: 2097152 })).toBe(64);
  });

  it('is known where both its ceilings are', () => {
    expect(peaksOf('gpu', sampleCeilings)).toEqual({ arithmetic: 25e9, memory: 2e9 });
    expect(peaksOf('cpu', sampleCeilings)).toBeUndefined();
    const without = (name: string) => sampleCeilings.filter((one) => one.name !== name);
    expect(peaksOf('gpu', without('memory'))).toBeUndefined();
    expect(peaksOf('gpu', without('fma-f32'))).toBeUndefined();
    expect(peaksOf('gpu', without('fma-f16'))).toBeDefined();
  });
});

describe('shares', () => {
  const shareOf = (changes: Parameters<typeof sampleCase>[0], ceilings = sampleCeilings) =>
    withRoofs(sampleCase(changes), ceilings).entries.map(({ timing }) => timing?.roof);

  it('are what was reached over what was possible, for kernels and CPU apart', () => {
    const [flash, , cpu] = shareOf({});
    expect(flash).toEqual({ gflops: 25, boundBy: 'arithmetic', share: 10.87 / 25 });
    expect(cpu).toBeUndefined();
    const cpuCeilings: CeilingReport[] = [
      { name: 'cpu-fma', unit: 'FLOP/s', perSecond: 50e9 },
      { name: 'cpu-memory', unit: 'B/s', perSecond: 10e9 },
    ];
    expect(shareOf({}, cpuCeilings)[2]).toMatchObject({ gflops: 50, share: 1.46 / 50 });
  });

  it('are of subgroup matrices for a kernel that computes with them', () => {
    const entries = ['flash', 'flash-matrix'].map((contestant) => ({
      contestant,
      status: 'verified' as const,
      timing: sampleTiming(),
    }));
    const ceilings: CeilingReport[] = [
      ...sampleCeilings,
      { name: 'fma-matrix', unit: 'FLOP/s', perSecond: 100e9 },
    ];
    const [lanes, matrices] = shareOf({ entries }, ceilings);
    expect(lanes!.gflops).toBe(25);
    expect(matrices!.gflops).toBe(100);
    expect(shareOf({ entries })[1]).toBeUndefined();
  });

  it('are of the bandwidth where few operations come to a byte', () => {
    const [flash] = shareOf({ flops: 2097152, bytes: 4194304 });
    expect(flash).toEqual({ gflops: 1, boundBy: 'memory', share: 10.87 });
  });

  it('are set only on times of known implementations', () => {
    const entries = [
      { contestant: 'flash', status: 'pending' } as const,
      { contestant: 'gone', status: 'verified', timing: sampleTiming() } as const,
    ];
    expect(shareOf({ entries })).toEqual([undefined, undefined]);
    const untouched = sampleCase();
    expect(withRoofs(untouched, [])).toBe(untouched);
  });
});

describe('probes of the CPU', () => {
  it.each(['fma', 'memory'] as const)('measure %s, and check what they compute', (probe) => {
    const { work, milliseconds } = measureThread(probe);
    expect(milliseconds).toHaveLength(4);
    for (const ms of milliseconds) expect(work / ms).toBeGreaterThan(1e5);
  });

  it('count all threads together, window by window', () => {
    const report = combineThreads([
      { work: 100, milliseconds: [1, 2] },
      { work: 100, milliseconds: [1, 1] },
    ]);
    // 200 a millisecond, then 150.
    expect(report).toMatchObject({ work: 200, samples: [1, 4 / 3], threads: 2 });
    expect(report.perSecond).toBe(200_000);
  });
});
