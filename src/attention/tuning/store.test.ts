import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kernels } from '../kernels/index';
import { allCandidates, deviceKey, shaderHash, type TuningResult, Tuning } from './choices';
import { fileStore, type TuningStore, memoryStore } from './stores';

const gpuOf = (description: string) => ({
  info: { vendor: 'acme', architecture: 'one', device: '', description } as GPUAdapterInfo,
});
const GPU = gpuOf('Acme One');
const RUNTIME = 'Chrome 156';
const CLASS = 'q>512 k≤4096 d64 h≤8 f32 full';

const timed = (name: string, ms: number) =>
  ({ name, status: 'timed', ms, compileMs: 3, verified: true }) as const;
const RESULT: TuningResult = {
  shapeClass: CLASS,
  shape: {} as TuningResult['shape'],
  candidates: [
    timed('flash', 2),
    timed('flash-direct', 1),
    { name: 'decode', status: 'slower', ms: 9, compileMs: 3, verified: false },
    { name: 'three-pass', status: 'slower', ms: 5, compileMs: 3, verified: true },
  ],
  winner: 'flash-direct',
  usual: 'flash',
  spentMs: 300,
};

const rankingOf = async (store: TuningStore, gpu = GPU, runtime = RUNTIME) =>
  (await Tuning.load(gpu, store, runtime)).choice(CLASS)?.ranking.map(({ name }) => name);

async function tuned(store: TuningStore) {
  await (await Tuning.load(GPU, store, RUNTIME)).remember(RESULT);
  return store;
}

const newPath = () => join(mkdtempSync(join(tmpdir(), 'tuning-')), 'deep', 'tuning.json');
const stores: [string, () => TuningStore][] = [
  ['memory', () => memoryStore()],
  ['a file', () => fileStore(newPath())],
];

describe.each(stores)('what was tuned, kept in %s', (_name, create) => {
  it('is recalled for the same device, those that are right in order', async () => {
    const store = await tuned(create());
    expect(await rankingOf(store)).toEqual(['flash-direct', 'flash', 'three-pass']);
    const tuning = await Tuning.load(GPU, store, RUNTIME);
    expect(tuning.notes).toEqual([]);
    expect(tuning.entries().map(([name]) => name)).toEqual([CLASS]);
    expect(tuning.choice('q≤16')).toBeUndefined();
  });

  it('is not for another adapter, or another version of the browser', async () => {
    const store = await tuned(create());
    expect(await rankingOf(store, gpuOf('Acme Two'))).toBeUndefined();
    expect(await rankingOf(store, GPU, 'Chrome 157')).toBeUndefined();
    expect(await rankingOf(store)).toBeDefined();
  });

  it('is forgotten on request', async () => {
    const store = await tuned(create());
    const tuning = await Tuning.load(GPU, store, RUNTIME);
    await tuning.forget();
    expect(tuning.choice(CLASS)).toBeUndefined();
    expect(await store.entries()).toEqual([]);
    expect(await rankingOf(store)).toBeUndefined();
  });

  it.each([
    null,
    7,
    'flash',
    {},
    { ranking: [], tunedAt: '' },
    { ranking: [{ name: 'flash' }] },
    {
      ranking: [{ name: 'flash', ms: -1 }],
      tunedAt: '2026-01-01',
    },
  ])('is ignored with a note where it is %j', async (value) => {
    const store = create();
    await store.set(`${deviceKey(GPU, RUNTIME)} | ${CLASS}`, value);
    const tuning = await Tuning.load(GPU, store, RUNTIME);
    expect(tuning.choice(CLASS)).toBeUndefined();
    expect(tuning.notes.join()).toContain(`${CLASS} is not understood`);
    await tuning.remember(RESULT);
    expect(await rankingOf(store)).toBeDefined();
  });

  it('leaves alone what is none of its own', async () => {
    const store = create();
    await store.set('theme', 'dark');
    expect((await Tuning.load(GPU, await tuned(store), RUNTIME)).notes).toEqual([]);
    expect(await store.get('theme')).toBe('dark');
  });
});

describe('a store that fails', () => {
  const closed = async () => {
    throw new Error('closed to this page');
  };
  const store: TuningStore = { get: closed, set: closed, clear: closed, entries: closed };

  it('costs the memory of it and no more: choices hold for now', async () => {
    const tuning = await Tuning.load(GPU, store, RUNTIME);
    await tuning.remember(RESULT);
    expect(tuning.choice(CLASS)!.ranking[0]).toEqual({ name: 'flash-direct', ms: 1 });
    await tuning.forget();
    expect(tuning.choice(CLASS)).toBeUndefined();
    expect(tuning.notes).toHaveLength(3);
    for (const note of tuning.notes) expect(note).toContain('closed to this page');
  });
});

describe('a file', () => {
  it.each(['', '{', '[1]', 'null', '\0\0'])(
    'that holds %j is noted, and replaced',
    async (text) => {
      const folder = mkdtempSync(join(tmpdir(), 'tuning-'));
      const path = join(folder, 'tuning.json');
      writeFileSync(path, text);
      const tuning = await Tuning.load(GPU, fileStore(path), RUNTIME);
      expect(tuning.notes).toHaveLength(1);
      await tuning.remember(RESULT);
      expect(await rankingOf(fileStore(path))).toBeDefined();
      expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')))).toHaveLength(1);
      expect(readdirSync(folder)).toEqual(['tuning.json']);
    },
  );
});

describe('what a choice depends on', () => {
  it('are all kernels’ shaders: a change of any of them forgets', () => {
    const before = shaderHash();
    expect(before).toMatch(/^[0-9a-f]{16}$/);
    const seen = new Set([before]);
    for (const [i, { name, kernel }] of allCandidates.entries()) {
      expect(kernel.sources.length).toBeGreaterThan(0);
      for (let place = 0; place < kernel.sources.length; place++) {
        const sources = kernel.sources.map((text, j) => (j === place ? `${text} ` : text));
        seen.add(shaderHash(allCandidates.with(i, { name, kernel: { ...kernel, sources } })));
      }
    }
    const places = kernels.reduce((total, { sources }) => total + sources.length, 0);
    expect(seen.size).toBe(places + 1);
    expect(shaderHash(allCandidates.slice(1))).not.toBe(before);
    expect(shaderHash()).toBe(before);
  });

  it('are spelled out in its key', () => {
    expect(deviceKey(GPU, RUNTIME)).toBe(
      `tuning 1 | acme one Acme One | Chrome 156 | ${shaderHash()}`,
    );
    expect(deviceKey(GPU)).toContain(`node ${process.version}`);
  });
});
