import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatCounted,
  formatDecimal,
  formatFixed,
  formatFloat,
  formatNonFinite,
  formatPercent,
  formatSignificant,
  parseTypedNumber,
} from './format';

it('groups the digits of counts', () => {
  expect([0, 999, 65536].map(formatCount)).toEqual(['0', '999', '65,536']);
});

it('counts things', () => {
  expect(formatCounted(1, 'head')).toBe('1 head');
  expect(formatCounted(0, 'head')).toBe('0 heads');
  expect(formatCounted(1024, 'query', 'queries')).toBe('1,024 queries');
});

it('names what is not finite', () => {
  expect([NaN, Infinity, -Infinity].map(formatNonFinite)).toEqual(['NaN', '∞', '−∞']);
});

it('gives up to so many significant digits', () => {
  expect(formatSignificant(0.045678, 3)).toBe('0.0457');
  expect(formatSignificant(1234.5, 3)).toBe('1,230');
  expect(formatSignificant(2, 3)).toBe('2');
});

describe('digits', () => {
  it.each([
    [0.5621, 3, '0.562'],
    [-0.362, 3, '−0.362'],
    [-0.0004, 3, '0.000'],
    [1024, 0, '1,024'],
    [-1234.56, 1, '−1,234.6'],
    [NaN, 3, 'NaN'],
    [-Infinity, 3, '−∞'],
    [Infinity, 3, '∞'],
  ])('writes %f with %i as %s', (value, places, text) => {
    expect(formatFixed(value, places)).toBe(text);
  });

  it.each([
    [0.75, '0.75'],
    [1, '1'],
    [-1, '−1'],
    [1 / 3, '0.333'],
    [-Infinity, '−∞'],
  ])('writes what may be edited, %f, as %s', (value, text) => {
    expect(formatDecimal(value)).toBe(text);
  });

  it.each([
    [0.5338, '53 %'],
    [0.0722, '7.2 %'],
    [0.0047, '0.47 %'],
    [0.00001, '0.0010 %'],
    [0, '0 %'],
    [1, '100 %'],
  ])('writes the share %f as %s', (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });

  it.each([
    ['.5', 0.5],
    [' −1,5 ', -1.5],
    ['2e-1', 0.2],
    ['', undefined],
    ['one', undefined],
    ['Infinity', undefined],
  ])('reads %j as %s', (text, value) => {
    expect(parseTypedNumber(text)).toBe(value);
  });
});

it.each([
  [0, '0.000'],
  [-0.23414, '−0.2341'],
  [1234.5, '1235'],
  [0.00001234, '1.234e-5'],
  [-123456, '−1.235e+5'],
  [NaN, 'NaN'],
  [-Infinity, '−∞'],
])('formatFloat(%d) is %s', (value, text) => {
  expect(formatFloat(Math.fround(value))).toBe(text);
});
