import { describe, expect, it } from 'vitest';
import { defaultControls } from '../model/controls';
import { densityText } from './head-controls';
import { valueAtLog, formatControlNumber, parseControlNumber } from './number-inputs';

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
    expect(parseControlNumber(field, text)).toBe(value);
  });

  it('are written so that they can be typed again', () => {
    expect(formatControlNumber(65536)).toBe('65536');
    expect(formatControlNumber(1 / 3)).toBe('0.33333');
    expect(parseControlNumber('softcap', formatControlNumber(12.5))).toBe(12.5);
  });
});

describe('a logarithmic slider', () => {
  it('means 1 near its middle, and three figures elsewhere', () => {
    expect([valueAtLog(0.03), valueAtLog(-0.039), valueAtLog(0)]).toEqual([1, 1, 1]);
    expect(valueAtLog(Math.log(2))).toBe(2);
    expect(valueAtLog(Math.log(0.123456))).toBe(0.123);
    expect(valueAtLog(0.05)).toBe(1.05);
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
