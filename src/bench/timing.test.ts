import { describe, expect, it } from 'vitest';
import { sampleTiming } from '../../tests/support/reports';
import type { Runner } from './measure';
import type { EntryReport, Timing } from './report';
import { compareEntries, timingOf } from './timing';

/** A verified entry with this median and interval. */
function entry(contestant: string, median: number, low: number | null, high: number | null) {
  const { speedup: _s, verdict: _v, ...timing } = sampleTiming({ median, low, high });
  return { contestant, status: 'verified', timing } as EntryReport;
}

const compared = (...entries: EntryReport[]) =>
  Object.fromEntries(compareEntries(entries).map(({ contestant, timing }) => [contestant, timing]));

const verdicts = (...entries: EntryReport[]) =>
  Object.values(compared(...entries)).map((timing) => timing?.verdict);

describe('verdicts', () => {
  it('are given where intervals lie apart', () => {
    expect(verdicts(entry('a', 10, 9, 11), entry('b', 20, 12, 25), entry('c', 15, 13, 16))).toEqual(
      ['fastest', 'slower', 'slower'],
    );
  });

  it('are withheld from both where intervals overlap, and from no third', () => {
    expect(verdicts(entry('a', 10, 9, 13), entry('b', 12, 11, 15), entry('c', 20, 19, 21))).toEqual(
      ['unclear', 'unclear', 'slower'],
    );
    expect(verdicts(entry('a', 10, 9, 11), entry('b', 12, 11, 15))).toEqual(['unclear', 'unclear']);
  });

  it('are withheld where one sample is all there is', () => {
    expect(verdicts(entry('a', 10, 9, 11), entry('b', 100, null, null))).toEqual([
      'unclear',
      'unclear',
    ]);
    expect(verdicts(entry('a', 10, null, null), entry('b', 100, 90, 110))).toEqual([
      'unclear',
      'unclear',
    ]);
  });

  it('count a single implementation as the fastest', () => {
    expect(verdicts(entry('a', 10, null, null))).toEqual(['fastest']);
    expect(verdicts()).toEqual([]);
  });

  it('do not depend on the order', () => {
    const entries = [entry('a', 10, 9, 11), entry('b', 20, 12, 25), entry('cpu', 90, 80, 99)];
    expect(compared(...entries.toReversed())).toEqual(compared(...entries));
  });

  it('follow new samples: comparing again forgets the last comparison', () => {
    const [a, b] = compareEntries([entry('a', 10, 9, 11), entry('b', 20, 12, 25)]);
    const faster = { ...b, timing: { ...b.timing!, median: 5, low: 4, high: 6 } };
    expect(verdicts(a, faster)).toEqual(['slower', 'fastest']);
  });
});

describe('whoever is wrong, refused or untimed', () => {
  it('is neither compared nor compared with', () => {
    const wrong: EntryReport = { ...entry('wrong', 1, 1, 1), status: 'wrong' };
    const pending: EntryReport = { contestant: 'pending', status: 'pending' };
    const right = entry('right', 10, 9, 11);
    const [first, second, third] = compareEntries([wrong, pending, right]);
    expect(first).toEqual(wrong);
    expect(second).toEqual(pending);
    expect(third.timing).toMatchObject({ verdict: 'fastest' });
  });
});

describe('speed-ups', () => {
  it('are over the CPU’s median on the same case', () => {
    const { flash, cpu } = compared(entry('flash', 10, 9, 11), entry('cpu', 250, 240, 260));
    expect(flash!.speedup).toBe(25);
    expect(cpu!.speedup).toBe(1);
  });

  it('are over the faster of the CPU’s contestants', () => {
    const { flash, cpu } = compared(
      entry('flash', 10, 9, 11),
      entry('cpu', 250, 240, 260),
      entry('cpu-simd', 50, 49, 51),
    );
    expect([flash!.speedup, cpu!.speedup]).toEqual([5, 0.2]);
  });

  it('are left out where no right CPU result was timed', () => {
    const wrong: EntryReport = { ...entry('cpu', 250, 240, 260), status: 'wrong' };
    for (const timing of [
      compared(entry('flash', 10, 9, 11)).flash,
      compared(entry('flash', 10, 9, 11), wrong).flash,
    ]) {
      expect(timing).not.toHaveProperty('speedup');
    }
  });
});

describe('a timing', () => {
  const extrapolatedFrom = { rows: 8, rowsTotal: 64 };
  const runner = {
    timing: { timer: 'timestamps', repeats: 16, extrapolatedFrom },
  } as unknown as Runner;
  const samples = [3, 1, 2, 9, 4, 5].map((milliseconds) => ({
    milliseconds,
    wallMilliseconds: milliseconds + 0.5,
  }));

  it('keeps samples in the order measured, and says how they were taken', () => {
    const timing: Timing = timingOf(runner, samples, 7e9);
    expect(timing).toMatchObject({
      samples: [3, 1, 2, 9, 4, 5],
      median: 3.5,
      low: 1,
      high: 9,
      wallMedian: 4,
      timer: 'timestamps',
      repeats: 16,
      extrapolatedFrom,
    });
  });

  it('turns operations and milliseconds into GFLOP/s', () => {
    // 7e9 operations in 3.5 ms are 2e12 a second.
    expect(timingOf(runner, samples, 7e9).gflops).toBeCloseTo(2000, 9);
  });
});
