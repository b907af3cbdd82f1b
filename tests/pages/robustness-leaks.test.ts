import { resolve } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { BenchmarkStage } from '../../src/bench/report';
import type * as Engine from '../support/engine';
import { type OpenedPage, openPage } from '../support/page';

const FOLDER = '.cache/engine-under-test';

let opened: OpenedPage;

beforeAll(async () => {
  // Built, as on the site: from the development server, each worker would load its modules one by one.
  const entry = resolve('tests/support/engine.ts');
  const lib = { entry, formats: ['es' as const], fileName: 'engine' };
  await build({
    mode: 'library',
    logLevel: 'error',
    build: { outDir: FOLDER, emptyOutDir: true, lib },
  });
});

beforeEach(async () => {
  opened = await openPage('tests/support/blank.html', inject('sourcesUrl'), (page) =>
    page.evaluateOnNewDocument(countBuffers),
  );
  // As text: the page is to import this, not the test.
  await opened.page.evaluate(
    `import('/${FOLDER}/engine.js').then((engine) => Object.assign(window, { engine }))`,
  );
});

afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/** Runs in the page before its own scripts: what lives by the page's own calls, whoever counts them. */
function countBuffers() {
  const alive = new Set<GPUBuffer>();
  Object.assign(window, { alive });
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    alive.add(buffer);
    return buffer;
  };
  const { destroy } = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function () {
    alive.delete(this);
    return destroy.call(this);
  };
}

interface Run {
  readonly status: string;
  readonly entries: readonly string[];
  /** After the run: buffers as the engine counts them, their bytes, and as the page's calls tell. */
  readonly buffers: { readonly count: number; readonly bytes: number; readonly alive: number };
}

/** Runs a tiny benchmark so many times, and cancels it at a stage, where one is given. */
function runs(times: number, cancelAt?: BenchmarkStage): Promise<Run[]> {
  return opened.page.evaluate(
    async (times, cancelAt) => {
      const { engine } = window as unknown as { readonly engine: typeof Engine };
      const { runBenchmark, browserEnvironment, defaultSettings } = engine;
      const shape = { batch: 1, heads: 1, kvHeads: 1, headSize: 8, valueSize: 8 };
      const settings = {
        ...defaultSettings,
        ...shape,
        preset: 'custom',
        queryLength: 40,
        keyLength: 70,
        contestants: ['flash', 'three-pass'],
        budget: 0.02,
      };
      const done = [];
      for (let i = 0; i < times; i++) {
        const abort = new AbortController();
        const { status, cases } = await runBenchmark(settings, {
          signal: abort.signal,
          onEvent: (event) => {
            if (event.type === 'progress' && event.progress.stage === cancelAt) abort.abort();
          },
        });
        // What a cancelled run had begun comes to its end a moment later.
        if (cancelAt) await new Promise((resolve) => setTimeout(resolve, 200));
        const { buffers } = await browserEnvironment.devices.acquire();
        const { size } = (window as unknown as { alive: Set<GPUBuffer> }).alive;
        done.push({
          status,
          entries: cases.flatMap(({ entries }) => entries.map((entry) => entry.status)),
          buffers: { count: buffers.count, bytes: buffers.bytes, alive: size },
        });
      }
      return done;
    },
    times,
    cancelAt,
  );
}

const stages = [
  'device',
  'inputs',
  'reference',
  'compiling',
  'verifying',
  'warming',
  'timing',
  'ceilings',
] as const;

describe('buffers', () => {
  it('after a hundred runs are as many as after one', async () => {
    const done = await runs(100);
    for (const { status, entries } of done) {
      expect([status, ...entries]).toEqual(['complete', 'verified', 'verified']);
    }
    expect(done[0].buffers.count).toBe(done[0].buffers.alive);
    expect(done[99].buffers).toEqual(done[0].buffers);
    await expect.poll(() => opened.page.workers(), { timeout: 10_000 }).toEqual([]);
  });

  it('of cancelled runs are gone, whenever they were cancelled', async () => {
    const [whole] = await runs(1);
    for (const stage of stages) {
      for (const { status } of await runs(3, stage)) expect(status).toBe('cancelled');
    }
    const [again] = await runs(1);
    // Fewer may be left: what was being read back when a run was cancelled is not kept for reuse.
    expect(again.buffers.count).toBeLessThanOrEqual(whole.buffers.count);
    expect(again.buffers.bytes).toBeLessThanOrEqual(whole.buffers.bytes);
    expect(again.buffers.alive).toBe(again.buffers.count);
    await expect.poll(() => opened.page.workers(), { timeout: 10_000 }).toEqual([]);
  });
});
