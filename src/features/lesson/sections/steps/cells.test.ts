import { describe, expect, it } from 'vitest';
import { attentionOf, defaultLessonState, withNumber, withSentence } from '../../model/state';
import {
  cellFor,
  cellExists,
  stepValuesOf,
  hiddenReason,
  highlightedBy,
  highlightedByName,
  describeOutput,
  describeWordWeights,
} from './cells';
import { neighbouringStep, steps } from './steps';

const shown = stepValuesOf(defaultLessonState);

describe('what is highlighted for a number', () => {
  it('is what made it: changing anything else leaves it as it was', () => {
    const { x, wq } = highlightedBy({ table: 'query', row: 1, column: 2 });
    expect([x, wq]).toEqual([{ row: 1 }, { column: 2 }]);
    const before = attentionOf(defaultLessonState).query[1][2];
    for (let row = 0; row < 6; row++) {
      for (let column = 0; column < 6; column++) {
        const byX = attentionOf(withNumber(defaultLessonState, 'x', row, column, 9)).query[1][2];
        const byW = attentionOf(withNumber(defaultLessonState, 'wq', row, column, 9)).query[1][2];
        if (row !== x!.row) expect(byX).toBe(before);
        if (column !== wq!.column) expect(byW).toBe(before);
      }
    }
  });

  it('is the row and the column before it', () => {
    expect(highlightedBy({ table: 'scores', row: 1, column: 5 })).toEqual({
      scores: { row: 1, column: 5 },
      query: { row: 1 },
      key: { row: 5 },
    });
    expect(highlightedBy({ table: 'weights', row: 1, column: 5 }).masked).toEqual({ row: 1 });
    expect(highlightedBy({ table: 'output', row: 1, column: 5 })).toEqual({
      output: { row: 1, column: 5 },
      weights: { row: 1 },
      value: { column: 5 },
    });
    expect(highlightedByName('key')).toEqual({ key: {} });
    expect(highlightedByName('nothing')).toEqual({});
  });
});

describe('the cell that is written out', () => {
  it('is the asking word’s, with the word it attends to most', () => {
    expect(cellFor('weights', null, shown)).toEqual({ table: 'weights', row: 1, column: 5 });
    expect(cellFor('query', null, shown)).toMatchObject({ row: 1 });
  });

  it('is the one pointed at, as a pair of words through scores, mask and weights', () => {
    const hovered = { table: 'masked', row: 3, column: 2 } as const;
    expect(cellFor('masked', hovered, shown)).toBe(hovered);
    expect(cellFor('weights', hovered, shown)).toEqual({ ...hovered, table: 'weights' });
    expect(cellFor('output', hovered, shown)).toMatchObject({ row: 1 });
  });

  it('is forgotten when there is no such cell any more', () => {
    const short = stepValuesOf(withSentence(defaultLessonState, 'his cell'));
    expect(cellExists({ table: 'x', row: 5, column: 0 }, shown)).toBe(true);
    expect(cellExists({ table: 'x', row: 5, column: 0 }, short)).toBe(false);
    expect(
      cellFor('weights', null, stepValuesOf(withSentence(defaultLessonState, 'cell'))),
    ).toEqual({
      table: 'weights',
      row: 0,
      column: 0,
    });
  });
});

describe('in words', () => {
  it('a row of weights: SEED’s row 14', () => {
    expect(describeWordWeights(1, shown)).toBe(
      'Prisoner gives itself 0.300; cell 0.234; The 0.135; sat, in and his 0.110 each.',
    );
  });

  it('the printed pair, once the others are hidden', () => {
    const pair = stepValuesOf({ ...defaultLessonState, hidden: [0, 2, 3, 4] });
    expect(describeWordWeights(1, pair)).toBe(
      'Prisoner gives itself 0.562; cell 0.438; 4 words are hidden.',
    );
  });

  it('a word that sees nothing', () => {
    const blind = stepValuesOf({ ...defaultLessonState, causal: true, hidden: [0] });
    expect(describeWordWeights(0, blind)).toMatch(/^The may see no word/);
    expect(hiddenReason(0, 0, blind)).toBe('The is hidden from all');
    expect(hiddenReason(1, 2, blind)).toBe('sat comes after prisoner');
    expect(hiddenReason(2, 1, blind)).toBe('');
  });

  it('how far the output lies from the word’s own value', () => {
    const { value, output } = shown.steps;
    const squares = value[1].map((own, i) => (own - output[1][i]) ** 2);
    const away = Math.sqrt(squares.reduce((a, b) => a + b, 0));
    expect(describeOutput(1, shown)).toContain(`lies ${away.toFixed(3)} from its own value`);
  });
});

it('stages follow one another, and end', () => {
  expect(neighbouringStep('words', 1)).toBe('projections');
  expect(neighbouringStep('words', -1)).toBe('words');
  expect(neighbouringStep('output', 1)).toBe('output');
  expect(steps.map(({ id }) => neighbouringStep(id, 0))).toEqual(steps.map(({ id }) => id));
});
