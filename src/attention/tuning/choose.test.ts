import { describe, expect, it } from 'vitest';
import { type KernelRunner, type TuningEntry, choose, winnerOf } from './choose';

/** A candidate with made-up times, on a clock that only its work moves. */
interface Fake {
  readonly name: string;
  readonly ms: number;
  readonly compileMs?: number;
  readonly firstMs?: number;
  readonly wrong?: string;
  readonly fails?: 'prepare' | 'run' | 'sample';
  readonly jitter?: readonly number[];
}

function machine(fakes: readonly Fake[]) {
  let clock = 0;
  const calls: string[] = [];
  const destroyed: string[] = [];
  const contenderOf = (fake: Fake): KernelRunner => ({
    compileMs: fake.compileMs ?? 7,
    async runOnce(limitMs) {
      calls.push(`run ${fake.name}`);
      if (fake.fails === 'run') throw new Error('out of memory');
      const ms = fake.firstMs ?? fake.ms;
      clock += Math.min(ms, limitMs);
      return { ms, gaveUp: ms > limitMs };
    },
    check: async () => (fake.wrong ? [{ name: fake.wrong, message: 'off' }] : []),
    async sample() {
      calls.push(`sample ${fake.name}`);
      if (fake.fails === 'sample') throw new Error('no room');
      const count = calls.filter((call) => call === `sample ${fake.name}`).length;
      const ms = fake.ms * (fake.jitter?.[count - 1] ?? 1);
      clock += ms;
      return ms;
    },
    destroy: () => void destroyed.push(fake.name),
  });
  const entries = fakes.map((fake): TuningEntry => ({
    name: fake.name,
    async prepare() {
      clock += fake.compileMs ?? 7;
      if (fake.fails === 'prepare') throw new Error('line 3: no such thing');
      return contenderOf(fake);
    },
  }));
  const run = async (budgetMs = 1000, options = {}) => {
    const result = await choose(entries, { budgetMs, now: () => clock, ...options });
    const statuses = Object.fromEntries(
      result.candidates.map(({ name, status }) => [name, status]),
    );
    return { ...result, statuses, winner: winnerOf(result.candidates) };
  };
  return { run, calls, destroyed };
}

describe('choosing among candidates', () => {
  it('takes the fastest, and keeps the times of the others', async () => {
    const { run, destroyed } = machine([
      { name: 'a', ms: 10 },
      { name: 'b', ms: 8 },
      { name: 'c', ms: 9, compileMs: 40 },
    ]);
    const { winner, candidates, spentMs } = await run();
    expect(winner).toBe('b');
    expect(candidates.map(({ ms }) => ms)).toEqual([10, 8, 9]);
    expect(candidates[2]).toMatchObject({ compileMs: 40, verified: true });
    // Six runs of each, compiling not counted.
    expect(spentMs).toBe(6 * 27);
    expect(destroyed).toEqual(['a', 'b', 'c']);
  });

  it('prefers who comes first where noise decides', async () => {
    expect(
      (
        await machine([
          { name: 'a', ms: 1.02 },
          { name: 'b', ms: 1 },
        ]).run()
      ).winner,
    ).toBe('a');
    expect(
      (
        await machine([
          { name: 'a', ms: 1.05 },
          { name: 'b', ms: 1 },
        ]).run()
      ).winner,
    ).toBe('b');
  });

  it('is not misled by one slow sample, or a cold first run', async () => {
    const { run } = machine([
      { name: 'a', ms: 10 },
      { name: 'b', ms: 8, firstMs: 25, jitter: [1, 1, 9, 1, 1] },
    ]);
    expect(await run()).toMatchObject({ winner: 'b' });
  });

  it('drops who is hopeless within its first run, and who is clearly slower after one sample', async () => {
    const { run, calls } = machine([
      { name: 'a', ms: 10 },
      { name: 'b', ms: 1000 },
      { name: 'c', ms: 16, firstMs: 12 },
    ]);
    const { statuses, candidates } = await run();
    expect(statuses).toEqual({ a: 'timed', b: 'slower', c: 'slower' });
    expect(candidates[1]).toMatchObject({ ms: 1000, verified: false });
    expect(candidates[2]).toMatchObject({ ms: 16, verified: true });
    expect(calls.filter((call) => call === 'sample c')).toHaveLength(1);
    expect(calls).not.toContain('sample b');
  });

  it('discards who is wrong, also when that shows later', async () => {
    const { run } = machine([
      { name: 'a', ms: 1 },
      { name: 'b', ms: 2.5, wrong: 'a' },
      { name: 'c', ms: 2, wrong: 'c' },
    ]);
    const { statuses, winner, candidates } = await run();
    expect(statuses).toEqual({ a: 'wrong', b: 'timed', c: 'wrong' });
    expect(winner).toBe('b');
    expect(candidates[0]).toMatchObject({ message: 'off', ms: null, verified: false });
  });

  it.each(['prepare', 'run', 'sample'] as const)(
    'goes on without who fails to %s',
    async (fails) => {
      const { run } = machine([
        { name: 'a', ms: 1, fails },
        { name: 'b', ms: 2 },
      ]);
      const { statuses, winner, candidates } = await run();
      expect(statuses).toEqual({ a: 'failed', b: 'timed' });
      expect(candidates[0].message).toMatch(/no such thing|out of memory|no room/);
      expect(winner).toBe('b');
    },
  );

  it('has at least one result, and skips who has no turn in time', async () => {
    const { run } = machine([
      { name: 'a', ms: 500, fails: 'run' },
      { name: 'b', ms: 800 },
      { name: 'c', ms: 1 },
    ]);
    const { statuses, winner } = await run(100);
    expect(statuses).toEqual({ a: 'failed', b: 'timed', c: 'skipped' });
    expect(winner).toBe('b');
  });

  it('keeps to its budget but for one call', async () => {
    const { run } = machine([
      { name: 'a', ms: 40 },
      { name: 'b', ms: 40 },
    ]);
    expect((await run(200)).spentMs).toBeLessThanOrEqual(200 + 2 * 40);
  });

  it('names nobody where nobody is right', async () => {
    const { run } = machine([{ name: 'a', ms: 1, wrong: 'a' }]);
    expect((await run()).winner).toBeNull();
    expect((await machine([]).run()).winner).toBeNull();
  });

  it('stops when told, at errors that end all, and destroys what it prepared', async () => {
    const controller = new AbortController();
    const told: [number, string][] = [];
    const stopped = machine([
      { name: 'a', ms: 1 },
      { name: 'b', ms: 1 },
    ]);
    const onProgress = (fraction: number, name: string) => {
      told.push([fraction, name]);
      if (name === 'b') controller.abort();
    };
    const options = { signal: controller.signal, onProgress };
    await expect(stopped.run(1000, options)).rejects.toThrow(/abort/i);
    expect(told).toEqual([
      [0, 'a'],
      [0.35, 'b'],
    ]);
    expect(stopped.destroyed).toEqual(['a']);
    const lost = machine([{ name: 'a', ms: 1, fails: 'run' }]);
    await expect(lost.run(1000, { isFatal: () => true })).rejects.toThrow('out of memory');
    expect(lost.destroyed).toEqual(['a']);
  });
});
