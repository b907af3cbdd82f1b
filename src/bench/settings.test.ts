import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { implementations } from './implementations';
import { casesOf, presets } from './presets';
import { describeIssue } from '../numeric/url-state';
import {
  type FormState,
  type Settings,
  defaultSettings,
  editField,
  fieldText,
  formStateOf,
  settingFields,
  settingsCodec,
} from './settings';

const parse = (hash: string) => settingsCodec.parse(new URLSearchParams(hash));

function expectIssue(hash: string, field: string, value: string, ...mentions: string[]) {
  const { issues } = parse(hash);
  expect(issues, hash).toHaveLength(1);
  expect(issues[0]).toMatchObject({ field, value });
  for (const word of [field, ...mentions]) expect(describeIssue(issues[0])).toContain(word);
}

describe('parsing settings', () => {
  it('gives the defaults for nothing', () => {
    expect(parse('')).toEqual({ state: defaultSettings, issues: [] });
    expect(defaultSettings).toMatchObject({ preset: 'suite', seed: 1, budget: 60 });
    expect(defaultSettings.contestants).toEqual(implementations.map(({ name }) => name));
  });

  it('reads every field', () => {
    const { state: settings, issues } = parse(
      'preset=custom&batch=2&heads=12&kv-heads=3&queries=5&keys=7&head-dim=40&value-dim=32&mask=window&window=0' +
        '&dtype=f16&seed=4294967295&distribution=uniform&contestants=cpu,flash&budget=86400',
    );
    expect(issues).toEqual([]);
    expect(settings).toEqual({
      preset: 'custom',
      batch: 2,
      heads: 12,
      kvHeads: 3,
      queryLength: 5,
      keyLength: 7,
      headSize: 40,
      valueSize: 32,
      mask: 'window',
      window: 0,
      dtype: 'f16',
      seed: 4294967295,
      distribution: 'uniform',
      contestants: ['cpu', 'flash'],
      budget: 86400,
    });
  });

  it('lets what is left out follow what was given', () => {
    expect(parse('heads=12&queries=5&head-dim=40').state).toMatchObject({
      preset: 'custom',
      kvHeads: 12,
      keyLength: 5,
      valueSize: 40,
    });
    expect(parse('mask=causal').state.preset).toBe('custom');
    expect(parse('seed=7').state.preset).toBe('suite');
  });

  it('fills the shape and the mask of a model', () => {
    expect(parse('preset=llama3-8k&seed=3').state).toMatchObject({
      ...presets.find(({ name }) => name === 'llama3-8k')!.cases[0].shape,
      mask: 'causal',
      seed: 3,
    });
  });

  it.each(['0', '-1', '1000000000', 'NaN', 'many', '', '0x10', '1.5', '1e3', '+8', ' 8', '08'])(
    'refuses "%s" as a number of heads and keeps the default',
    (value) => {
      const query = new URLSearchParams({ heads: value });
      const { state: settings, issues } = settingsCodec.parse(query);
      expect(settings.heads).toBe(defaultSettings.heads);
      expect(issues).toEqual([{ field: 'heads', value, allowed: 'a whole number from 1 to 4096' }]);
    },
  );

  it.each([
    ['batch', '65537', '65536'],
    ['queries', '1048577', '1048576'],
    ['keys', '0', '1048576'],
    ['head-dim', '257', '256'],
    ['value-dim', '257', '256'],
    ['seed', '4294967296', '4294967295'],
    ['budget', '86401', '86400'],
    ['preset', 'gpt9', 'gpt2-1k'],
    ['mask', 'Causal', 'causal-window'],
    ['dtype', 'f64', 'f16'],
    ['distribution', 'cauchy', 'uniform'],
    ['contestants', '', 'flash'],
    ['contestants', 'flash,', 'flash'],
    ['contestants', 'cpu,cpu', 'each once'],
    ['contestants', 'gpu', 'three-pass'],
  ])('names %s=%s and what is allowed', (field, value, allowed) => {
    expectIssue(`${field}=${value}`, field, value, allowed);
  });

  it('accepts the ends of every range', () => {
    expect(parse('batch=65536&heads=4096&queries=1048576&keys=1&head-dim=256').issues).toEqual([]);
    expect(parse('seed=0&budget=1').issues).toEqual([]);
  });

  it('names both heads where they cannot be shared out', () => {
    expectIssue('heads=12&kv-heads=5', 'kv-heads', '5', 'heads', '12');
    expectIssue('kv-heads=3', 'kv-heads', '3', '8');
    expectIssue('heads=4&kv-heads=8', 'kv-heads', '8', '4');
    expectIssue('heads=0&kv-heads=3', 'heads', '0');
    expect(parse('heads=12&kv-heads=5').state.kvHeads).toBe(12);
  });

  it('takes a window only beside a mask that has one', () => {
    expect(parse('mask=causal-window').state.window).toBe(256);
    expect(parse('mask=causal-window&window=1048576').issues).toEqual([]);
    expectIssue('mask=window&window=1048577', 'window', '1048577', '1048576');
    expectIssue('mask=window&window=-1', 'window', '-1', 'from 0');
    expectIssue('mask=causal&window=128', 'window', '128', 'window or causal-window');
    expectIssue('window=128', 'window', '128', 'mask');
    expect(parse('mask=causal&window=128').state).toEqual(parse('mask=causal').state);
    expectIssue('mask=windows&window=128', 'mask', 'windows');
    expectIssue('preset=gpt2-1k&window=4', 'preset', 'gpt2-1k', 'window');
  });

  it('refuses a preset beside a shape or a mask, naming both', () => {
    expectIssue('preset=gpt2-1k&heads=4&mask=none', 'preset', 'gpt2-1k', 'heads', 'mask');
    expect(parse('preset=gpt2-1k&heads=4').state).toEqual(parse('preset=gpt2-1k').state);
    expectIssue('preset=suite&batch=2', 'preset', 'suite', 'batch');
    expect(parse('preset=suite&batch=2').state).toEqual(defaultSettings);
    expect(parse('preset=custom&heads=4').issues).toEqual([]);
  });

  it('refuses what it does not know and what is said twice', () => {
    expectIssue('colour=red', 'colour', 'red', 'preset');
    expectIssue('__proto__=1', '__proto__', '1');
    expectIssue('seed=1&seed=2', 'seed', '1" and "2', 'once');
    expect(parse('seed=5&seed=5').state.seed).toBe(defaultSettings.seed);
  });

  it('leaves "run" to the page', () => {
    expect(parse('run=1')).toEqual({ state: defaultSettings, issues: [] });
  });

  it('reports every problem, and never throws', () => {
    expect(parse('heads=0&seed=x&colour=red').issues).toHaveLength(3);
    const entry = fc.tuple(
      fc.oneof(fc.string(), fc.constantFrom('preset', 'heads', 'kv-heads', 'mask', 'contestants')),
      fc.oneof(fc.string(), fc.constantFrom('suite', 'custom', '3', '12', 'causal', 'cpu,flash')),
    );
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const { state: settings } = settingsCodec.parse(entries);
        expect(settingsCodec.parse(settingsCodec.format(settings))).toEqual({
          state: settings,
          issues: [],
        });
      }),
    );
  });

  it('shortens endless values in its sentences', () => {
    const [issue] = parse(`seed=${'9'.repeat(5000)}`).issues;
    expect(describeIssue(issue).length).toBeLessThan(200);
  });
});

