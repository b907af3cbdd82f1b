import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BenchmarkProgress } from './report';
import { Schedule } from './schedule';

fc.configureGlobal({ seed: 401 });

/** A schedule on a clock that moves only when it is told to. */
function setUp() {
  let seconds = 100;
  const seen: BenchmarkProgress[] = [];
  const schedule = new Schedule(
    (progress) => seen.push(progress),
    () => seconds,
  );
  return {
    schedule,
    seen,
    last: () => seen.at(-1)!,
    pass: (more: number) => void (seconds += more),
  };
}

const WHAT = { stage: 'timing', caseIndex: 2, contestant: 'flash' } as const;

describe('the fraction', () => {
  it('never falls and stays within 0 and 1, whatever the estimates were', async () => {
    const duration = fc.double({ min: 0, max: 20, noNaN: true });
    const step = fc.record({
      expected: duration,
      actual: fc.array(duration, { minLength: 1, maxLength: 4 }),
      skipped: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (plan) => {
        const { schedule, seen, pass } = setUp();
        pass(1);
        const steps = plan.map(({ expected }) => schedule.add(expected));
        for (const [i, { actual, skipped }] of plan.entries()) {
          if (skipped) {
            schedule.skip(steps[i]);
            continue;
          }
          await schedule.run(steps[i], WHAT, async (update) => {
            actual.forEach((time, j) => {
              pass(time + 1e-3);
              update((j + 1) / actual.length);
            });
          });
        }
        let before = 0;
        for (const { fraction, secondsLeft } of seen) {
          expect(fraction).toBeGreaterThanOrEqual(before);
          expect(fraction).toBeLessThanOrEqual(1);
          expect(secondsLeft).toBeGreaterThanOrEqual(0);
          before = fraction;
        }
      }),
    );
  });

  it('ends at one, with nothing left', async () => {
    const { schedule, last, pass } = setUp();
    for (const step of [schedule.add(2), schedule.add(5)]) {
      await schedule.run(step, WHAT, async (update) => {
        pass(3);
        update(1);
      });
    }
    expect(last()).toMatchObject({ fraction: 1, secondsLeft: 0 });
  });

  it('is the share of the time where the estimates were right', async () => {
    const { schedule, seen, pass } = setUp();
    for (const step of [schedule.add(4), schedule.add(6), schedule.add(10)]) {
      const seconds = step.expected;
      await schedule.run(step, WHAT, async (update) => {
        pass(seconds / 2);
        update(0.5);
        pass(seconds / 2);
      });
    }
    const halves = [0, 2, 4, 7, 10, 15].map((time) => time / 20);
    seen.forEach(({ fraction }, i) => expect(fraction).toBeCloseTo(halves[i], 10));
    expect(seen).toHaveLength(halves.length);
  });

  it('never falls when an implementation is done', async () => {
    const { schedule, last, pass } = setUp();
    await schedule.run(schedule.add(10), WHAT, async (update) => {
      pass(5);
      update(0.5);
      update(0.2);
    });
    expect(last().secondsLeft).toBeCloseTo(5, 10);
  });
});

describe('the time left', () => {
  it('is what is expected at first, then what the step itself shows', async () => {
    const { schedule, seen, pass } = setUp();
    const steps = [schedule.add(10), schedule.add(30)];
    await schedule.run(steps[0], WHAT, async (update) => {
      pass(5);
      update(0.25);
    });
    expect(seen[0].secondsLeft).toBeCloseTo(40, 10);
    // A quarter took five seconds, so fifteen remain of it.
    expect(seen[1].secondsLeft).toBeCloseTo(45, 10);
  });

  it('learns from steps that took longer, and from shorter ones, within reason', async () => {
    for (const [actual, expected] of [
      [20, 60],
      [1000, 90],
      [5, 15],
      [0.01, 10],
    ]) {
      const { schedule, last, pass } = setUp();
      const steps = [schedule.add(10), schedule.add(30)];
      await schedule.run(steps[0], WHAT, async () => pass(actual));
      await schedule.run(steps[1], WHAT, async () => {});
      expect(last().secondsLeft).toBeCloseTo(expected, 10);
    }
  });

  it('drops with a step that is skipped', async () => {
    const { schedule, last } = setUp();
    const steps = [schedule.add(10), schedule.add(30), schedule.add(2)];
    schedule.skip(steps[1]);
    await schedule.run(steps[0], WHAT, async () => {});
    expect(last().secondsLeft).toBeCloseTo(12, 10);
  });
});

describe('a step', () => {
  it('says what runs, and what of it changed', async () => {
    const { schedule, seen } = setUp();
    const result = await schedule.run(schedule.add(1), WHAT, async (update) => {
      update(0.1, { stage: 'warming', contestant: 'cpu' });
      update(0.2);
      return 'result';
    });
    expect(result).toBe('result');
    expect(seen.map(({ stage, contestant }) => [stage, contestant])).toEqual([
      ['timing', 'flash'],
      ['warming', 'cpu'],
      ['warming', 'cpu'],
    ]);
    for (const { caseIndex } of seen) expect(caseIndex).toBe(2);
  });

  it('that fails is over all the same, and its error passes through', async () => {
    const { schedule, last, pass } = setUp();
    const steps = [schedule.add(10), schedule.add(10)];
    const failing = schedule.run(steps[0], WHAT, async () => {
      pass(10);
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    await schedule.run(steps[1], WHAT, async () => {});
    expect(last()).toMatchObject({ fraction: 0.5, secondsLeft: 10 });
  });
});
