import { describe, expect, it, vi } from 'vitest';
import { raceAbort } from './abort';

describe('waiting for something', () => {
  it('gives its result or its error where nobody aborts', async () => {
    const { signal } = new AbortController();
    for (const given of [undefined, signal]) {
      expect(await raceAbort(Promise.resolve(7), given)).toBe(7);
      await expect(raceAbort(Promise.reject(new Error('own')), given)).rejects.toThrow('own');
    }
  });

  it('ends at once with the signal’s reason, and what comes later is thrown away', async () => {
    const controller = new AbortController();
    let finish!: (value: string) => void;
    const discard = vi.fn();
    const work = new Promise<string>((resolve) => (finish = resolve));
    const waiting = raceAbort(work, controller.signal, discard);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(discard).not.toHaveBeenCalled();
    finish('late');
    await vi.waitFor(() => expect(discard).toHaveBeenCalledExactlyOnceWith('late'));
  });

  it('throws nothing away that was handed over', async () => {
    const controller = new AbortController();
    const discard = vi.fn();
    await raceAbort(Promise.resolve('kept'), controller.signal, discard);
    controller.abort();
    await new Promise((resolve) => setTimeout(resolve));
    expect(discard).not.toHaveBeenCalled();
  });

  it('lets a late error go unheard', async () => {
    const controller = new AbortController();
    let fail!: (error: Error) => void;
    const work = new Promise<never>((_resolve, reject) => (fail = reject));
    const waiting = raceAbort(work, controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    // Unheard rejections fail the whole test run.
    fail(new Error('late'));
    await new Promise((resolve) => setTimeout(resolve));
  });
});
