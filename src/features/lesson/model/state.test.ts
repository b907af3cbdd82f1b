import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reference } from '../../../attention/reference';
import { describeIssue } from '../../../numeric/url-state';
import { logSumExp } from './attention';
import { sentenceProblem } from './attention-problems';
import { sections } from '../chapters';
import { lessonLink, withSetting } from './link';
import { identity, type Matrix } from './matrix';
import { deckTable, withSimilarity } from './similarity-table';
import {
  attentionOf,
  defaultLessonState,
  type LessonState,
  withNumber,
  withSentence,
  withTable,
} from './state';
import { stateTables, matrixToCsv } from './tables';

const link = lessonLink(sections.flatMap(({ fields = [] }) => fields));

const expectClose = (got: Matrix, want: Matrix, digits = 12) => {
  expect(got).toHaveLength(want.length);
  want.forEach((row, i) => row.forEach((value, j) => expect(got[i][j]).toBeCloseTo(value, digits)));
};
const six = deckTable.values.slice(0, 6).map((row) => row.slice(0, 6));
const roundTrip = (state: LessonState) => {
  const entries = link.format(state);
  const parsed = link.parse(new URLSearchParams(new URLSearchParams(entries).toString()));
  expect(parsed.issues).toEqual([]);
  return parsed.state;
};

describe('the state', () => {
  it('begins with vectors that have the deck’s similarities', () => {
    const steps = attentionOf(defaultLessonState);
    expectClose(steps.scores, six);
    const sum = Math.exp(0.2) + Math.exp(1) + Math.exp(0.75) + 3;
    expect(steps.weights[1][1]).toBeCloseTo(Math.exp(1) / sum, 12);
    [0.135, 0.3, 0.11, 0.11, 0.11, 0.234].forEach((weight, j) =>
      expect(steps.weights[1][j]).toBeCloseTo(weight, 3),
    );
  });

  it('has every later stage follow a number', () => {
    const state = withNumber(defaultLessonState, 'wv', 2, 3, 5);
    const before = attentionOf(defaultLessonState);
    const after = attentionOf(state);
    expect(after.weights).toEqual(before.weights);
    expect(after.output).not.toEqual(before.output);
    expect(attentionOf(withNumber(state, 'wq', 0, 0, -1)).weights).not.toEqual(before.weights);
    expect(() => withNumber(state, 'x', 6, 0, 1)).toThrow(/x is "row 6, column 0"/);
    expect(() => withNumber(state, 'x', 0, 0, NaN)).toThrow(/x is NaN/);
  });

  it('agrees with the float64 reference, masked and scaled', () => {
    const state = { ...defaultLessonState, causal: true, scaled: true, temperature: 0.5 };
    const edited = withNumber({ ...state, hidden: [0, 4] }, 'wv', 1, 1, 3);
    const steps = attentionOf(edited);
    const { problem, operands } = sentenceProblem(edited);
    const expected = reference(problem, operands);
    const denominators = steps.masked.map((row) => logSumExp(row));
    steps.output.flat().forEach((value, i) => expect(value).toBeCloseTo(expected.output[i], 13));
    // The first word sees nothing: −∞, and zeros.
    expect([expected.logSumExp[0], denominators[0]]).toEqual([-Infinity, -Infinity]);
    const seen = denominators.slice(1);
    seen.forEach((value, i) => expect(value).toBeCloseTo(expected.logSumExp[i + 1], 13));
  });

  it('hides what the mask boxes hide', () => {
    const steps = attentionOf({ ...defaultLessonState, hidden: [0, 2, 3, 4] });
    expect(steps.weights[1][1]).toBeCloseTo(Math.exp(1) / (Math.exp(1) + Math.exp(0.75)), 12);
    expect(steps.masked[1][0]).toBe(-Infinity);
    const all = attentionOf({ ...defaultLessonState, hidden: [0, 1, 2, 3, 4, 5] });
    expect(all.output.flat().every((value) => value === 0)).toBe(true);
  });

  it('takes any table: with one vector a word where it can, else with queries of their own', () => {
    const legal = withTable(
      defaultLessonState,
      withSimilarity(withSimilarity(deckTable, 2, 3, 0.4), 3, 2, 0.4),
    );
    expect(legal.wq).toEqual(identity(6));
    expect(attentionOf(legal).scores[2][3]).toBeCloseTo(0.4, 12);
    const lopsided = withTable(defaultLessonState, withSimilarity(deckTable, 0, 5, -0.9));
    expect(lopsided.x).toEqual(identity(6));
    expect(attentionOf(lopsided).scores[0][5]).toBeCloseTo(-0.9, 12);
    expect(attentionOf(lopsided).scores[5][0]).toBeCloseTo(0, 12);
  });

  it('takes another sentence, whose words keep their vectors', () => {
    const state = withSentence({ ...defaultLessonState, query: 5, hidden: [1, 5] }, 'A cell sat');
    expect(state.x[1]).toEqual(defaultLessonState.x[5]);
    expect(state.x[2]).toEqual(defaultLessonState.x[2]);
    expect(Math.hypot(...state.x[0])).toBeCloseTo(1, 12);
    expect(state).toMatchObject({ query: 2, hidden: [1] });
    expect(state.table.names).toEqual(['A', 'cell', 'sat']);
    expectClose(attentionOf(state).scores, state.table.values);
    expect(withSentence(state, 'the prisoner sat in his cell.').table).toBe(deckTable);
    expect(() => withSentence(state, '…')).toThrow(/1 to 24 words/);
  });
});

