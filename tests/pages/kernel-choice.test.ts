import { afterEach, describe, expect, it } from 'vitest';
import { BenchmarkDriver } from '../support/benchmark-driver';

const TINY = '#heads=2&queries=40&head-dim=16&contestants=cpu';
const DECODE = '#heads=1&queries=1&keys=600&head-dim=16&contestants=cpu';

let playground: BenchmarkDriver;

afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

async function open(hash = TINY, prepare?: () => void) {
  playground = await BenchmarkDriver.open(hash, prepare);
  await playground.appears('kernel-choice >>> dd strong');
}

const marks = () => playground.text('kernel-choice >>> .mark');
const choice = () => playground.text('kernel-choice >>> dl');
const isEnabled = (name: string) => playground.read(`kernel-choice >>> .${name}`, 'disabled');
const click = (name: string) => playground.page.click(`>>> kernel-choice >>> .${name}`);
const becomes = (mark: string) => expect.poll(marks, { timeout: 60_000 }).toBe(mark);

async function reload() {
  await playground.page.reload();
  await playground.appears('kernel-choice >>> dd strong');
}

describe('the choice of kernels on the page', () => {
  it('is tuned, remembered over a reload, and forgotten', async () => {
    await open();
    expect(await marks()).toBe('default');
    expect(await isEnabled('forget')).toBe('true');
    await click('tune');
    await becomes('tuned');
    expect(await choice()).toContain('Tuned on this device');
    expect(await choice()).toContain('q≤64 k≤512 d64 h≤8 f32 full');
    const tuned = await choice();

    await reload();
    await becomes('tuned');
    expect(await choice()).toBe(tuned);

    await click('forget');
    await becomes('default');
    await reload();
    await expect.poll(marks).toBe('default');
  });

  it('follows the settings, class by class', async () => {
    await open(DECODE);
    expect(await choice()).toMatch(/decode.* 1 query leaves most of flash's tile empty/);
    await playground.type('queries', '600');
    await expect.poll(choice).toContain('flash holds any length');
    await playground.type('queries', '99999');
    await playground.type('head-dim', '256');
    await playground.type('heads', '4096');
    await expect.poll(choice, { timeout: 10_000 }).toMatch(/none.*needs .* the largest/);
    expect(await isEnabled('tune')).toBe('true');
  });

  it('is tuned until told to stop: what was found before stays', async () => {
    await open('#contestants=cpu');
    await click('tune');
    await playground.appears('kernel-choice >>> progress');
    await click('tune');
    await expect
      .poll(() => playground.text('kernel-choice'), { timeout: 60_000 })
      .toContain('Cancelled');
    expect(await playground.text('kernel-choice >>> .tune')).toMatch(/^Tune/);
    expect(await playground.page.$('>>> kernel-choice >>> progress')).toBeNull();
  });

  it('gives way to the benchmark', async () => {
    await open(TINY);
    await click('tune');
    await playground.appears('kernel-choice >>> progress');
    await playground.run();
    await expect.poll(() => playground.page.$('>>> kernel-choice >>> progress')).toBeNull();
    await expect.poll(() => isEnabled('tune')).toBe('false');
  });

  it('holds without storage, and says that it is not kept', async () => {
    await open(TINY, () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('closed to this page', 'SecurityError');
      };
    });
    await click('tune');
    await becomes('tuned');
    expect(await playground.text('kernel-choice')).toContain(
      'could not be kept: closed to this page',
    );
  });

  it('ignores what others wrote into its storage', async () => {
    await open();
    await click('tune');
    await becomes('tuned');
    await playground.page.evaluate(
      () =>
        new Promise((resolve) => {
          indexedDB.open('attention-playground').onsuccess = ({ target }) => {
            const { result: database } = target as IDBOpenDBRequest;
            const transaction = database.transaction([...database.objectStoreNames], 'readwrite');
            const [name] = database.objectStoreNames;
            transaction.objectStore(name).openCursor().onsuccess = function () {
              this.result?.update({ ranking: 'flash' });
              this.result?.continue();
            };
            transaction.oncomplete = resolve;
          };
        }),
    );
    await reload();
    await expect
      .poll(() => playground.text('kernel-choice'))
      .toContain('is not understood, and ignored');
    expect(await marks()).toBe('default');
  });
});

it('without WebGPU it says so', async () => {
  playground = await BenchmarkDriver.open(TINY, () => {
    Reflect.deleteProperty(Navigator.prototype, 'gpu');
  });
  await expect
    .poll(() => playground.text('kernel-choice'))
    .toContain('so there is no kernel to choose');
});
