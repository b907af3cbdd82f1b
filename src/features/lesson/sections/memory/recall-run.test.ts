import { describe, expect, it, vi } from 'vitest';
import { yieldToMain } from '../../../../async/yield';
import { valueByKey } from '../../../../ui/interaction/axis-handle';
import { recallByDistance } from './fixed-state';
import { distanceScale } from './picture';
import { GRID_DISTANCES, RecallRun } from './recall-run';

describe('the axis of distances', () => {
  it('has a place for each distance, and leads back', () => {
    const x = distanceScale(640);
    const distanceAt = (at: number) => Math.round(x.invert(at));
    expect([x(0), x(512)]).toEqual(x.range());
    for (let distance = 0; distance <= 512; distance++) {
      expect(distanceAt(x(distance))).toBe(distance);
    }
    expect([distanceAt(-1), distanceAt(1000)]).toEqual([0, 512]);
  });

  it('is walked by keys', () => {
    const byKey = (distance: number, key: string) =>
      valueByKey(key, distance, 0, 512, GRID_DISTANCES);
    expect(byKey(32, 'ArrowRight')).toBe(33);
    expect(byKey(0, 'ArrowLeft')).toBe(0);
    expect(byKey(33, 'PageUp')).toBe(64);
    expect(byKey(512, 'PageUp')).toBe(512);
    expect(byKey(32, 'PageDown')).toBe(16);
    expect(byKey(0, 'PageDown')).toBe(0);
    expect(byKey(5, 'End')).toBe(512);
    expect(byKey(5, 'Home')).toBe(0);
    expect(byKey(5, 'a')).toBeUndefined();
  });
});

describe('recall, a slice at a time', () => {
  const settings = { stateSize: 8, decay: 1, seed: 1, distance: 24 };
  const all = [...GRID_DISTANCES, 24].toSorted((a, b) => a - b);
  /** Waits for the end of a run, and of the yields after its last result. */
  async function done(run: RecallRun, distance = 24) {
    await vi.waitUntil(() => run.completed({ ...settings, distance }), { timeout: 20_000 });
    for (let i = 0; i < 5; i++) await yieldToMain();
  }

  it('ends with what one long computation gives', async () => {
    let updates = 0;
    const run = new RecallRun(() => updates++);
    run.update(settings);
    expect(run.at(24)?.trials).toBe(1);
    expect(run.curve.map(({ distance }) => distance)).toEqual(all);
    await done(run);
    expect(updates).toBeGreaterThan(1);
    expect(run.at(24)?.trials).toBe(64);
    expect(run.curve).toEqual(
      recallByDistance({ stateSize: 8, decay: 1, seed: 1, distances: all, trials: 64 }),
    );
    expect(run.completed(settings)).toEqual(run.at(24));
    expect(run.completed({ ...settings, seed: 2 })).toBeUndefined();
  });

  it('computes only what is missing, and forgets what is of other settings', async () => {
    let updates = 0;
    const run = new RecallRun(() => updates++);
    run.update(settings);
    await done(run);
    const before = run.at(32);
    const updatesBefore = updates;
    run.update({ ...settings, distance: 32 });
    await yieldToMain();
    expect(updates).toBe(updatesBefore);
    run.update({ ...settings, distance: 25 });
    expect(run.at(32)).toBe(before);
    expect(run.completed({ ...settings, distance: 25 })).toBeUndefined();
    await done(run, 25);
    expect(run.at(32)).toBe(before);
    expect(run.at(25)!.state).toEqual(
      recallByDistance({ stateSize: 8, distances: [25], trials: 64 })[0].state,
    );
    run.update({ ...settings, stateSize: 32 });
    expect(run.at(32)?.trials).toBe(1);
    // Changed again before it is done: the new one alone goes on.
    await yieldToMain();
    run.update(settings);
    await done(run);
    expect(run.at(32)?.trials).toBe(64);
    expect(run.completed(settings)).toBeDefined();
    expect(run.at(32)).toEqual(before);
  });
});
