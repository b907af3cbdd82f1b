import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeIssue, fieldMakers, LinkCodec, readItems } from './url-state';
import { parseInteger } from './parse';

interface State {
  readonly kind: 'plain' | 'windowed';
  readonly window: number;
  readonly scale: number;
  readonly shift: number;
  readonly cap: number | null;
  readonly fine: boolean;
  readonly pins: readonly number[];
  readonly rows: number;
  readonly columns: number;
}

const defaults: State = {
  kind: 'plain',
  window: 32,
  scale: 1,
  shift: 0,
  cap: null,
  fine: false,
  pins: [],
  rows: 4,
  columns: 4,
};

const { beside, choice, decimal, field, flag, number, orNull, whole } = fieldMakers<State>();

const codec = new LinkCodec<State>({
  defaults,
  noun: 'entries',
  ignores: (name) => name === 'run',
  fields: [
    choice('kind', 'kind', ['plain', 'windowed']),
    whole('window', 'window', 1, 99, { beside: beside('kind', 'kind', 'windowed') }),
    decimal('scale', 'scale', 0.5, 8),
    number('shift', 'shift', -1e6, 1e6),
    orNull(decimal('cap', 'cap', 1, 9), 'none'),
    flag('fine', 'fine', ['yes', 'no'], { allowed: 'yes or no' }),
    field({
      name: 'pins',
      key: 'pins',
      read: (text) => readItems(text, (part) => parseInteger(part, 0, 99), 3),
      write: (pins) => pins.join(',') || 'none',
      allowed: 'at most 3 numbers',
    }),
    whole('rows', 'rows', 1, 9),
    whole('columns', 'columns', 1, 9),
  ],
  // As many columns as rows, where nothing else is said.
  assumed: ({ rows }) => ({ ...defaults, columns: rows }),
  settle: (values, start, given, issues) => {
    const state = { ...start, columns: values.rows ?? start.rows, ...values };
    if (state.rows * state.columns <= 36) return state;
    issues.push({
      field: 'columns',
      value: given.get('columns') ?? '',
      allowed: 'at most 36 cells',
    });
    return { ...state, columns: 1 };
  },
});

const parse = (text: string) => codec.parse(new URLSearchParams(text));

