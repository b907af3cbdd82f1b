import { expect, it } from 'vitest';
import { formatCount, formatCounted, formatNonFinite, formatSignificant } from './format';

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
