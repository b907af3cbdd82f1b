import { describe, expect, it } from 'vitest';
import { Latest } from './latest';

/** Work that goes on until it is told to finish, or is aborted. */
function scripted(patienceMs = 0) {
  const log: string[] = [];
  const finish = new Map<string, (error?: Error) => void>();
  const latest = new Latest<string>(
    (request, signal) =>
      new Promise((resolve, reject) => {
        log.push(`begin ${request}`);
        finish.set(request, (error) => (error ? reject(error) : resolve()));
        signal.addEventListener('abort', () => {
          log.push(`abort ${request}`);
          reject(signal.reason);
        });
      }),
    (error, request) => log.push(`failed ${request}: ${(error as Error).message}`),
    patienceMs,
  );
  return { latest, log, finish };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('the latest request', () => {
  it('runs at once when nothing does', () => {
    const { latest, log } = scripted();
    latest.request('a');
    expect(log).toEqual(['begin a']);
    expect(latest.isRunning).toBe(true);
  });

  it('aborts what runs, and those between are never begun', async () => {
    const { latest, log, finish } = scripted();
    latest.request('a');
    for (const request of ['b', 'c', 'd']) latest.request(request);
    await turn();
    expect(log).toEqual(['begin a', 'abort a', 'begin d']);
    finish.get('d')!();
    await turn();
    expect(latest.isRunning).toBe(false);
    expect(log).toHaveLength(3);
  });

  it('waits until the one before has let go', async () => {
    const log: string[] = [];
    let letGo = () => {};
    const latest = new Latest<string>(
      async (request) => {
        log.push(`begin ${request}`);
        await new Promise<void>((resolve) => (letGo = resolve));
        log.push(`end ${request}`);
      },
      () => {},
    );
    latest.request('a');
    latest.request('b');
    await turn();
    expect(log).toEqual(['begin a']);
    letGo();
    await turn();
    expect(log).toEqual(['begin a', 'end a', 'begin b']);
  });

  it('lets young work grow as old as told, and no older', async () => {
    const { latest, log } = scripted(60);
    const start = performance.now();
    latest.request('a');
    latest.request('b');
    latest.request('c');
    await turn();
    expect(log).toEqual(['begin a']);
    await expect.poll(() => log, { interval: 5 }).toEqual(['begin a', 'abort a', 'begin c']);
    expect(performance.now() - start).toBeGreaterThanOrEqual(55);
  });

  it('is told of when it fails, and the next one runs', async () => {
    const { latest, log, finish } = scripted();
    latest.request('a');
    finish.get('a')!(new Error('no room'));
    await turn();
    latest.request('b');
    expect(log).toEqual(['begin a', 'failed a: no room', 'begin b']);
  });

  it('is no failure when it was stopped', async () => {
    const { latest, log } = scripted();
    latest.request('a');
    latest.request('b');
    latest.stop();
    await turn();
    expect(log).toEqual(['begin a', 'abort a']);
    expect(latest.isRunning).toBe(false);
  });
});
