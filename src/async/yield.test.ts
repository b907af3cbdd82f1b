import { describe, expect, it } from 'vitest';
import { TimeSlice } from './yield';

const block = (ms: number) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

describe('TimeSlice', () => {
  it('yields only when its time is over, and then starts anew', async () => {
    const slice = new TimeSlice();
    expect(slice.yieldIfOver()).toBeUndefined();
    block(14);
    expect(slice.isOver).toBe(true);
    let other = false;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (other = true);
    port2.postMessage('waits');
    await slice.yieldIfOver();
    expect(other).toBe(true);
    expect(slice.isOver).toBe(false);
    port1.close();
  });

  it('throws the signal’s reason, before and after it yields', async () => {
    const abort = new AbortController();
    const slice = new TimeSlice(abort.signal);
    const yielded = slice.yield();
    abort.abort(new Error('enough'));
    await expect(yielded).rejects.toThrow('enough');
    expect(() => slice.yieldIfOver()).toThrow('enough');
  });
});
