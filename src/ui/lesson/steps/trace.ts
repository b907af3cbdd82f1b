import type { TablePlace } from '../number-table';

/** The tables of one head's attention, in the order in which they follow from one another. */
export const stepTables = [
  'x',
  'wq',
  'wk',
  'wv',
  'query',
  'key',
  'value',
  'scores',
  'masked',
  'weights',
  'output',
] as const;

export type StepTable = (typeof stepTables)[number];

/** A number of one of the tables. */
export interface StepCell {
  readonly table: StepTable;
  readonly row: number;
  readonly column: number;
}

export type LitTables = Partial<Record<StepTable, TablePlace>>;

const MADE_BY = { query: 'wq', key: 'wk', value: 'wv' } as const;

/**
 * What to light up for a cell: itself, and in the tables before it the rows and columns that made it. What
 * is given was made by nothing: there it is what comes of it next.
 */
export function litBy(cell: StepCell): LitTables {
  const { table, row, column } = cell;
  const own = { [table]: { row, column } };
  switch (table) {
    case 'x':
      return { ...own, query: { row }, key: { row }, value: { row } };
    case 'wq':
      return { ...own, query: { column } };
    case 'wk':
      return { ...own, key: { column } };
    case 'wv':
      return { ...own, value: { column } };
    case 'query':
    case 'key':
    case 'value':
      return { ...own, x: { row }, [MADE_BY[table]]: { column } };
    case 'scores':
      return { ...own, query: { row }, key: { row: column } };
    case 'masked':
      return { ...own, scores: { row, column } };
    case 'weights':
      return { ...own, masked: { row } };
    case 'output':
      return { ...own, weights: { row }, value: { column } };
  }
}

/** The table that a word of the prose names. */
const NAMED: Readonly<Record<string, StepTable>> = {
  query: 'query',
  key: 'key',
  value: 'value',
  score: 'scores',
  weight: 'weights',
  output: 'output',
};

/** All of a table, for a word of the prose. */
export function litByName(name: string): LitTables {
  const table = NAMED[name];
  return table ? { [table]: {} } : {};
}
