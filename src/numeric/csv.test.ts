import { expect, it } from 'vitest';
import { formatCsv } from './csv';

it('ends each record, the last one too', () => {
  expect(
    formatCsv([
      ['a', 'b'],
      ['1', ''],
    ]),
  ).toBe('a,b\r\n1,\r\n');
  expect(formatCsv([])).toBe('');
});

it.each([
  ['plain', 'plain'],
  ['two words', 'two words'],
  ['a,b', '"a,b"'],
  ['say "no"', '"say ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['carriage\r', '"carriage\r"'],
  // Readers may strip them.
  [' before', '" before"'],
  ['after\t', '"after\t"'],
  ['−1;2', '−1;2'],
])('%j is written as %j', (cell, written) => {
  expect(formatCsv([[cell]])).toBe(`${written}\r\n`);
});