describe('formatting settings', () => {
  it('leaves out what goes without saying', () => {
    expect(settingsCodec.format(defaultSettings)).toEqual([]);
    expect(settingsCodec.format({ ...defaultSettings, preset: 'custom' })).toEqual([
      ['preset', 'custom'],
    ]);
    expect(settingsCodec.format(parse('preset=gpt2-1k').state)).toEqual([['preset', 'gpt2-1k']]);
    expect(settingsCodec.format(parse('heads=12&queries=77&seed=2').state)).toEqual([
      ['heads', '12'],
      ['queries', '77'],
      ['seed', '2'],
    ]);
    const window = (hash: string) => settingsCodec.format(parse(hash).state);
    expect(window('mask=window&window=256')).toEqual([['mask', 'window']]);
    expect(window('mask=window&window=7&dtype=f16')).toEqual([
      ['mask', 'window'],
      ['window', '7'],
      ['dtype', 'f16'],
    ]);
    const idle = { ...defaultSettings, preset: 'custom', window: 7 };
    expect(settingsCodec.format(idle)).toEqual([['preset', 'custom']]);
  });

  it('is undone by parsing', () => {
    fc.assert(
      fc.property(validSettings(), (settings) => {
        expect(settingsCodec.parse(settingsCodec.format(settings))).toEqual({
          state: settings,
          issues: [],
        });
      }),
    );
  });
});

