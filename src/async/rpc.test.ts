import { describe, expect, it, vi } from 'vitest';
import { RpcClient, type RpcOptions, type WorkerLike, WorkerCrashError, serveRpc } from './rpc';

interface Tasks {
  double: { request: number; result: number };
  count: { request: { to: number }; result: string; progress: number };
  wait: { request: null; result: null };
  fail: { request: string; result: null };
  bytes: { request: ArrayBuffer; result: ArrayBuffer };
}

class KnownError extends Error {
  override name = 'KnownError';
}

/** A worker in this thread: messages cross a real channel, so that they are cloned and transferred. */
function fakeWorker() {
  const { port1, port2 } = new MessageChannel();
  const listeners = new Map<string, (event: unknown) => void>();
  const aborted: string[] = [];
  let hold: (() => void) | null = null;
  serveRpc<Tasks>(port2, {
    double: (number) => 2 * number,
    count: ({ to }, { progress }) => {
      for (let i = 1; i <= to; i++) progress(i);
      return 'done';
    },
    wait: (_, { signal }) =>
      new Promise((resolve) => {
        hold = () => resolve(null);
        signal.addEventListener('abort', () => (aborted.push('wait'), resolve(null)));
      }),
    fail: (name) => {
      if (name === 'known') throw new KnownError('as expected');
      throw new RangeError('out of range');
    },
    bytes: (buffer, { transfer }) => {
      transfer.push(buffer);
      return buffer;
    },
  });
  port2.start();
  const worker: WorkerLike = {
    postMessage: (message, transfer = []) => port1.postMessage(message, transfer),
    addEventListener: (type, listener) => {
      if (type === 'message') port1.addEventListener('message', listener as never);
      else listeners.set(type, listener);
      port1.start();
    },
    terminate: vi.fn(() => (port1.close(), port2.close())),
  };
  return {
    worker,
    aborted,
    release: () => hold?.(),
    emit: (type: string, event: unknown) => listeners.get(type)!(event),
  };
}

function clientOf(options: Partial<RpcOptions> = {}) {
  const fake = fakeWorker();
  const create = vi.fn(() => fake.worker);
  return {
    ...fake,
    create,
    client: new RpcClient<Tasks>(create, { name: 'test worker', ...options }),
  };
}

describe('RpcClient', () => {
  it('starts its worker at the first call, and once', async () => {
    const { client, create } = clientOf();
    expect(create).not.toHaveBeenCalled();
    expect(await Promise.all([client.call('double', 2), client.call('double', 5)])).toEqual([
      4, 10,
    ]);
    expect(create).toHaveBeenCalledTimes(1);
    client.destroy();
  });

  it('gives each call its own answer, in whatever order they come', async () => {
    const { client, release } = clientOf();
    const order: string[] = [];
    const slow = client.call('wait', null).then(() => order.push('slow'));
    expect(await client.call('double', 21)).toBe(42);
    order.push('quick');
    release();
    await slow;
    expect(order).toEqual(['quick', 'slow']);
    client.destroy();
  });

  it('stops nothing when a signal is aborted after its call', async () => {
    for (const onAbort of ['cancel', 'terminate'] as const) {
      const { client, worker } = clientOf({ onAbort });
      const abort = new AbortController();
      expect(await client.call('double', 1, { signal: abort.signal })).toBe(2);
      abort.abort();
      expect(worker.terminate).not.toHaveBeenCalled();
      expect(await client.call('double', 2)).toBe(4);
      client.destroy();
    }
  });

  it('reports progress in order, before the result', async () => {
    const { client } = clientOf();
    const seen: number[] = [];
    const result = await client.call('count', { to: 3 }, { onProgress: (n) => seen.push(n) });
    expect(result).toBe('done');
    expect(seen).toEqual([1, 2, 3]);
    client.destroy();
  });

  it('hands over what is transferred, both ways', async () => {
    const { client } = clientOf();
    const sent = new Uint8Array([1, 2, 3]).buffer;
    const back = await client.call('bytes', sent, { transfer: [sent] });
    expect(sent.byteLength).toBe(0);
    expect([...new Uint8Array(back)]).toEqual([1, 2, 3]);
    client.destroy();
  });

  it('keeps the class of known errors, and the name of others', async () => {
    const { client } = clientOf({ errors: [KnownError] });
    await expect(client.call('fail', 'known')).rejects.toBeInstanceOf(KnownError);
    await expect(client.call('fail', 'other')).rejects.toMatchObject({
      name: 'RangeError',
      message: 'out of range',
    });
    client.destroy();
  });

  it('cancels one call at once, tells the worker, and goes on', async () => {
    const { client, aborted } = clientOf();
    const abort = new AbortController();
    const waiting = client.call('wait', null, { signal: abort.signal });
    expect(client.isBusy).toBe(true);
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(await client.call('double', 1)).toBe(2);
    expect(aborted).toEqual(['wait']);
    expect(client.isBusy).toBe(false);
    client.destroy();
  });

  it('terminates the worker on abort where asked, and then stays stopped', async () => {
    const { client, worker } = clientOf({ onAbort: 'terminate' });
    const abort = new AbortController();
    const waiting = client.call('wait', null, { signal: abort.signal });
    const other = client.call('wait', null);
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(other).rejects.toThrow('enough');
    expect(worker.terminate).toHaveBeenCalledTimes(1);
    expect(client.hasStopped).toBe(true);
    await expect(client.call('double', 1)).rejects.toThrow('enough');
  });

  it('rejects an aborted call before anything is sent', async () => {
    const { client, create } = clientOf();
    const signal = AbortSignal.abort(new Error('too late'));
    await expect(client.call('double', 1, { signal })).rejects.toThrow('too late');
    expect(create).not.toHaveBeenCalled();
  });

  it('fails every call, now and later, when the worker crashes', async () => {
    const { client, worker, emit } = clientOf();
    const waiting = client.call('wait', null);
    emit('error', { message: 'boom', preventDefault() {} });
    await expect(waiting).rejects.toThrow('The test worker crashed: boom');
    await expect(client.call('double', 1)).rejects.toBeInstanceOf(WorkerCrashError);
    expect(worker.terminate).toHaveBeenCalled();
    const unreadable = clientOf();
    const lost = unreadable.client.call('wait', null);
    unreadable.emit('messageerror', {});
    await expect(lost).rejects.toThrow('a message could not be read');
  });

  it('fails the call alone that cannot be sent', async () => {
    const { client } = clientOf();
    await expect(client.call('double', (() => 0) as never)).rejects.toThrow();
    expect(client.isBusy).toBe(false);
    expect(await client.call('double', 3)).toBe(6);
    client.destroy();
  });

  it('rejects what runs when it is destroyed', async () => {
    const { client } = clientOf();
    const waiting = client.call('wait', null);
    client.destroy();
    await expect(waiting).rejects.toThrow('The test worker was stopped.');
  });
});
