import { expect, it } from 'vitest';
import { parseSeed } from './seed-field';

it.each([
  ['0', 0],
  ['4294967295', 2 ** 32 - 1],
  ['007', 7],
  ['4294967296', null],
  ['-1', null],
  ['1e3', null],
  ['1.0', null],
  ['', null],
  ['a seed', null],
])('“%s” is the seed %d', (text, seed) => {
  expect(parseSeed(text)).toBe(seed);
});
