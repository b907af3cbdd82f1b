import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sections } from './chapters';
import { DIRECTIONS, isRight } from './model/questions';
import { dilutedPair, dilutionOf, pairOf } from './model/scores';
import { withSimilarity } from './model/similarity-table';
import { defaultLessonState, type LessonState, withSentence, withTable } from './model/state';

const claims = sections.flatMap((section) => section.claims ?? []);
const questions = sections.flatMap((section) => section.question ?? []);

/** What the list of values to check says, with the digits it prints; see each row's own tests. */
const CHECKED: Record<string, readonly number[]> = {
  scaled: [0.544, 0.456],
  eigenvalue: [-0.362, 0.224],
  sum: [0.571, 0.429],
  'sum-with-the': [0.103, 0.513, 0, 0, 0, 0.385],
  denominator: [4.835],
  softmax: [0.562, 0.438],
  fractions: [0.472, 0.368, 0.84],
  'six-words': [0.135, 0.3, 0.11, 0.11, 0.11, 0.234],
  // .110 for the .111 of the list, which is a rounding of .1105 (tests/unit/lessons/dilution.test.ts).
  'eight-columns': [0.11, 0.246, 0.09, 0.09, 0.09, 0.191, 0.09, 0.09],
  result: [0.562, 0.438],
};

const claim = (id: string) => claims.find((one) => one.id === id)!;
const state: LessonState = defaultLessonState;

