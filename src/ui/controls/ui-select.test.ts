import { expect, it } from 'vitest';
import { groupedOptions } from './ui-select';

const option = (value: string, group?: string) => ({ value, label: value, group });

it('puts options of one group that follow one another below its name', () => {
  const groups = groupedOptions([option('a'), option('b', 'x'), option('c', 'x'), option('d')]);
  expect(groups.map(({ group, options }) => [group, options.map(({ value }) => value)])).toEqual([
    ['', ['a']],
    ['x', ['b', 'c']],
    ['', ['d']],
  ]);
});

it('has no groups of no options', () => {
  expect(groupedOptions([])).toEqual([]);
});
