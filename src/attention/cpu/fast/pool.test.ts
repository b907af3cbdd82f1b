import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compareToReference, randomData, shapeOf } from '../../../../tests/support/problems';
import type { RpcPort, WorkerLike } from '../../../async/rpc';
import { compare } from '../../../numeric/compare';
import { decodeFloat16, encodeFloat16 } from '../../../numeric/float16';
import { causal } from '../../modifiers/causal';
import { documents } from '../../modifiers/documents';
import { type ProblemOptions, createProblem } from '../../problem';
import { reference } from '../../reference';
import { FastPool } from './pool';
import { serve } from './serve';

const pools: FastPool[] = [];

afterEach(() => {
  for (const pool of pools.splice(0)) pool.destroy();
  vi.unstubAllGlobals();
});

/** A worker whose other end is served on this thread: its messages are copied, or shared, as any are. */
function createWorker(): WorkerLike {
  const { port1, port2 } = new MessageChannel();
  serve(port2 as unknown as RpcPort);
  port2.start();
  port1.start();
  return Object.assign(port1, { terminate: () => port1.close() }) as unknown as WorkerLike;
}

function poolOf(threads: number, create = createWorker): FastPool {
  const pool = new FastPool({ threads, createWorker: create });
  pools.push(pool);
  return pool;
}

const shape = shapeOf({ batch: 2, heads: 4, kvHeads: 2, queryLength: 70, headSize: 20 });
const data = randomData(shape);
const mask = causal();

async function expectRight(pool: FastPool, options: ProblemOptions) {
  await pool.load(createProblem(shape, options), data);
  await pool.run();
  const { output, logSumExp } = compareToReference(shape, data, await pool.read(), options);
  expect([output.passed, logSumExp.passed]).toEqual([true, true]);
}

describe.each([
  ['with shared memory', true],
  ['where memory cannot be shared', false],
])('a pool %s', (_name, isolated) => {
  it('computes one problem after another', async () => {
    vi.stubGlobal('crossOriginIsolated', isolated);
    const pool = poolOf(3);
    expect(pool.threads).toBe(isolated ? 3 : 1);
    await expectRight(pool, { mask });
    await expectRight(pool, { sinks: [1, 2, 3, 4] });
  });

  it('copies operands that threads share, and decodes float16', async () => {
    vi.stubGlobal('crossOriginIsolated', isolated);
    const pool = poolOf(3);
    const bits = (values: Float32Array) => {
      const shared = new Uint16Array(new SharedArrayBuffer(2 * values.length));
      shared.set(encodeFloat16(values));
      return shared;
    };
    const stored = { query: bits(data.query), key: bits(data.key), value: bits(data.value) };
    const rounded = {
      query: decodeFloat16(stored.query),
      key: decodeFloat16(stored.key),
      value: decodeFloat16(stored.value),
    };
    const options = { mask, type: 'f16' } as const;
    await pool.load(createProblem(shape, options), stored);
    await pool.run();
    expect(compareToReference(shape, rounded, await pool.read(), options).output.passed).toBe(true);
  });

  it('gives back the rows that are asked for, in any layout', async () => {
    vi.stubGlobal('crossOriginIsolated', isolated);
    const pool = poolOf(2);
    const problem = createProblem(shape, { layout: { output: 'bshd' } });
    await pool.load(problem, data);
    await pool.run();
    const rows = Int32Array.of(7, 559, 80);
    const want = reference(problem, data, { rows });
    const { output, logSumExp } = await pool.read(rows);
    expect(compare(output, want.output, want.outputBound).passed).toBe(true);
    expect(compare(logSumExp, want.logSumExp, want.logSumExpBound).passed).toBe(true);
  });

  it('computes what is listed and nothing else', async () => {
    vi.stubGlobal('crossOriginIsolated', isolated);
    const pool = poolOf(2);
    const problem = createProblem(shape);
    await pool.load(problem, data);
    await pool.run({ units: Int32Array.of(2, 5) });
    const { output } = await pool.read();
    const computed = Array.from({ length: pool.units.count }, (_, unit) => {
      const { first, count } = pool.units.rowsOf(unit);
      const values = output.subarray(first * 20, (first + count) * 20);
      return values.every(Number.isFinite) ? 'all' : values.every(Number.isNaN) ? 'none' : 'some';
    });
    const wanted = computed.map((_, unit) => (unit === 2 || unit === 5 ? 'all' : 'none'));
    expect(computed).toEqual(wanted);
  });

  it('tells its progress, up to the end', async () => {
    vi.stubGlobal('crossOriginIsolated', isolated);
    const pool = poolOf(2);
    await pool.load(createProblem(shape), data);
    const seen: number[] = [];
    const { milliseconds } = await pool.run({ onProgress: (fraction) => seen.push(fraction) });
    expect(seen.at(-1)).toBe(1);
    expect(milliseconds).toBeGreaterThan(0);
  });

  it('stops when told, and goes on later', async () => {
    vi.stubGlobal('crossOriginIsolated', isolated);
    const pool = poolOf(2);
    await pool.load(createProblem(shape, { mask }), data);
    const controller = new AbortController();
    const running = pool.run({ signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await expect(pool.run({ signal: controller.signal })).rejects.toThrow('enough');
    await pool.run();
    expect(compareToReference(shape, data, await pool.read(), { mask }).output.passed).toBe(true);
  });
});

describe('a pool', () => {
  it('refuses what cannot be sent to other threads, by name', async () => {
    const pool = poolOf(2);
    const ids = Array.from({ length: 70 }, (_, i) => i % 3);
    const scattered = createProblem(shape, { mask: documents(ids) });
    await expect(pool.load(scattered, data)).rejects.toThrow(/^mask is .*one run of keys a row/);
    const capped = createProblem(shape, { softcap: 2 });
    await expect(pool.load(capped, data)).rejects.toThrow(/^scoreModifiers is/);
    await expect(pool.run()).rejects.toThrow('no problem is loaded');
  });

  it('does one thing at a time', async () => {
    const pool = poolOf(2);
    await pool.load(createProblem(shape), data);
    const running = pool.run();
    await expect(pool.run()).rejects.toThrow('busy with another call');
    await running;
    await pool.run();
  });

  it('says that a worker crashed', async () => {
    const listeners = new Map<string, (event: { message: string }) => void>();
    const silent: WorkerLike = {
      postMessage: () => listeners.get('error')!({ message: 'out of order' }),
      addEventListener: (type, listener) => void listeners.set(type, listener),
      terminate() {},
    };
    const pool = poolOf(1, () => silent);
    const loading = pool.load(createProblem(shape), data);
    await expect(loading).rejects.toThrow('The CPU worker crashed: out of order');
    await expect(pool.run()).rejects.toThrow('The CPU worker crashed: out of order');
  });
});
