import { expect, it } from 'vitest';
import { caseName } from './case';
import { customPreset, findPreset, presets } from './presets';
import { settingFields } from './settings';

it('has unique names, none of them the custom one', () => {
  const names = presets.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).not.toContain(customPreset);
});

it('has only shapes that could be typed', () => {
  for (const { name, cases } of presets) {
    for (const { shape, ...rest } of cases) {
      expect(shape.heads % shape.kvHeads, name).toBe(0);
      for (const [key, value] of Object.entries({ ...shape, ...rest })) {
        const field = settingFields.find((candidate) => candidate.key === key)!;
        expect(field.read(String(value)), `${name} ${key}`).toBe(value);
      }
    }
  }
});

it('sizes suites to the budget, and nothing asked for by name', () => {
  expect(presets.filter(({ sized }) => sized).map(({ name }) => name)).toEqual([
    'suite',
    'sweep',
    'masks',
  ]);
  for (const { cases, sized } of presets) expect(sized && cases.length < 2).toBe(false);
});

it('has the grid of the fastest-attention table, each square shape with and without a causal mask', () => {
  const { cases, sized } = findPreset('grid')!;
  expect(sized).toBe(false);
  const names = cases.map((one) => caseName({ ...one, dtype: 'f32' }));
  expect(names).toEqual([
    ...['1·8·256·64', '1·12·512·64', '1·8·1024·64', '1·4·1024·128', '1·1·4096·64'].flatMap(
      (name) => [name, `${name} causal`],
    ),
    '1·8·128×1024·64',
    '1·8·1×4096·64',
  ]);
});

it.each([
  ['gpt2-1k', [1, 12, 12, 1024, 1024, 64, 64], 'causal'],
  ['bert-512', [1, 12, 12, 512, 512, 64, 64], 'none'],
  ['llama3-8k', [1, 32, 8, 8192, 8192, 128, 128], 'causal'],
  ['sd-cross', [1, 8, 8, 4096, 77, 40, 40], 'none'],
  ['decode-32k', [1, 32, 8, 1, 32768, 128, 128], 'none'],
  ['16k', [1, 8, 8, 16384, 16384, 64, 64], 'none'],
])('%s has its real shape', (name, extents, mask) => {
  const [only] = findPreset(name)!.cases;
  const { batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize } = only.shape;
  expect([batch, heads, kvHeads, queryLength, keyLength, headSize, valueSize]).toEqual(extents);
  expect(only.mask).toBe(mask);
});
