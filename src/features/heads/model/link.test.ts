import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskNames } from '../../../attention/modifiers/index';
import { describeIssue } from '../../../numeric/url-state';
import { headsLink } from './link';
import { defaultHeadsState, type HeadsState } from './state';

fc.configureGlobal({ seed: 812 });

const parse = (hash: string) => headsLink.parse(new URLSearchParams(hash));
const reparse = (state: HeadsState) => {
  const text = new URLSearchParams(headsLink.format(state)).toString();
  return headsLink.parse(new URLSearchParams(text));
};

describe('headsLink.parse', () => {
  it('gives the defaults for nothing, and for the route alone', () => {
    expect(parse('')).toEqual({ state: defaultHeadsState, issues: [] });
    expect(parse('heads')).toEqual({ state: defaultHeadsState, issues: [] });
  });

  it('reads every entry', () => {
    const { state, issues } = parse(
      'heads&source=planted&length=4096&heads=6&layers=3&head-dim=32&seed=9&layer=2&head=5' +
        '&temperature=0.5&mask=sink-window&window=100&sinks=7&softcap=30.5&alibi=on&type=f16&compute=cpu' +
        '&sort=likeness&filter=head+1&panel=compare&palette=magma&scale=rank&pool=mean' +
        '&view=0,12.5,64,32.25&cursor=3:4&pins=5:6,7:8&compare=temperature&with-temperature=1.5' +
        '&span=map&mass=0.55&locks=q3,k12&hidden=4,7&lines-from=64' +
        '&outputs-of=all&outputs-less=2&points=queries-keys&one-scale=off',
    );
    expect(issues).toEqual([]);
    expect(state).toEqual({
      ...defaultHeadsState,
      length: 4096,
      heads: 6,
      layers: 3,
      headSize: 32,
      seed: 9,
      layer: 2,
      head: 5,
      temperature: 0.5,
      mask: 'sink-window',
      window: 100,
      sinks: 7,
      softcap: 30.5,
      alibi: true,
      type: 'f16',
      computeOn: 'cpu',
      sort: 'likeness',
      filter: 'head 1',
      panel: 'compare',
      palette: 'magma',
      scale: 'rank',
      pool: 'mean',
      view: { row: 0, column: 12.5, rows: 64, columns: 32.25 },
      cursor: { row: 3, column: 4 },
      pins: [
        { row: 5, column: 6 },
        { row: 7, column: 8 },
      ],
      compare: 'temperature',
      withTemperature: 1.5,
      span: 'map',
      mass: 0.55,
      locks: [
        { side: 'query', index: 3 },
        { side: 'key', index: 12 },
      ],
      hiddenKeys: [4, 7],
      linesFrom: 64,
      outputsOf: 'all',
      outputsLess: 2,
      points: 'queries-keys',
      oneScale: false,
    });
    expect(parse('source=text&text=A+cell,+a+cell&compare=head&with-head=3').state).toMatchObject({
      source: 'text',
      text: 'A cell, a cell',
      withHead: 3,
    });
    expect(parse('source=sentence&sentence=alone').state.sentence).toBe('alone');
    expect(parse('mask=prefix&prefix=5').state.prefix).toBe(5);
    expect(parse('compare=mask&with-mask=window').state.withMask).toBe('window');
  });

  it.each([
    ['length=7', 'length', 'a whole number from 8 to 65536'],
    ['length=1e3', 'length', 'a whole number'],
    ['head-dim=48', 'head-dim', 'one of 32, 64, 128'],
    ['source=magic', 'source', 'one of planted, sentence, text, file'],
    ['source=text&text=+', 'text', 'not blank'],
    ['temperature=0', 'temperature', 'a number from 0.01 to 100'],
    ['temperature=-1', 'temperature', 'a number'],
    ['temperature=NaN', 'temperature', 'a number'],
    ['softcap=', 'softcap', 'or none'],
    ['alibi=yes', 'alibi', 'one of on, off'],
    ['mask=toString', 'mask', 'one of none, causal'],
    ['view=0,0,0,5', 'view', 'none negative'],
    ['view=1,2,3', 'view', '0,0,64,64'],
    ['view=1,2,3,4,5', 'view', '0,0,64,64'],
    ['cursor=3', 'cursor', '3:4'],
    ['pins=1:2,1:2', 'pins', 'different cells'],
    ['mass=0', 'mass', 'a number from 0.01 to 1'],
    ['locks=3', 'locks', 'tokens such as q3 (a query) or k4 (a key)'],
    ['locks=q1,q1', 'locks', 'different tokens'],
    ['hidden=k3', 'hidden', 'keys from 0'],
    [`hidden=${Array.from({ length: 1025 }, (_, i) => i)}`, 'hidden', 'at most 1024'],
    ['lines-from=-1', 'lines-from', 'or cursor'],
    ['outputs-of=0', 'outputs-of', 'a head of the layer from 1'],
    ['outputs-less=none', 'outputs-less', 'all, or nothing'],
    ['window=5', 'window', 'mask to be window or causal-window or sink-window beside it'],
    ['source=text&length=64', 'length', 'source to be planted beside it'],
    ['with-head=3', 'with-head', 'compare to be head beside it'],
    ['head=13', 'head', 'at most 12'],
    ['length=65536&heads=64', 'length', 'at most 32768 beside so many heads'],
    ['colour=red', 'colour', 'one of the entries source, length'],
    ['seed=1&seed=2', 'seed', 'one value, given once'],
  ])('refuses %s by name and keeps the default', (hash, field, allowed) => {
    const { state, issues } = parse(hash);
    expect(issues).toHaveLength(1);
    expect(issues[0].field).toBe(field);
    expect(describeIssue(issues[0])).toContain(allowed);
    const { key } = headsLink.fields.find(({ name }) => name === field) ?? {};
    // A head that there is not becomes the last one; everything else stays as it was.
    if (key) expect(state[key]).toEqual(field === 'head' ? 12 : defaultHeadsState[key]);
  });

  it('takes what is right beside what is wrong', () => {
    const { state, issues } = parse('length=64&palette=red&window=5&mask=odd');
    expect(state).toMatchObject({ length: 64, palette: 'viridis', mask: 'none', window: 32 });
    // The window went with a mask that was not understood: one mistake.
    expect(issues.map(({ field }) => field).sort()).toEqual(['mask', 'palette']);
  });

  it('does not fail on any text', () => {
    const names = fc.constantFrom(...headsLink.fields.map(({ name }) => name), 'x');
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string())), (entries) => {
        const { state, issues } = headsLink.parse(entries);
        for (const issue of issues) expect(describeIssue(issue)).toContain('expected');
        expect(reparse(state)).toEqual({ state, issues: [] });
      }),
      { numRuns: 500 },
    );
  });
});

