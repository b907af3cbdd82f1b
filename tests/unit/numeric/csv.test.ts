import { expect, it } from 'vitest';
import { toRecords } from '../../../src/numeric/csv';

it('ends each record, the last one too', () => {
  expect(
    toRecords([
      ['a', 'b'],
      ['1', ''],
    ]),
  ).toBe('a,b\r\n1,\r\n');
  expect(toRecords([])).toBe('');
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
  expect(toRecords([[cell]])).toBe(`${written}\r\n`);
});
