import { describe, expect, it } from 'vitest';
import { reference } from '../../../attention/reference';
import { softmax } from './attention';
import { dilutionProblem } from './attention-problems';
import {
  dilutedShare,
  deckDilution,
  type DilutionOptions,
  dilutionScores,
  scoreLeadNeeded,
} from './dilution';
import { deckTable } from './similarity-table';

const { exp } = Math;

/** The same share by a softmax over all words, to compare the formula with. */
function dilutedShareBySoftmax(words: number, options: DilutionOptions = deckDilution) {
  const { kept, temperature } = options;
  const weights = softmax(dilutionScores(words, options), { temperature });
  return weights.slice(0, kept.length).reduce((a, b) => a + b, 0);
}

describe('row 14: e⁰ = 1', () => {
  const row = deckTable.values[1];

  it('over six words', () => {
    const weights = softmax(row.slice(0, 6));
    const sum = exp(0.2) + exp(1) + exp(0.75) + 3;
    const expected = [exp(0.2), exp(1), 1, 1, 1, exp(0.75)].map((power) => power / sum);
    expected.forEach((weight, i) => expect(weights[i]).toBeCloseTo(weight, 14));
    [0.135, 0.3, 0.11, 0.11, 0.11, 0.234].forEach((printed, i) =>
      expect(weights[i]).toBeCloseTo(printed, 3),
    );
  });

  it('over eight columns', () => {
    const weights = softmax(row);
    const sum = exp(0.2) + exp(1) + exp(0.75) + 5;
    expect(weights[1]).toBeCloseTo(exp(1) / sum, 14);
    // The list of values to check has .111 for The. It is e^.2 / (e^.2 + e + e^.75 + 5), that is
    // 1.221403 / 11.056685 = .110467, so .110: .111 comes of rounding .1105 a second time.
    expect(weights[0]).toBeCloseTo(1.221403 / 11.056685, 6);
    expect(weights[0].toFixed(3)).toBe('0.110');
    [0.11, 0.246, 0.09, 0.09, 0.09, 0.191, 0.09, 0.09].forEach((printed, i) =>
      expect(weights[i]).toBeCloseTo(printed, 3),
    );
  });

  it('gives the pair its .562 and .438 only where all others are hidden', () => {
    const hidden = row.map((_, i) => i !== 1 && i !== 5);
    const weights = softmax(row, { hidden });
    expect(weights[1]).toBeCloseTo(exp(1) / (exp(1) + exp(0.75)), 14);
    expect(weights.filter((weight) => weight === 0)).toHaveLength(6);
  });

  it.each([
    [6, 53, 0],
    [64, 7.2, 1],
    [1024, 0.47, 2],
  ])('Prisoner and Cell at n = %i hold %f %%', (words, percent, digits) => {
    const pair = exp(1) + exp(0.75);
    expect(dilutedShare(words)).toBeCloseTo(pair / (pair + exp(0.2) + words - 3), 14);
    expect(100 * dilutedShare(words)).toBeCloseTo(percent, digits);
  });

  it.each([3, 6, 100, 4096, 300_000])('the formula is the softmax, at n = %i', (words) => {
    expect(dilutedShareBySoftmax(words)).toBeCloseTo(dilutedShare(words), 13);
    const options = { kept: [2, -1], others: [0.5], temperature: 0.7 };
    expect(dilutedShareBySoftmax(words, options)).toBeCloseTo(dilutedShare(words, options), 13);
    expect(dilutionScores(words)).toHaveLength(words);
  });

  it.each([6, 64, 1024])('so does attention over %i keys, by the float64 reference', (words) => {
    const { problem, operands } = dilutionProblem(words);
    const { output } = reference(problem, operands);
    expect(output[0]).toBeCloseTo(dilutedShare(words), 13);
    const options = { kept: [2], others: [0.5, 1], temperature: 0.7 };
    const other = dilutionProblem(words, options);
    const [share] = reference(other.problem, other.operands).output;
    expect(share).toBeCloseTo(dilutedShare(words, options), 13);
  });

  it('says by how much scores must grow', () => {
    const lead = scoreLeadNeeded(1024, 0.5);
    expect(dilutedShare(1024, { kept: [1 + lead, 0.75 + lead], others: [0.2] })).toBeCloseTo(
      0.5,
      13,
    );
    expect(scoreLeadNeeded(2048, 0.5) - lead).toBeCloseTo(Math.LN2, 2);
  });

  it('refuses fewer words than score', () => {
    expect(() => dilutedShare(2)).toThrow(/words is 2; allowed: .*from 3/);
    expect(() => dilutedShare(2 ** 20 + 1)).toThrow(/to 1048576/);
    expect(() => dilutedShare(6.5)).toThrow(/words is 6.5/);
  });
});