describe('editing a form', () => {
  const edits = (...texts: [name: string, text: string][]) =>
    texts.reduce((form, [name, text]) => editField(form, name, text), formStateOf(defaultSettings));

  const shown = (form: FormState, name: string) =>
    fieldText(
      form,
      settingFields.find((field) => field.name === name)!,
    );

  it('keeps an invalid text, with what is allowed, and the last valid value', () => {
    const form = edits(['heads', '12'], ['heads', '12x'], ['queries', '77']);
    expect(form.settings).toMatchObject({ heads: 12, kvHeads: 12, queryLength: 77, keyLength: 77 });
    expect(shown(form, 'heads')).toBe('12x');
    expect(form.issues).toMatchObject([{ field: 'heads', value: '12x' }]);
    expect(editField(form, 'heads', '6')).toMatchObject({ issues: [], settings: { heads: 6 } });
  });

  it('makes a custom case of an edited shape, and forgets the shape under a preset', () => {
    expect(edits(['queries', '5']).settings.preset).toBe('custom');
    expect(edits(['queries', 'x'], ['preset', 'gpt2-1k'])).toMatchObject({
      issues: [],
      settings: { preset: 'gpt2-1k', queryLength: 1024, heads: 12, mask: 'causal' },
    });
    expect(edits(['queries', '5'], ['preset', 'suite']).settings).toEqual(defaultSettings);
  });

  it('lets a field follow another only while they are equal', () => {
    const apart = edits(['keys', '7'], ['queries', '9']);
    expect(apart.settings).toMatchObject({ queryLength: 9, keyLength: 7 });
    expect(edits(['head-dim', '40']).settings.valueSize).toBe(40);
    expect(edits(['queries', 'x']).settings).toMatchObject({ queryLength: 1024, keyLength: 1024 });
  });

  it('keeps KV heads a divisor of the heads that count', () => {
    const kvFirst = edits(['heads', '12'], ['kv-heads', '4']);
    expect(kvFirst.settings).toMatchObject({ heads: 12, kvHeads: 4 });
    expect(editField(kvFirst, 'heads', 'x').settings).toMatchObject({ heads: 12, kvHeads: 4 });
    const apart = editField(kvFirst, 'heads', '9');
    expect(apart.issues).toMatchObject([{ field: 'kv-heads', value: '4' }]);
    expect(apart.settings).toMatchObject({ heads: 9, kvHeads: 9 });
    expect(shown(apart, 'kv-heads')).toBe('4');
    expect(editField(apart, 'heads', '8')).toMatchObject({
      issues: [],
      settings: { heads: 8, kvHeads: 4 },
    });
  });

  it('drops the window with the masks that have one', () => {
    const windowed = edits(['mask', 'window'], ['window', '7']);
    expect(windowed.settings).toMatchObject({ mask: 'window', window: 7 });
    expect(editField(windowed, 'mask', 'causal').settings).toMatchObject({
      mask: 'causal',
      window: 256,
    });
  });
});

describe('casesOf', () => {
  it('gives a suite its cases and a custom shape its own', () => {
    expect(casesOf(defaultSettings)).toMatchObject({ sized: true, cases: { length: 5 } });
    const { state: settings } = parse('heads=4&mask=causal');
    expect(casesOf(settings)).toEqual({
      sized: false,
      cases: [
        {
          mask: 'causal',
          dtype: 'f32',
          shape: {
            batch: 1,
            heads: 4,
            kvHeads: 4,
            queryLength: 1024,
            keyLength: 1024,
            headSize: 64,
            valueSize: 64,
          },
        },
      ],
    });
  });

  it('gives a width to the masks that have one', () => {
    const { cases } = casesOf(parse('mask=window&window=7').state);
    expect(cases).toMatchObject([{ mask: 'window', window: 7 }]);
    expect(casesOf(parse('preset=masks').state).cases).toMatchObject([
      { mask: 'none' },
      { mask: 'causal' },
      { mask: 'causal-window', window: 256 },
    ]);
  });
});

/** Any settings that a user can ask for. */
function validSettings(): fc.Arbitrary<Settings> {
  const upTo = (max: number, min = 1) => fc.integer({ min, max });
  const names = implementations.map(({ name }) => name);
  const general = fc.record({
    dtype: fc.constantFrom('f32' as const, 'f16' as const),
    seed: upTo(4294967295, 0),
    distribution: fc.constantFrom('normal' as const, 'uniform' as const),
    contestants: fc.shuffledSubarray(names, { minLength: 1 }),
    budget: upTo(86400),
  });
  const shape = fc.record({
    batch: upTo(65536),
    kvHeads: upTo(64),
    sharing: upTo(64),
    queryLength: upTo(1048576),
    keyLength: upTo(1048576),
    headSize: upTo(256),
    valueSize: upTo(256),
    masked: fc.oneof(
      fc.record({ mask: fc.constantFrom('none' as const, 'causal' as const) }),
      fc.record({
        mask: fc.constantFrom('window' as const, 'causal-window' as const),
        window: upTo(1048576, 0),
      }),
    ),
  });
  const custom = shape.map(({ sharing, masked, ...rest }) => ({
    ...rest,
    ...masked,
    preset: 'custom',
    heads: rest.kvHeads * sharing,
  }));
  const named = fc
    .constantFrom(...presets)
    .map(({ name, cases }) =>
      cases.length === 1
        ? { preset: name, ...cases[0].shape, mask: cases[0].mask }
        : { preset: name },
    );
  return fc
    .tuple(general, fc.oneof(custom, named))
    .map(([rest, chosen]) => ({ ...defaultSettings, ...rest, ...chosen }));
}
