import { describe, expect, it } from 'vitest';
import { parseWithin } from '../../../ui/controls/ui-number';
import { controlLimits, defaultControls } from '../model/controls';
import { densityText } from './head-controls';

describe('typed numbers', () => {
  it.each([
    ['temperature', '0.5', 0.5],
    ['temperature', '1e2', 100],
    ['temperature', '0', null],
    ['temperature', '101', null],
    ['temperature', 'warm', null],
    ['softcap', '', null],
    ['softcap', '0.01', 0.01],
    ['window', '0', 0],
    ['window', '65536', 65536],
    ['window', '65537', null],
    ['window', '3.5', null],
    ['sinks', 'NaN', null],
    ['prefix', '-1', null],
  ] as const)('%s takes “%s” as %s', (field, text, value) => {
    const whole = field !== 'temperature' && field !== 'softcap';
    expect(parseWithin(text, { ...controlLimits[field], whole })).toBe(value);
  });
});

describe('the density of a mask', () => {
  const extents = { queryLength: 4, keyLength: 4, heads: 1, headSize: 8 };

  it('is a share of the pairs', () => {
    expect(densityText(defaultControls, extents)).toBe('All pairs are visible');
    // 1 + 2 + 3 + 4 of 16.
    expect(densityText({ ...defaultControls, mask: 'causal' }, extents)).toBe(
      '62.5 % of pairs visible',
    );
  });
});
