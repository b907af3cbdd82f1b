import { describe, expect, it } from 'vitest';
import { settingsCodec } from '../../../../bench/settings';
import { readAddress } from '../../../../ui/address';
import { deckDilution } from '../../model/dilution';
import { deckTable, vectorsExist, symmetric } from '../../model/similarity-table';
import { defaultLessonState } from '../../model/state';
import { curveOf, axisFraction, type Axis } from '../../parts/chart';
import { barScaleOf } from '../../parts/share-table';
import { sharesByRound, differencesByRound } from '../result/iterated-attention';
import {
  fractionsOf,
  describeFractions,
  describeTemperature,
  pairWithShares,
  texFractions,
} from '../softmax/fractions';
import {
  joinNames,
  describeAsymmetries,
  describeExistence,
  formatMixture,
  formatTerms,
} from '../table/captions';
import { allQueriesSettings, benchmarkLink, oneQuerySettings } from './benchmark-link';
import { describeDilution } from './dilution-chart';

const state = defaultLessonState;

describe('the table’s words', () => {
  it('name pairs that differ, some of many', () => {
    const pair = { row: 5, column: 6 };
    expect(describeAsymmetries(deckTable, [])).toMatch(/same on both sides/);
    expect(describeAsymmetries(deckTable, [pair])).toBe(
      'One pair differs from its mirror image: Cell to Tissue is 0, and back 0.8.',
    );
    expect(describeAsymmetries(deckTable, [pair, pair, pair, pair, pair])).toMatch(
      /^5 pairs.*do 2 more\.$/,
    );
  });

  it('write mixtures by size, and leave out what rounds to 0', () => {
    expect(formatMixture(['a', 'b', 'c', 'd'], [0.1, -0.75, 0.0004, 0.5])).toBe(
      '−0.750 b + 0.500 d + 0.100 a',
    );
    expect(describeExistence('All', vectorsExist(symmetric(deckTable)))).toBe(
      'All: no such vectors (smallest eigenvalue −0.362)',
    );
  });

  it('write dot products with brackets', () => {
    expect(formatTerms([0.5, -0.25, 3], [-1, 2, 0])).toBe('0.50 × (−1.00) + (−0.25) × 2.00');
    expect(formatTerms([0], [1])).toBe('no terms but 0');
    expect([joinNames([]), joinNames(['a']), joinNames(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a, b and c',
    ]);
  });
});

describe('the fractions', () => {
  const { scores, names } = pairWithShares(state);

  it('sum to .840 as printed, whatever the temperature, and to 1 as they should be', () => {
    const printed = fractionsOf(scores, 3, 'printed');
    expect(printed.sum).toBeCloseTo(0.84, 3);
    expect(describeFractions(printed, names, 1)).toBe(
      'Cell: 2.117 / 5.755 = 0.368. As the deck writes it, 0.472 for Prisoner and 0.368 for Cell: together 0.840.',
    );
    expect(fractionsOf(scores, 3, 'correct').sum).toBeCloseTo(1, 14);
    expect(texFractions(fractionsOf([1, -0.5], 1, 'printed'))[0]).toContain('e^{1 + (-0.5)}');
    expect(texFractions(fractionsOf([1, -0.5], 2, 'correct'))[1]).toContain('e^{-0.5/2}');
  });

  it('are told with their temperature', () => {
    const pair = pairWithShares({ ...state, temperature: 0.1 });
    expect(describeTemperature(pair, 0.775, 0.58)).toBe(
      'At temperature 0.1 Prisoner has 0.924 and Cell 0.076. The deck’s 0.58 and 0.42 would need temperature 0.775.',
    );
    expect(describeTemperature(pair, undefined, 0.58)).toMatch(
      /No temperature gives Prisoner more than half\.$/,
    );
    const alone = { ...pair, names: ['cell', 'cell'] as const, scores: [1], shares: [1] };
    expect(describeTemperature(alone, undefined, 0.58)).toMatch(/nothing to share with/);
  });
});

describe('dilution', () => {
  it.each([
    [6, '53 % of the weight (0.534)'],
    [64, '7.2 % of the weight (0.072)'],
    [1024, '0.47 % of the weight (0.00471)'],
  ])('%d words leave %s', (words, told) => {
    expect(describeDilution(words, deckDilution, 'they')).toContain(told);
  });

  it('leads to the benchmark at that size', () => {
    for (const settings of [
      allQueriesSettings(1024),
      oneQuerySettings(65_536),
      allQueriesSettings(6),
    ]) {
      const { page, document } = readAddress(benchmarkLink(settings));
      expect(page).toBe('benchmark');
      const read = settingsCodec.parse(new URLSearchParams(document));
      expect(read.issues).toEqual([]);
      expect(read.state).toEqual(settings);
    }
  });
});

describe('rounds', () => {
  it('draw two words together by one factor a round, a residual path by another', () => {
    for (const residual of [false, true]) {
      const { shares, factor } = sharesByRound({ ...state, residual });
      shares.forEach((share, round) => expect(share).toBeCloseTo(0.5 + 0.5 * factor ** round, 12));
    }
    expect(sharesByRound({ ...state, rounds: 40 }).shares).toHaveLength(41);
  });

  it('with weights of their own, a residual path keeps words apart', () => {
    const { plain, residual, own } = differencesByRound(state);
    expect(plain[3]).toBeLessThan(0.001);
    expect(residual[3]).toBeCloseTo(0.545, 3);
    expect(residual.at(-1)).toBeCloseTo(0.536, 3);
    expect(own).toBeGreaterThan(0.999);
  });
});

describe('charts', () => {
  const axis: Axis = {
    min: 1,
    max: 100,
    logarithmic: true,
    ticks: [],
    format: String,
    label: '',
  };

  it('place values along an axis, and what is beyond at its end', () => {
    expect([1, 10, 100, 1000, 0.1].map((value) => axisFraction(axis, value))).toEqual([
      0, 0.5, 1, 1, 0,
    ]);
    expect(axisFraction({ ...axis, logarithmic: false, min: 0 }, 25)).toBe(0.25);
    const curve = curveOf(axis, (value) => 1 / value, 2);
    expect(curve.map(([x]) => Math.round(x * 1e9) / 1e9)).toEqual([1, 10, 100]);
    expect(curve[1][1]).toBeCloseTo(0.1, 12);
  });

  it('give bars room beyond 0 and 1 only as they need it, and not without end', () => {
    expect(barScaleOf([0.2, 0.8])).toEqual({ min: 0, max: 1 });
    expect(barScaleOf([-0.5, 1.5])).toEqual({ min: -0.5, max: 1.5 });
    expect(barScaleOf([-50, NaN, Infinity])).toEqual({ min: -4, max: 1 });
  });
});
