import { describe, expect, it } from 'vitest';
import { indexTicks, logTicks, roundTicks } from './draw-axes';
import { formatTick, formatWeight } from './readout';

describe('ticks', () => {
  it('are round numbers', () => {
    expect(roundTicks(0, 1, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(roundTicks(-0.3, 0.3, 4)).toEqual([-0.2, 0, 0.2]);
    expect(roundTicks(0, 7.3e-5, 4)).toEqual([0, 2e-5, 4e-5, 6e-5]);
  });

  it('are whole for indices', () => {
    expect(indexTicks(10.4, 12.6, 8)).toEqual([11, 12]);
    expect(indexTicks(0, 65535, 7)).toEqual([0, 10000, 20000, 30000, 40000, 50000, 60000]);
  });

  it('are powers of ten on a logarithmic scale', () => {
    expect(logTicks(2e-5, 0.9, 6)).toEqual([1e-4, 1e-3, 1e-2, 1e-1]);
    expect(logTicks(1e-6, 1, 4)).toEqual([1e-6, 1e-4, 1e-2, 1]);
  });

  it('are none where there is no range', () => {
    expect(roundTicks(0, Infinity, 5)).toEqual([]);
    expect(roundTicks(NaN, 1, 5)).toEqual([]);
    expect(roundTicks(2, 2, 5)).toEqual([2]);
  });
});

describe('numbers', () => {
  it.each([
    [0.2340001, '0.234'],
    [0, '0'],
    [1, '1'],
    [3.14e-8, '3.14e-8'],
    [3e-8, '3e-8'],
    [-0.02, '−0.02'],
    [NaN, 'NaN'],
    [-Infinity, '−∞'],
  ])('%d is %s', (value, text) => {
    expect(formatWeight(value)).toBe(text);
  });

  it('are short at ticks', () => {
    expect([0.25, 1e-5, 0.333333].map(formatTick)).toEqual(['0.25', '1e-5', '0.33']);
  });
});
