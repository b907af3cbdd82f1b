import { afterEach, describe, expect, inject, it } from 'vitest';
import { settingFields, type NumberSetting } from '../../src/bench/settings';
import { entriesOf, expectVerified, BenchmarkDriver } from '../support/benchmark-driver';

let playground: BenchmarkDriver;

afterEach(async () => {
  expect(playground.errors).toEqual([]);
  await playground.close();
});

const numbers = settingFields.filter((field): field is NumberSetting => field.kind === 'number');
const bad = ['-1', '1e9', '1000000000', 'NaN', 'text', '', '1.5', ' 2'];

/** What is bad in a field: for some of them zero and a thousand million are not. */
const badIn = ({ min, max }: NumberSetting) => [
  ...bad.filter((text) => !(text === '1000000000' && max >= 1e9)),
  ...(min > 0 ? ['0'] : []),
  String(max + 1),
];

const small = { batch: '1', heads: '2', queries: '40', 'head-dim': '16', seed: '7', budget: '1' };
const status = () => playground.page.evaluate(() => window.heard.progress?.stage ?? 'idle');

async function follow(link: Record<string, string>) {
  const hash = `#${new URLSearchParams({ ...link, run: '1' })}`;
  await playground.follow(hash);
}

describe('a bad number in the link', () => {
  it('is named with its value and what is allowed, for every field; the rest counts', async () => {
    playground = await BenchmarkDriver.open('');
    for (const field of numbers) {
      for (const text of badIn(field)) {
        await follow({ ...small, [field.name]: text });
        const sentence = `${field.name}: "${text}" is not allowed; expected ${field.allowed}.`;
        await expect
          .poll(() => playground.read('notice-banner', 'textContent'))
          .toContain(sentence);
        const rest = Object.entries(small).filter(([name]) => name !== field.name);
        for (const [name, value] of rest) {
          expect(await playground.read(`#${name}`, 'value')).toBe(value);
        }
      }
    }
    expect(await status()).toBe('idle');
  });

  it('keeps nobody from running once it is put right', async () => {
    playground = await BenchmarkDriver.open('');
    await follow({ ...small, heads: '1e9', contestants: 'cpu' });
    await expect.poll(() => playground.text('notice-banner')).toContain('heads: "1e9"');
    await playground.type('heads', '3');
    const report = await playground.run();
    expectVerified(report);
    expect(report.settings).toMatchObject({ heads: 3, queryLength: 40, seed: 7 });
    expect(entriesOf(report).cpu.verification).toMatchObject({ rows: 120, rowsTotal: 120 });
  });
});

describe('a bad number in the controls', () => {
  it('is named below its field and kept as typed, for every field; a right one runs', async () => {
    // A mask that has a width, so that its field is there, too.
    const settings = { ...small, mask: 'window', contestants: 'cpu' };
    playground = await BenchmarkDriver.open(`#${new URLSearchParams(settings)}`);
    for (const field of numbers) {
      const { name, min } = field;
      const before = await playground.read(`#${name}`, 'value');
      for (const text of [String(min - 1), String(field.max + 1), 'NaN']) {
        await playground.type(name, text);
        expect(await playground.read(`#${name}`, 'value')).toBe(text);
        expect(await playground.read(`#${name}`, 'ariaInvalid')).toBe('true');
        expect(await playground.text(`#${name}-help`)).toBe(`Expected ${field.allowed}.`);
      }
      await playground.pressRun();
      expect(await playground.text('[role=alert].error')).toContain('Not started: one field');
      await playground.type(name, before);
      expect(await playground.read(`#${name}`, 'ariaInvalid')).toBe('false');
    }
    expect(await status()).toBe('idle');
    expectVerified(await playground.run());
  });

  it('that shares heads out unevenly is one, too', async () => {
    playground = await BenchmarkDriver.open('#heads=8');
    await playground.type('kv-heads', '3');
    expect(await playground.text('#kv-heads-help')).toContain('a divisor of heads, which is 8');
    await playground.pressRun();
    expect(await playground.text('[role=alert].error')).toContain('Not started');
    expect(await status()).toBe('idle');
  });
});

const kernels = ['flash', 'three-pass'];

