import { describe, expect, it } from 'vitest';
import { type CpuMessage, type CpuReply, HostMemoryError } from './operands';
import { WorkerCrashError, WorkerThread } from './workers';

/** A worker that answers when it is told to. */
class HeldWorker extends EventTarget {
  readonly received: CpuMessage[] = [];
  terminated = false;
  postMessage = (message: CpuMessage) => this.received.push(message);
  terminate = () => (this.terminated = true);
  reply = (reply: CpuReply) => this.dispatchEvent(new MessageEvent('message', { data: reply }));
}

function setUp() {
  const workers: HeldWorker[] = [];
  const thread = new WorkerThread(() => {
    workers.push(new HeldWorker());
    return workers.at(-1) as unknown as Worker;
  });
  const unload = (signal?: AbortSignal) => thread.call<'unload'>({ task: 'unload' }, signal);
  return { thread, workers, unload };
}

const crash = (worker: HeldWorker) =>
  worker.dispatchEvent(
    Object.assign(new Event('error', { cancelable: true }), { message: 'out of memory' }),
  );

describe('requests', () => {
  it('start one worker, at the first of them', async () => {
    const { workers, unload } = setUp();
    expect(workers).toHaveLength(0);
    const both = Promise.all([unload(), unload()]);
    expect(workers).toHaveLength(1);
    for (const { id } of workers[0].received) workers[0].reply({ id, result: null });
    await both;
  });

  it('get the answer that is theirs, in whatever order answers come', async () => {
    const { thread, workers } = setUp();
    const ask = (rows: number[]) =>
      thread.call<'plain'>({ task: 'plain', rows: Int32Array.from(rows) });
    const first = ask([1]);
    const second = ask([2]);
    const [{ id: a }, { id: b }] = workers[0].received;
    const answer = (milliseconds: number) => ({ output: new Float32Array(), milliseconds });
    workers[0].reply({ id: b, result: answer(20) });
    workers[0].reply({ id: a, result: answer(10) });
    expect((await first).milliseconds).toBe(10);
    expect((await second).milliseconds).toBe(20);
  });

  it('fail alone with the worker’s own message; the worker goes on', async () => {
    const { workers, unload } = setUp();
    const failing = unload();
    workers[0].reply({
      id: workers[0].received[0].id,
      name: 'Error',
      error: 'no case is loaded',
    });
    await expect(failing).rejects.toThrow('no case is loaded');
    const next = unload();
    expect(workers).toHaveLength(1);
    workers[0].reply({ id: workers[0].received[1].id, result: null });
    await expect(next).resolves.toBeNull();
  });
});

it('an error keeps its class where it decides something', async () => {
  const { workers, unload } = setUp();
  const failing = unload();
  const [{ id }] = workers[0].received;
  workers[0].reply({ id, name: 'HostMemoryError', error: 'no memory' });
  await expect(failing).rejects.toBeInstanceOf(HostMemoryError);
});

describe('a worker that dies', () => {
  it.each(['error', 'messageerror'])(
    'by "%s" fails all who wait, and all who ask later',
    async (how) => {
      const { workers, unload } = setUp();
      const waiting = [unload(), unload()];
      if (how === 'error') crash(workers[0]);
      else workers[0].dispatchEvent(new Event(how));
      // What it had loaded is gone: another worker could not answer.
      waiting.push(unload());
      for (const result of await Promise.allSettled(waiting)) {
        expect(result).toMatchObject({ status: 'rejected', reason: expect.any(WorkerCrashError) });
      }
      expect(workers[0].terminated).toBe(true);
      expect(workers).toHaveLength(1);
    },
  );

  it('says what the browser said', async () => {
    const { workers, unload } = setUp();
    const waiting = unload();
    crash(workers[0]);
    await expect(waiting).rejects.toThrow('A CPU worker crashed: out of memory');
  });

  it('by being stopped tells all who wait', async () => {
    const { thread, unload } = setUp();
    const waiting = unload();
    thread.destroy();
    await expect(waiting).rejects.toBeInstanceOf(WorkerCrashError);
  });
});

describe('an abort', () => {
  it('ends the worker, which cannot be interrupted, with the signal’s reason', async () => {
    const { workers, unload } = setUp();
    const controller = new AbortController();
    const waiting = unload(controller.signal);
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(workers[0].terminated).toBe(true);
  });

  it('that comes first starts nothing, and one that comes late stops nothing', async () => {
    const { workers, unload } = setUp();
    await expect(unload(AbortSignal.abort())).rejects.toThrow(/abort/i);
    expect(workers).toHaveLength(0);
    const controller = new AbortController();
    const done = unload(controller.signal);
    workers[0].reply({ id: workers[0].received[0].id, result: null });
    await done;
    controller.abort();
    expect(workers[0].terminated).toBe(false);
  });
});
