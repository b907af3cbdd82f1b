import { describe, expect, it } from 'vitest';
import { defaultLessonState } from '../../model/state';
import {
  describeFractions,
  describeTemperature,
  fractionsOf,
  pairWithShares,
  texFractions,
} from './fractions';

const state = defaultLessonState;

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

  it('are described with their temperature', () => {
    const pair = pairWithShares({ ...state, temperature: 0.1 });
    expect(describeTemperature(pair)).toBe(
      'At temperature 0.1 Prisoner has 0.924 and Cell 0.076. The deck’s 0.58 and 0.42 would need temperature 0.775.',
    );
    expect(describeTemperature({ ...pair, needed: undefined })).toMatch(
      /No temperature gives Prisoner more than half\.$/,
    );
    const alone = { ...pair, names: ['cell', 'cell'] as const, scores: [1], shares: [1] };
    expect(describeTemperature(alone)).toMatch(/nothing to share with/);
  });
});