describe('links', () => {
  it('say nothing of what is as usual', () => {
    expect(link.format(defaultLessonState)).toEqual([]);
    expect(link.parse([]).state).toEqual(defaultLessonState);
  });

  it('lead to exactly the same state', () => {
    const edited = withNumber(
      withTable(
        withSentence(defaultLessonState, 'Each department formed a cell, for quick solutions'),
        withSentence(defaultLessonState, 'Each department formed a cell for quick solutions').table,
      ),
      'wk',
      0,
      1,
      0.1 + 0.2,
    );
    for (const state of [
      edited,
      withSentence(defaultLessonState, 'A cell sat'),
      withTable(defaultLessonState, withSimilarity(deckTable, 0, 5, 1 / 3)),
      withNumber(defaultLessonState, 'x', 5, 5, -1e-7),
      { ...defaultLessonState, hidden: [0, 3], causal: true, scaled: true, residual: true },
      {
        ...defaultLessonState,
        positions: false,
        pointOverrides: { cell: [0, 2], constructor: [1, -1] },
      },
      {
        ...defaultLessonState,
        wordCount: 4096,
        map: [
          [0.5, -1],
          [2, 1 / 7],
        ],
        queryPosition: 7,
        mix: [1, 0, -0.5, 1 / 3],
        rotation: -90,
        rotateKeys: false,
        extraColumns: [6],
        denominator: 'correct',
        fixedShare: 0.42,
      } as LessonState,
    ]) {
      expect(roundTrip(state)).toEqual(state);
    }
  });

  it('lead to any sizes of numbers', () => {
    const numbers = fc
      .double({ min: -1e6, max: 1e6, noNaN: true })
      .filter((v) => !Object.is(v, -0));
    fc.assert(
      fc.property(
        numbers,
        fc.double({ min: 0.001, max: 1000, noNaN: true }),
        (value, temperature) => {
          const state = { ...withNumber(defaultLessonState, 'wv', 0, 0, value), temperature };
          expect(roundTrip(state)).toEqual(state);
        },
      ),
      { seed: 7, numRuns: 100 },
    );
  });

  it.each([
    ['temperature', '0', 'a number from 0.001 to 1000'],
    ['causal', 'true', 'yes or no'],
    ['hidden', '3,1', 'places in the sentence from 0, ascending, as in 0,2, or none'],
    ['query', '6', 'places from 0 to 5, those of the sentence'],
    ['hidden', '2,9', 'places from 0 to 5, those of the sentence'],
    ['sentence', '…', '1 to 24 words'],
    ['table', '1,0;0,1', '8 × 8: rows of numbers up to 1000000 in size, as in 1,0;0,1'],
    ['x', '1;2', '6 rows: rows of numbers up to 1000000 in size, as in 1,0;0,1'],
    ['wq', '1;2;3;4;5;x', '6 rows: rows of numbers up to 1000000 in size, as in 1,0;0,1'],
    ['map', '1,0;0,1e7', 'a matrix of 2 × 2, as in 1,0;0,1'],
    ['moved', 'cell:1', 'words with their points, as in cell:0,2;jail:1,-1, or none'],
    ['moved', 'cell:1,1;cell:2,2', 'words with their points, as in cell:0,2;jail:1,-1, or none'],
    ['a', '1', 'two numbers, as in 2,-1'],
    ['edits', '100:1', 'places from 0 to 99 with their values, as in 7:0.5, or none'],
    ['edits', '1:1;1:2', 'places from 0 to 99 with their values, as in 7:0.5, or none'],
    ['context', '', '1 to 24 words'],
    ['mix', '1,2', '4 numbers, one per head'],
    ['turn', '181', 'a number from -180 to 180'],
    ['asks', '8', 'places from 0 to 7, those of the sentence'],
    ['without', '8', 'places from 0 to 7, those of the sentence'],
    ['keyword', '123', 'a word with a letter from a to z'],
    ['message', 'x'.repeat(1001), 'at most 1000 characters'],
    ['decay', '0', 'a number from 0.01 to 1'],
    ['cipher', 'enigma', 'one of shift, keyword, columns'],
    ['columns', '0', 'a whole number from 1 to 24'],
    ['shift', '-1', 'a whole number from 0 to 25'],
    ['seed', '4294967296', 'a whole number from 0 to 4294967295'],
  ])('tell of %s=%s', (field, value, allowed) => {
    const { state, issues } = link.parse([[field, value]]);
    expect(issues).toEqual([{ field, value, allowed }]);
    expect(describeIssue(issues[0])).toContain(`expected ${allowed}`);
    if (value === '2,9') expect(state.hidden).toEqual([2]);
    else if (field !== 'query' && field !== 'asks') expect(state).toEqual(defaultLessonState);
  });

  it('tell of unknown entries, of two values, and of matrices that do not fit together', () => {
    const given = [
      ['colour', 'red'],
      ['seed', '1'],
      ['seed', '2'],
      ['wq', '1;1;1;1;1;1'],
    ] as const;
    const { state, issues } = link.parse(given);
    expect(issues.map(({ field }) => field)).toEqual(['colour', 'seed', 'x, wq, wk, wv']);
    expect(state).toEqual(defaultLessonState);
  });

  it('are what single settings are held against', () => {
    expect(withSetting(link, defaultLessonState, 'temperature', 0.1).temperature).toBe(0.1);
    expect(() => withSetting(link, defaultLessonState, 'temperature', 0)).toThrow(
      /temperature is 0; allowed: a number from 0.001/,
    );
    expect(() => withSetting(link, defaultLessonState, 'query', 6)).toThrow(
      /query is 6; allowed: places from 0 to 5/,
    );
    const shorter = withSetting(
      link,
      { ...defaultLessonState, excluded: [0, 7] },
      'context',
      'A cell',
    );
    expect(shorter).toMatchObject({ excluded: [0], queryPosition: 1 });
    expect(() => withSetting(link, defaultLessonState, 'x', [[1]])).toThrow(/setting is "x"/);
  });
});

describe('CSV', () => {
  it('has all tables, with all digits', () => {
    const tables = stateTables(withNumber(defaultLessonState, 'wv', 0, 0, 0.1 + 0.2));
    expect(tables.map(({ name }) => name).join(' ')).toBe(
      'similarity X W_Q W_K W_V Q K V scores weights output',
    );
    expect(matrixToCsv(tables[4]).split('\r\n')[1]).toBe('1,0.30000000000000004,0,0,0,0,0');
    expect(matrixToCsv(tables[9]).split('\r\n')[0]).toBe('weights,The,prisoner,sat,in,his,cell');
    for (const { rowLabels, columnLabels, values } of tables) {
      expect(values).toHaveLength(rowLabels.length);
      values.forEach((row) => expect(row).toHaveLength(columnLabels.length));
    }
    const odd = { name: 'a,b', rowLabels: ['"x"'], columnLabels: [' y'], values: [[-Infinity]] };
    expect(matrixToCsv(odd)).toBe('"a,b"," y"\r\n"""x""",-Infinity\r\n');
  });
});
