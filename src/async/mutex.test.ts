import { describe, expect, it } from 'vitest';
import { Mutex } from './mutex';

describe('Mutex', () => {
  it('runs one piece of work at a time, in order, whatever fails', async () => {
    const mutex = new Mutex();
    const log: string[] = [];
    const work =
      (name: string, fails = false) =>
      async () => {
        log.push(`${name} starts`);
        await new Promise((resolve) => setTimeout(resolve, 1));
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const results = await Promise.allSettled([
      mutex.run(work('a')),
      mutex.run(work('b', true)),
      mutex.run(work('c')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  });

  it('never starts work that was aborted while it waited', async () => {
    const mutex = new Mutex();
    const abort = new AbortController();
    let release = () => {};
    const first = mutex.run(() => new Promise<void>((resolve) => (release = resolve)));
    let started = false;
    const second = mutex.run(async () => void (started = true), abort.signal);
    abort.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    release();
    await first;
    await mutex.run(async () => {});
    expect(started).toBe(false);
  });
});