const upTo = (max: number, min = 0) => fc.integer({ min, max });
const ten4 = (min: number, max: number) =>
  fc.integer({ min: min * 1e4, max: max * 1e4 }).map((n) => n / 1e4);
const cell = fc.record({ row: upTo(65535), column: upTo(65535) });
const masks = fc.constantFrom(...maskNames);

const states: fc.Arbitrary<HeadsState> = fc.record({
  source: fc.constantFrom('planted', 'sentence', 'text', 'file'),
  computeOn: fc.constantFrom('auto', 'gpu', 'cpu'),
  length: upTo(8192, 8),
  heads: upTo(16, 4),
  layers: upTo(4, 2),
  headSize: fc.constantFrom(32, 64, 128),
  seed: upTo(2 ** 32 - 1),
  sentence: fc.constantFrom('prisoner', 'alone'),
  text: fc.string({ minLength: 1, unit: 'grapheme' }).map((text) => `a${text}`),
  layer: upTo(2, 1),
  head: upTo(4, 1),
  sort: fc.constantFrom('place', 'likeness', 'entropy', 'induction'),
  reversed: fc.boolean(),
  filter: fc.string({ maxLength: 20 }),
  panel: fc.constantFrom('map', 'lines', 'outputs', 'compare'),
  palette: fc.constantFrom('viridis', 'cividis', 'magma', 'grey'),
  scale: fc.constantFrom('linear', 'log', 'rank'),
  pool: fc.constantFrom('largest', 'mean'),
  view: fc.option(
    fc.record({ row: ten4(0, 99), column: ten4(0, 99), rows: ten4(1, 99), columns: ten4(1, 99) }),
  ),
  cursor: fc.option(cell),
  pins: fc.uniqueArray(cell, { maxLength: 16, selector: ({ row, column }) => `${row}:${column}` }),
  span: fc.constantFrom('view', 'map'),
  mass: ten4(0.01, 1),
  locks: fc.uniqueArray(fc.record({ side: fc.constantFrom('query', 'key'), index: upTo(65535) }), {
    maxLength: 20,
    selector: ({ side, index }) => `${side}${index}`,
  }),
  hiddenKeys: fc.uniqueArray(upTo(65535), { maxLength: 20 }),
  linesFrom: fc.option(upTo(65535)),
  outputsOf: fc.option(fc.oneof(fc.constant('all' as const), upTo(64, 1))),
  outputsLess: fc.option(fc.oneof(fc.constant('all' as const), upTo(64, 1))),
  points: fc.constantFrom('outputs', 'queries-keys'),
  oneScale: fc.boolean(),
  compare: fc.constantFrom('none', 'head', 'mask', 'temperature', 'type', 'cpu'),
  withLayer: upTo(2, 1),
  withHead: upTo(4, 1),
  withMask: masks,
  withTemperature: ten4(1, 100),
  temperature: ten4(1, 100),
  mask: masks,
  window: upTo(65536),
  prefix: upTo(65536),
  sinks: upTo(65536),
  softcap: fc.option(ten4(1, 1000)),
  alibi: fc.boolean(),
  type: fc.constantFrom('f32', 'f16'),
});

describe('headsLink.format', () => {
  it('leaves out what is usual', () => {
    expect(headsLink.format(defaultHeadsState)).toEqual([]);
    expect(headsLink.format({ ...defaultHeadsState, length: 1024, window: 9 })).toEqual([
      ['length', '1024'],
    ]);
  });

  it('comes back as it was, but for what the state makes no use of', () => {
    fc.assert(
      fc.property(states, (state) => {
        const { state: back, issues } = reparse(state);
        expect(issues).toEqual([]);
        for (const { key, beside } of headsLink.fields) {
          const used = !beside || beside.values.includes(String(state[beside.key]));
          expect(back[key], key).toEqual(used ? state[key] : defaultHeadsState[key]);
        }
        expect(reparse(back).state).toEqual(back);
        expect(headsLink.format(back)).toEqual(headsLink.format(state));
      }),
      { numRuns: 500 },
    );
  });
});
