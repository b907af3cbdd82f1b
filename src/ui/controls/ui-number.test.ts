import { expect, it } from 'vitest';
import { parseWithin } from './ui-number';

const limits = { min: -2, max: 10, whole: false };

it.each([
  ['3', 3],
  [' 0.5 ', 0.5],
  ['1e1', 10],
  ['-2', -2],
  ['−2', -2],
  ['0,5', 0.5],
  ['10.1', null],
  ['-2.1', null],
  ['', null],
  [' ', null],
  ['two', null],
  ['NaN', null],
  ['Infinity', null],
])('reads %j as %s', (text, value) => {
  expect(parseWithin(text, limits)).toBe(value);
});

it('takes whole numbers alone where they must be', () => {
  const whole = { ...limits, whole: true };
  expect(parseWithin('3', whole)).toBe(3);
  expect(parseWithin('3.5', whole)).toBeNull();
});
