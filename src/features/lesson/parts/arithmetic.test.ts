import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { forward } from '../model/seq2seq/forward';
import { untrainedWeights } from '../model/seq2seq/layers';
import { derivationOf } from '../model/seq2seq/traces';
import { defaultLessonState, withSentence } from '../model/state';
import { derivationFormula } from '../sections/model/tensor-captions';
import {
  stepValuesOf,
  numbersOf,
  formulaOf,
  stepTables,
  type StepTable,
} from '../sections/steps/cells';
import { texFactor, texNumber, texProducts, texSoftmax, texSum, texWord } from './arithmetic';

/** As the page typesets it; throws for what is no formula. */
const typeset = (tex: string) =>
  katex.renderToString(tex, {
    throwOnError: true,
    trust: true,
    strict: (code: string) =>
      code === 'htmlExtension' || code === 'unknownSymbol' ? 'ignore' : 'error',
  });

describe('arithmetic as TeX', () => {
  it('has signs that do not run into each other', () => {
    expect(texNumber(-0.25)).toBe('-0.25');
    expect(texFactor(-0.25)).toBe('(-0.25)');
    expect(texNumber(-Infinity)).toBe('-\\infty ');
    expect(texProducts([1, -2, 0, 3], [0.5, -1, 4, 0])).toBe('{1 \\cdot 0.5} + {(-2) \\cdot (-1)}');
    expect(texProducts([0], [1])).toBe('0');
  });

  it('writes the first of many terms, and says that there are more', () => {
    const terms = Array.from({ length: 20 }, (_, i) => String(i));
    expect(texSum(terms)).toBe('0 + 1 + 2 + 3 + 4 + 5 + \\cdots');
    expect(texSum(terms.slice(0, 8))).toBe('0 + 1 + 2 + 3 + 4 + 5 + 6 + 7');
  });

  it('has each term of a softmax, equal ones together', () => {
    const formula = texSoftmax([0.2, 1, 0, 0, 0, 0.75], 5, 0.2338);
    expect(formula).toContain('{e^{0.2} + e^{1} + 3\\,e^{0} + e^{0.75}}');
    expect(formula).toContain('\\dfrac{2.117}{9.057}');
    expect(formula).toContain('0.234');
    expect(texSoftmax([-Infinity, 2], 0, 0)).toBe('e^{-\\infty} = 0');
    expect(texSoftmax([-Infinity], 0, 0)).toContain('sees no word');
    // Exponentials of thousands are no numbers; their logarithm is.
    expect(texSoftmax([1000, 999], 0, 0.731)).toContain('e^{1000 - 1000.313}');
  });

  it('takes words of any script, and none of TeX’s own signs', () => {
    for (const word of [
      'cell',
      'l’été',
      'ячейка',
      'κελί',
      '細胞',
      'خلية',
      'תא',
      'a_b^{c}$#%&~\\',
    ]) {
      expect(() => typeset(texWord(word)), word).not.toThrow();
    }
  });
});

describe('the formula under a table', () => {
  it.each([
    ['as it is at first', defaultLessonState],
    [
      'masked, scaled and cold',
      { ...defaultLessonState, causal: true, hidden: [0], scaled: true, temperature: 0.01 },
    ],
    ['for words of one’s own', withSentence(defaultLessonState, 'Клетка it’s 細胞')],
  ])('can be typeset for every cell, %s', (_what, state) => {
    const shown = stepValuesOf(state);
    for (const table of Object.keys(stepTables) as StepTable[]) {
      numbersOf(table, shown).forEach((cells, row) =>
        cells.forEach((_value, column) => {
          const tex = formulaOf({ table, row, column }, shown);
          expect(() => typeset(tex), tex).not.toThrow();
        }),
      );
    }
  });

  it('has the numbers of SEED’s row 14', () => {
    const shown = stepValuesOf(defaultLessonState);
    const weight = formulaOf({ table: 'weights', row: 1, column: 5 }, shown);
    expect(weight).toContain('0.234');
    expect(formulaOf({ table: 'scores', row: 1, column: 5 }, shown)).toMatch(/= 0\.75$/);
    const scaled = stepValuesOf({ ...defaultLessonState, scaled: true, temperature: 2 });
    const score = formulaOf({ table: 'scores', row: 1, column: 5 }, scaled);
    expect(score).toContain('\\tfrac{1}{\\sqrt{6} \\cdot 2}');
    // .75 / (√6 · 2)
    expect(score).toMatch(/= 0\.153$/);
  });

  it('can be typeset for every cell of a forward pass', async () => {
    const weights = untrainedWeights(1);
    const options = { source: ['his', 'cell'], target: ['sa', 'cellule'], weights };
    for (const positions of [true, false]) {
      const pass = await forward({ ...options, positions });
      for (const { name, matrices } of pass.tensors.values()) {
        matrices.forEach((matrix, head) =>
          matrix.forEach((cells, row) => {
            const column = (row * 7) % cells.length;
            const trace = derivationOf(pass, weights, { name, head, row, column });
            const tex = derivationFormula(trace, cells[column]);
            expect(() => typeset(tex), tex).not.toThrow();
          }),
        );
      }
    }
  });
});
