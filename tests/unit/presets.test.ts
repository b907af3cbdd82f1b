import { expect, it } from 'vitest';
import { fields, readField } from '../../src/bench/fields';
import { customPreset, findPreset, presets } from '../../src/bench/presets';

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
        const field = fields.find((candidate) => candidate.key === key)!;
        expect(readField(field, String(value)), `${name} ${key}`).toBe(value);
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
  for (const { cases, sized } of presets) expect(cases.length > 1).toBe(sized);
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
