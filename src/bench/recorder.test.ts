import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../tests/support/problems';
import { sampleCeilings, sampleTiming, sampleVerification } from '../../tests/support/reports';
import { pendingCase } from './case';
import { Recorder } from './recorder';
import type { BenchmarkEvent } from './report';
import { defaultSettings } from './settings';

const CONTESTANTS = ['flash', 'three-pass', 'cpu'];

/** Freezes a value to its depths: whoever changes it later throws. */
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

/** A recorder of two pending cases whose every snapshot is frozen as it comes. */
function setUp() {
  const events: BenchmarkEvent[] = [];
  const recorder = new Recorder(defaultSettings, (event) => events.push(freeze(event)));
  const pending = (queryLength: number) =>
    pendingCase({ shape: shapeOf({ queryLength }), mask: 'none', dtype: 'f32' }, CONTESTANTS, null);
  recorder.update({ cases: [pending(8), pending(16)] });
  const statuses = (caseIndex: number) =>
    recorder.report.cases[caseIndex].entries.map(({ status }) => status);
  return { recorder, events, statuses };
}

describe('snapshots', () => {
  it('are never changed once they were passed on', () => {
    const { recorder, events } = setUp();
    const before = recorder.report;
    const copy = structuredClone(before);
    recorder.updateEntry(0, 'flash', { status: 'verified', timing: sampleTiming({ median: 1 }) });
    recorder.updateEntry(0, 'cpu', { status: 'verified', timing: sampleTiming({ median: 9 }) });
    recorder.update({ message: 'a word' });
    recorder.finish('complete');
    expect(before).toEqual(copy);
    expect(recorder.report).not.toBe(before);
    expect(events.length).toBeGreaterThan(5);
  });

  it('share what did not change', () => {
    const { recorder } = setUp();
    const [, second] = recorder.report.cases;
    recorder.updateEntry(0, 'flash', { status: 'running' });
    expect(recorder.report.cases[1]).toBe(second);
  });

  it('come with each change, the last one as "done"', () => {
    const { recorder, events } = setUp();
    const report = recorder.finish('complete');
    const types = events.map(({ type }) => type);
    expect(types.indexOf('done')).toBe(types.length - 1);
    expect(types.slice(0, -1).every((type) => type === 'report')).toBe(true);
    expect(events.at(-1)).toEqual({ type: 'done', report });
    expect(recorder.report).toBe(report);
  });
});

describe('entries', () => {
  it('change alone, field by field', () => {
    const { recorder, statuses } = setUp();
    recorder.updateEntry(1, 'three-pass', { status: 'running' });
    recorder.updateEntry(1, 'three-pass', {
      verification: sampleVerification(),
      status: 'verified',
    });
    recorder.updateEntry(1, 'three-pass', { compileMs: 3 });
    expect(statuses(0)).toEqual(['pending', 'pending', 'pending']);
    expect(recorder.report.cases[1].entries[1]).toEqual({
      contestant: 'three-pass',
      status: 'verified',
      verification: sampleVerification(),
      compileMs: 3,
    });
  });

  it('are compared anew with every timing', () => {
    const { recorder } = setUp();
    const verdicts = () => recorder.report.cases[0].entries.map(({ timing }) => timing?.verdict);
    const time = (contestant: string, median: number) =>
      recorder.updateEntry(0, contestant, {
        status: 'verified',
        timing: sampleTiming({ median, low: median - 0.1, high: median + 0.1 }),
      });
    time('flash', 5);
    expect(verdicts()).toEqual(['fastest', undefined, undefined]);
    time('three-pass', 2);
    expect(verdicts()).toEqual(['slower', 'fastest', undefined]);
    time('cpu', 50);
    expect(recorder.report.cases[0].entries[1].timing!.speedup).toBe(25);
  });
});

describe('ceilings', () => {
  it('give each time its share, those already there and those to come', () => {
    const { recorder } = setUp();
    const share = (i: number) => recorder.report.cases[i].entries[0].timing?.roof?.share;
    const time = (i: number) =>
      recorder.updateEntry(i, 'flash', { status: 'verified', timing: sampleTiming({ gflops: 5 }) });
    time(0);
    expect(share(0)).toBeUndefined();
    recorder.setCeilings(sampleCeilings);
    expect(share(0)).toBeGreaterThan(0);
    time(1);
    expect(share(1)).toBeGreaterThan(0);
    expect(recorder.report.ceilings).toBe(sampleCeilings);
  });
});

describe('the end', () => {
  it('marks what was not reached, and leaves what was', () => {
    const { recorder, statuses } = setUp();
    recorder.updateEntry(0, 'flash', { status: 'verified' });
    recorder.updateEntry(0, 'three-pass', { status: 'refused', message: 'too large' });
    recorder.updateEntry(0, 'cpu', { status: 'running' });
    recorder.finish('cancelled', 'Stopped.');
    expect(statuses(0)).toEqual(['verified', 'refused', 'cancelled']);
    expect(statuses(1)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(recorder.report).toMatchObject({ status: 'cancelled', message: 'Stopped.' });
    expect(recorder.report.cases[0].entries[1].message).toBe('too large');
  });

  it('keeps an earlier message unless it has its own', () => {
    for (const [own, expected] of [
      [undefined, 'No WebGPU.'],
      ['Crashed.', 'Crashed.'],
    ]) {
      const { recorder } = setUp();
      recorder.update({ message: 'No WebGPU.' });
      expect(recorder.finish('failed', own).message).toBe(expected);
    }
  });

  it('says when it began, and how long it took', () => {
    const { recorder } = setUp();
    const { createdAt, durationSeconds } = recorder.finish('complete');
    expect(new Date(createdAt).toISOString()).toBe(createdAt);
    expect(durationSeconds).toBeGreaterThanOrEqual(0);
    expect(durationSeconds).toBeLessThan(60);
  });
});