describe('LinkCodec', () => {
  it('gives the defaults for nothing, and nothing for the defaults', () => {
    expect(parse('')).toEqual({ state: defaults, issues: [] });
    expect(codec.format(defaults)).toEqual([]);
  });

  it('reads every field', () => {
    const { state, issues } = parse(
      'kind=windowed&window=7&scale=2.5&shift=-1e-7&cap=3&fine=yes&pins=3,1&rows=3&columns=5',
    );
    expect(issues).toEqual([]);
    expect(state).toEqual({
      kind: 'windowed',
      window: 7,
      scale: 2.5,
      shift: -1e-7,
      cap: 3,
      fine: true,
      pins: [3, 1],
      rows: 3,
      columns: 5,
    });
  });

  it.each([
    ['kind=odd', 'kind: "odd" is not allowed; expected one of plain, windowed.'],
    ['kind=windowed&window=0', 'window: "0" is not allowed; expected a whole number from 1 to 99.'],
    ['window=7', 'window: "7" is not allowed; expected kind to be windowed beside it.'],
    ['scale=-1', 'scale: "-1" is not allowed; expected a number from 0.5 to 8.'],
    ['shift=1e9', 'shift: "1e9" is not allowed; expected a number from -1000000 to 1000000.'],
    ['cap=0', 'cap: "0" is not allowed; expected a number from 1 to 9, or none.'],
    ['fine=on', 'fine: "on" is not allowed; expected yes or no.'],
    ['fine=toString', 'fine: "toString" is not allowed; expected yes or no.'],
    ['pins=1,1', 'pins: "1,1" is not allowed; expected at most 3 numbers.'],
    ['pins=1,2,3,4', 'pins: "1,2,3,4" is not allowed; expected at most 3 numbers.'],
    ['scale=1&scale=2', 'scale: "1" and "2" is not allowed; expected one value, given once.'],
    [
      'x=1',
      'x: "1" is not allowed; expected one of the entries kind, window, scale, shift, cap, fine, pins, rows, columns.',
    ],
  ])('refuses %s and keeps the default', (text, message) => {
    const { state, issues } = parse(text);
    expect(issues.map(describeIssue)).toEqual([message]);
    expect(state).toEqual({ ...defaults, kind: state.kind });
  });

  it('reports one mistake for a field and what it stands beside', () => {
    const { state, issues } = parse('kind=odd&window=7');
    expect(issues.map((issue) => issue.field)).toEqual(['kind']);
    expect(state.window).toBe(32);
  });

  it('ignores what is no part of the state', () => {
    expect(parse('run=1').issues).toEqual([]);
  });

  it('completes and checks what depends on other fields', () => {
    expect(parse('rows=3').state).toMatchObject({ rows: 3, columns: 3 });
    expect(codec.format({ ...defaults, rows: 3, columns: 3 })).toEqual([['rows', '3']]);
    expect(codec.format({ ...defaults, rows: 3 })).toEqual([
      ['rows', '3'],
      ['columns', '4'],
    ]);
    const { state, issues } = parse('rows=9&columns=9');
    expect(state.columns).toBe(1);
    expect(issues).toEqual([{ field: 'columns', value: '9', allowed: 'at most 36 cells' }]);
  });

  it('leaves out what the state makes no use of', () => {
    expect(codec.format({ ...defaults, window: 7 })).toEqual([]);
  });

  it('shortens long values in messages', () => {
    expect(describeIssue({ field: 'x', value: 'a'.repeat(99), allowed: 'b' })).toContain(
      `"${'a'.repeat(60)}…"`,
    );
  });

  it('reads back what it writes, for any state', () => {
    const state = fc.record({
      kind: fc.constantFrom('plain', 'windowed'),
      window: fc.integer({ min: 1, max: 99 }),
      scale: fc.integer({ min: 5000, max: 80000 }).map((n) => n / 1e4),
      shift: fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => x + 0),
      cap: fc.option(fc.integer({ min: 10, max: 90 }).map((n) => n / 10)),
      fine: fc.boolean(),
      pins: fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 3 }),
      rows: fc.integer({ min: 1, max: 6 }),
      columns: fc.integer({ min: 1, max: 6 }),
    }) as fc.Arbitrary<State>;
    fc.assert(
      fc.property(state, (given) => {
        const used = { ...given, window: given.kind === 'windowed' ? given.window : 32 };
        const { state: read, issues } = parse(codec.text(codec.format(used)));
        expect(issues).toEqual([]);
        expect(read).toEqual(used);
      }),
      { seed: 12 },
    );
  });

  it('does not fail on any text', () => {
    const name = fc.constantFrom(...codec.fields.map((one) => one.name), 'x', 'run');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string())), (entries) => {
        const { state, issues } = codec.parse(entries);
        for (const issue of issues) expect(describeIssue(issue)).toContain('expected');
        expect(codec.parse(codec.format(state))).toEqual({ state, issues: [] });
      }),
      { seed: 12 },
    );
  });
});

describe('text', () => {
  it('shows the characters that need no escape', () => {
    const entries: [string, string][] = [['a', '1,2:3;4 &']];
    expect(codec.text(entries)).toBe('a=1,2:3%3B4+%26');
    expect(new LinkCodec({ fields: [], defaults: {}, plain: ',:;' }).text(entries)).toBe(
      'a=1,2:3;4+%26',
    );
  });
});

describe('first', () => {
  it('reads entries that defaults depend on before all others', () => {
    const dependent = new LinkCodec<State>({
      defaults,
      fields: [whole('rows', 'rows', 1, 9), whole('columns', 'columns', 1, 9)],
      first: {
        names: ['size'],
        read: (given, issues) => {
          const size = given.get('size');
          if (size === undefined) return defaults;
          if (size === 'large') return { ...defaults, rows: 9, columns: 9 };
          issues.push({ field: 'size', value: size, allowed: 'large' });
          return defaults;
        },
        write: ({ rows }) => (rows > 4 ? [['size', 'large']] : []),
      },
      assumed: ({ rows }) => (rows > 4 ? { ...defaults, rows: 9, columns: 9 } : defaults),
    });
    expect(dependent.parse([['size', 'large']]).state).toMatchObject({ rows: 9, columns: 9 });
    expect(
      dependent.parse([
        ['columns', '2'],
        ['size', 'large'],
      ]).state,
    ).toMatchObject({ rows: 9, columns: 2 });
    expect(dependent.parse([['size', 'odd']]).issues).toHaveLength(1);
    expect(dependent.format({ ...defaults, rows: 9, columns: 2 })).toEqual([
      ['size', 'large'],
      ['columns', '2'],
    ]);
  });
});
