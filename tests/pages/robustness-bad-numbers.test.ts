import { afterEach, describe, expect, it } from 'vitest';
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
  await playground.page.evaluate((hash) => (location.hash = hash), hash);
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