/** The lengths that a refusal says would fit. */
function suggestion(message: string | undefined): number {
  const found = /would fit with at most (\d+) queries and keys/.exec(message ?? '');
  expect(found, message).not.toBeNull();
  return Number(found![1]);
}

/** What the benchmark's own check says of 8 heads of 64 values at this length; empty where it fits. */
function check(kernel: string, length: number): Promise<string> {
  return playground.page.evaluate(`(async () => {
    const { assertEnoughMemory } = await import('/src/bench/memory.ts');
    const { kernels } = await import('/src/attention/kernels/index.ts');
    const { browserEnvironment: { devices, memoryBytes } } =
      await import('/src/bench/environment.ts');
    const { limits } = (await devices.acquire()).device;
    const kernel = kernels.find(({ name }) => name === '${kernel}');
    const shape = { batch: 1, heads: 8, kvHeads: 8, headSize: 64, valueSize: 64,
      queryLength: ${length}, keyLength: ${length} };
    try {
      assertEnoughMemory({ shape, mask: 'none', dtype: 'f32' }, { memoryBytes, gpu: { kernel, limits } });
      return '';
    } catch (error) {
      return error.name;
    }
  })()`) as Promise<string>;
}

describe('a shape that is too large', () => {
  it('is refused before anything is allocated, naming the limit and what fits', async () => {
    playground = await BenchmarkDriver.open('#queries=1048576', undefined, inject('sourcesUrl'));
    await playground.appears('device-card >>> dl');
    await playground.page.evaluate(() => (window.heard.allocations.length = 0));
    const report = await playground.run();
    expect(report.status).toBe('complete');
    for (const { contestant, status, message } of report.cases[0].entries) {
      expect({ contestant, status }).toEqual({ contestant, status: 'refused' });
      expect(message).toMatch(/maxStorageBufferBindingSize|maxBufferSize|memory/);
      expect(await playground.text('result-table')).toContain(message);
      if (!kernels.includes(contestant)) continue;
      const length = suggestion(message);
      expect(await check(contestant, length)).toBe('');
      expect(await check(contestant, length + 1)).toBe('LimitError');
    }
    const largest = await playground.page.evaluate(() => Math.max(0, ...window.heard.allocations));
    expect(largest).toBeLessThan(1e6);
  });

  it('is followed by a run that fits', async () => {
    playground = await BenchmarkDriver.open('#queries=1048576&batch=64&contestants=cpu&budget=1');
    const { cpu } = entriesOf(await playground.run());
    expect(cpu.status).toBe('refused');
    await playground.type('queries', '32');
    expectVerified(await playground.run());
  });

  it('runs at the length that the refusal says would fit, and not at the next', async () => {
    playground = await BenchmarkDriver.open('', undefined, inject('sourcesUrl'));
    const run = (length: number) =>
      playground.page.evaluate(`(async () => {
        const { runBenchmark } = await import('/src/bench/benchmark.ts');
        const { browserEnvironment } = await import('/src/bench/environment.ts');
        const { settingsCodec } = await import('/src/bench/settings.ts');
        const text = 'queries=${length}&heads=2&head-dim=8&budget=1&contestants=flash,cpu';
        const { state: settings } = settingsCodec.parse(new URLSearchParams(text));
        const environment = { ...browserEnvironment, memoryBytes: 2 ** 17 };
        const report = await runBenchmark(settings, { environment });
        return report.cases[0].entries;
      })()`) as Promise<{ status: string; message?: string }[]>;
    const [refused] = await run(100_000);
    expect(refused.status).toBe('refused');
    expect(refused.message).toContain('128 KiB');
    const length = suggestion(refused.message);
    expect(length).toBeGreaterThan(100);
    expect((await run(length)).map(({ status }) => status)).toEqual(['verified', 'verified']);
    expect((await run(length + 1)).map(({ status }) => status)).toEqual(['refused', 'refused']);
  });

  it('says so where not even one key fits', async () => {
    playground = await BenchmarkDriver.open(
      '#batch=65536&heads=4096&queries=2&head-dim=256&contestants=flash',
    );
    const { flash } = entriesOf(await playground.run());
    expect(flash.status).toBe('refused');
    expect(flash.message).toContain('use fewer heads or a smaller batch');
  });
});