describe('claims', () => {
  it.each(Object.entries(CHECKED))('%s: what is computed', (id, expected) => {
    const { row, computed } = claim(id);
    // “sum-with-the” lists the whole row, of which three words are not 0.
    const values = computed(state) as number[];
    expect(values).toHaveLength(expected.length);
    expected.forEach((value, i) => expect(values[i], `row ${row}`).toBeCloseTo(value, 3));
  });

  it('have one name a number, and each its own id', () => {
    for (const { names, printed, computed, note } of claims) {
      expect(computed(state)).toHaveLength(names(state).length);
      if (printed) expect(printed).toHaveLength(names(state).length);
      expect(note).toMatch(/\.$/);
    }
    expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
    expect(claims.filter(({ row }) => row === 13).map(({ id }) => id)).toEqual([
      'denominator',
      'softmax',
      'fractions',
    ]);
  });

  it('find the mistakes: what is printed is not what is computed', () => {
    for (const id of ['labels', 'sum', 'softmax', 'fractions', 'six-words', 'dilution', 'result']) {
      const { printed, computed } = claim(id);
      const values = computed(state);
      const differs = printed!.some((value, i) =>
        typeof value === 'number'
          ? Math.abs(value - Number(values[i])) > 0.005
          : value !== values[i],
      );
      expect(differs, id).toBe(true);
    }
    expect(claim('denominator').printed![0]).toBeCloseTo(5.755, 3);
    expect(claim('labels').computed(state)[4]).toBe('His');
    const [count, length, ...rest] = claim('vector').computed(state);
    expect([count, ...rest]).toEqual([100, 49, -0.99628943, 0.7790246]);
    expect(length).toBeCloseTo(3.672, 12);
  });

  it('are of other words where the sentence has others', () => {
    for (const query of [0, 1, 2]) {
      const other = { ...withSentence(state, 'One small cell'), query };
      for (const { names, computed, id } of claims) {
        expect(computed(other).length, id).toBe(names(other).length);
      }
    }
    const asked = { ...state, query: 5 };
    expect(pairOf(asked)).toMatchObject({ names: ['Cell', 'The'], scores: [1, 0] });
    expect(pairOf(state)).toEqual({
      positions: [1, 5],
      names: ['Prisoner', 'Cell'],
      scores: [1, 0.75],
      rest: [0.2, 0, 0, 0],
    });
    expect(dilutionOf(state)).toEqual({
      words: 6,
      kept: [1, 0.75],
      others: [0.2],
      temperature: 1,
    });
    // One word has no other, and holds all.
    const alone = withSentence(state, 'Cell');
    expect(dilutedPair(alone, 1)).toBe(1);
  });

  it('have something to say whatever the sentence', () => {
    const words = fc.constantFrom('the', 'cell', 'prisoner', 'zebra', 'sat', 'college', 'a');
    const sentences = fc.array(words, { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(sentences, fc.nat(), (chosen, place) => {
        const next = withSentence(state, chosen.join(' '));
        const other = { ...next, query: place % chosen.length };
        for (const { names, computed } of claims) {
          expect(computed(other)).toHaveLength(names(other).length);
        }
        for (const { ask, answer, id } of questions) {
          expect(ask(other)).not.toContain('undefined');
          if (id !== 'forget') expect(answer(other).value).not.toBeNaN();
        }
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it('follow the state', () => {
    const cold = { ...state, temperature: 0.1 };
    expect(claim('softmax').computed(cold)[0]).toBeCloseTo(0.924, 3);
    expect(claim('softmax').computed({ ...state, temperature: 0.775 })[0]).toBeCloseTo(0.58, 3);
    expect(claim('scaled').computed({ ...state, headSize: 64 })[0]).toBeCloseTo(0.508, 3);
    expect(claim('dilution').computed({ ...state, wordCount: 64 })[0]).toBeCloseTo(0.072, 3);
    expect(claim('result').computed({ ...state, rounds: 2 })[0]).toBeCloseTo(0.508, 3);
    const masked = claim('six-words').computed({ ...state, hidden: [0, 2, 3, 4] });
    expect(masked[1]).toBeCloseTo(0.562, 3);
    const table = withSimilarity(state.table, 1, 5, -1);
    expect(claim('sum').computed(withTable(state, table)).every(Number.isFinite)).toBe(false);
  });
});

describe('predict first', () => {
  const question = (id: string) => questions.find((one) => one.id === id)!;
  const answerTo = (id: string, given = state) => question(id).answer(given);

  it('at six places', () => {
    expect(questions.map(({ row }) => row)).toEqual([4, 9, 11, 13, 14, 15]);
    for (const one of questions) expect(one.ask(state)).toMatch(/\?$/);
  });

  it('has answers that are computed', () => {
    expect(answerTo('fractions').value).toBeCloseTo(Math.exp(-0.75) + Math.exp(-1), 13);
    expect(answerTo('dilution').value).toBeCloseTo(0.0047, 4);
    expect(answerTo('collapse').value).toBeCloseTo(0.5, 3);
    expect(answerTo('vectors').value).toBe('no');
    expect(answerTo('rotation')).toEqual({
      kind: 'choice',
      value: 'the same',
      choices: DIRECTIONS,
    });
    const near = answerTo('forget', { ...state, stateSize: 128, distance: 0 });
    expect(near.value).toBe(1);
    expect(answerTo('forget').value).toBeLessThan(1);
  });

  it('that follow the state', () => {
    const weaker = withSimilarity(withSimilarity(state.table, 6, 5, 0.1), 7, 5, 0.1);
    expect(answerTo('vectors', withTable(state, weaker)).value).toBe('yes');
    expect(answerTo('collapse', { ...state, residual: true }).value).toBeGreaterThan(0.52);
    const farther = answerTo('forget', { ...state, distance: 500 });
    expect(farther.value).toBeLessThan(answerTo('forget').value as number);
  });

  it('judges a guess by them', () => {
    expect(isRight(answerTo('fractions'), 0.85)).toBe(true);
    expect(isRight(answerTo('fractions'), 1)).toBe(false);
    expect(isRight(answerTo('dilution'), 0.003)).toBe(true);
    expect(isRight(answerTo('dilution'), 0.001)).toBe(false);
    expect(isRight(answerTo('dilution'), 0.02)).toBe(false);
    expect(isRight(answerTo('vectors'), 'no')).toBe(true);
    expect(isRight(answerTo('vectors'), 'yes')).toBe(false);
    expect(() => isRight(answerTo('vectors'), 'maybe')).toThrow(
      /guess is "maybe"; allowed: yes, no/,
    );
    expect(() => isRight(answerTo('fractions'), -1)).toThrow(/guess is -1/);
  });
});
