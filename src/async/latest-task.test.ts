import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LatestTask, type LatestTaskOptions, type TaskContext } from './latest-task';

/** A task whose runs end when the test says so. */
function controlled(options: LatestTaskOptions<string> = {}) {
  const runs: (TaskContext<string> & {
    request: string;
    end(): void;
    fail(error: unknown): void;
  })[] = [];
  let controller: { hostConnected?(): void; hostDisconnected?(): void } = {};
  const host = {
    addController: (one: typeof controller) => (controller = one),
    requestUpdate: vi.fn(),
  };
  const task = new LatestTask<string, string>(
    host,
    (request, context) =>
      new Promise<void>((end, fail) => {
        context.signal.addEventListener('abort', () => fail(context.signal.reason));
        runs.push({ request, ...context, end, fail });
      }),
    options,
  );
  return {
    task,
    runs,
    host,
    connect: () => controller.hostConnected!(),
    disconnect: () => controller.hostDisconnected!(),
  };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('LatestTask', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('publishes values while it runs, and ends done', async () => {
    const { task, runs } = controlled();
    expect([task.value, task.isRunning, task.isCurrent, task.isDone]).toEqual([
      null,
      false,
      false,
      false,
    ]);
    task.run('a');
    expect(task.isRunning).toBe(true);
    runs[0].publish('half');
    expect([task.value, task.isCurrent, task.isDone]).toEqual(['half', true, false]);
    runs[0].publish('whole');
    runs[0].end();
    await settle();
    expect([task.value, task.isRunning, task.isDone]).toEqual(['whole', false, true]);
  });

  it('aborts for a newer request, and skips those between', async () => {
    const { task, runs } = controlled();
    task.run('a');
    runs[0].publish('A');
    task.run('b');
    task.run('c');
    expect(runs[0].signal.aborted).toBe(true);
    await settle();
    expect(runs.map(({ request }) => request)).toEqual(['a', 'c']);
    runs[0].publish('late');
    expect([task.value, task.isCurrent]).toEqual(['A', false]);
    runs[1].publish('C');
    expect([task.value, task.isCurrent]).toEqual(['C', true]);
    expect(task.error).toBeNull();
  });

  it('lets a young run reach its least time', async () => {
    const { task, runs } = controlled({ minRunMs: 100 });
    task.run('a');
    await vi.advanceTimersByTimeAsync(40);
    task.run('b');
    await vi.advanceTimersByTimeAsync(59);
    expect(runs[0].signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(runs[0].signal.aborted).toBe(true);
    expect(runs).toHaveLength(2);
  });

  it('runs the same request once', async () => {
    const { task, runs } = controlled({ isSame: (a, b) => a.toLowerCase() === b.toLowerCase() });
    task.run('a');
    task.run('A');
    await settle();
    expect(runs).toHaveLength(1);
  });

  it('keeps the last value beside an error, and retries', async () => {
    const onError = vi.fn();
    const { task, runs } = controlled({ onError });
    task.run('a');
    runs[0].publish('A');
    runs[0].end();
    await settle();
    task.run('b');
    runs[1].fail(new Error('broken'));
    await settle();
    expect([task.value, task.message, task.isCurrent, task.isRunning]).toEqual([
      'A',
      'broken',
      false,
      false,
    ]);
    expect(onError).toHaveBeenCalledExactlyOnceWith(task.error, 'b');
    task.retry();
    expect(task.error).toBeNull();
    expect(runs[2].request).toBe('b');
  });

  it('stops while its element is away, and starts again with it', async () => {
    const { task, runs, connect, disconnect } = controlled();
    task.run('a');
    disconnect();
    await settle();
    expect([runs[0].signal.aborted, task.isRunning, task.error]).toEqual([true, false, null]);
    connect();
    expect(runs).toHaveLength(2);
    runs[1].end();
    await settle();
    disconnect();
    connect();
    expect(runs).toHaveLength(2);
  });

  it('forgets everything on reset', async () => {
    const { task, runs, host } = controlled();
    task.run('a');
    runs[0].publish('A');
    task.reset();
    await settle();
    expect([task.value, task.request, task.isRunning, task.isCurrent]).toEqual([
      null,
      null,
      false,
      false,
    ]);
    expect(host.requestUpdate).toHaveBeenCalled();
    task.run('a');
    expect(runs).toHaveLength(2);
  });
});
