import { formatFixed } from '../../../../numeric/format';
import type { Matrix } from '../../model/matrix';
import { listOf, wordsOf } from '../../model/sentence';
import { attentionOf, type LessonState } from '../../model/state';
import { texIn, texNumber, texProducts, texSoftmax, texWord } from '../../parts/arithmetic';
import type { CellSelector } from '../../parts/number-table';

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

export interface StepCell {
  readonly table: StepTable;
  readonly row: number;
  readonly column: number;
}

export type HighlightedTables = Partial<Record<StepTable, CellSelector>>;

const PROJECTION_OF = { query: 'wq', key: 'wk', value: 'wv' } as const;

/**
 * What to highlight for a cell: itself, and the rows and columns of earlier tables that it was computed from. For the
 * editable tables, which are computed from nothing, what is computed from it next.
 */
export function highlightedBy(cell: StepCell): HighlightedTables {
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
      return { ...own, x: { row }, [PROJECTION_OF[table]]: { column } };
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

const TABLE_OF_ROLE: Readonly<Record<string, StepTable>> = {
  query: 'query',
  key: 'key',
  value: 'value',
  score: 'scores',
  weight: 'weights',
  output: 'output',
};

export function highlightedByName(name: string): HighlightedTables {
  const table = TABLE_OF_ROLE[name];
  return table ? { [table]: {} } : {};
}

export interface StepValues {
  readonly state: LessonState;
  readonly words: readonly string[];
  readonly steps: ReturnType<typeof attentionOf>;
}

/** How the number in a cell was computed, with its numbers filled in, as TeX. */
export function formulaOf(cell: StepCell, values: StepValues): string {
  const { table, row, column } = cell;
  const { state, words, steps } = values;
  switch (table) {
    case 'x':
      return `x_{${texWord(words[row])},\\,${column + 1}} = ${texNumber(state.x[row][column])}`;
    case 'wq':
    case 'wk':
    case 'wv':
      return `W_{${table[1].toUpperCase()}\\;${row + 1},\\,${column + 1}} = ${texNumber(state[table][row][column])}`;
    case 'query':
      return projectionFormula('q', 'query', cell, values, state.wq);
    case 'key':
      return projectionFormula('k', 'key', cell, values, state.wk);
    case 'value':
      return projectionFormula('v', 'value', cell, values, state.wv);
    case 'scores':
      return scoreFormula(row, column, values);
    case 'masked':
      return maskFormula(row, column, values);
    case 'weights': {
      const { masked, weights } = steps;
      const name = texIn('weight', `w_{${pairName(row, column, words)}}`);
      return `${name} = ${texSoftmax(masked[row], column, weights[row][column])}`;
    }
    case 'output':
      return outputFormula(row, column, values);
  }
}

const pairName = (row: number, column: number, words: readonly string[]) =>
  `${texWord(words[row])}\\to ${texWord(words[column])}`;

function projectionFormula(
  letter: string,
  role: 'query' | 'key' | 'value',
  { row, column }: StepCell,
  { state, words, steps }: StepValues,
  matrix: LessonState['wq'],
): string {
  const name = texIn(role, `${letter}_{${texWord(words[row])},\\,${column + 1}}`);
  const weights = matrix.map((cells) => cells[column]);
  const result = texIn(role, texNumber(steps[role][row][column]));
  return `${name} = ${texProducts(state.x[row], weights)} = ${result}`;
}

function scoreFormula(row: number, column: number, { state, words, steps }: StepValues): string {
  const { query, key, scores } = steps;
  const products = texProducts(query[row], key[column], ['query', 'key']);
  const divisors = [
    state.scaled ? `\\sqrt{${query[0].length}}` : '',
    state.temperature === 1 ? '' : texNumber(state.temperature, 4),
  ].filter(Boolean);
  // A fraction would be one long line; a factor before brackets can be broken.
  const sum =
    divisors.length > 0 ? `\\tfrac{1}{${divisors.join(' \\cdot ')}}\\,(${products})` : products;
  return `s_{${pairName(row, column, words)}} = ${sum} = ${texNumber(scores[row][column])}`;
}

/** Why this key is hidden from this query; empty if it is visible. */
export function hiddenReason(row: number, column: number, { state, words }: StepValues): string {
  if (state.hidden.includes(column)) return `${words[column]} is hidden from all`;
  if (state.causal && column > row) return `${words[column]} comes after ${words[row]}`;
  return '';
}

function maskFormula(row: number, column: number, values: StepValues): string {
  const name = `m_{${pairName(row, column, values.words)}}`;
  const score = texNumber(values.steps.scores[row][column]);
  const why = hiddenReason(row, column, values);
  return why
    ? `${name} = -\\infty \\quad \\text{(${texWord(why)})}`
    : `${name} = ${score} \\quad \\text{(seen)}`;
}

function outputFormula(row: number, column: number, { words, steps }: StepValues): string {
  const { weights, value, output } = steps;
  const name = texIn('output', `o_{${texWord(words[row])},\\,${column + 1}}`);
  const values = value.map((cells) => cells[column]);
  const result = texIn('output', texNumber(output[row][column]));
  return `${name} = ${texProducts(weights[row], values, ['weight', 'value'])} = ${result}`;
}

/** All steps of a state's attention. Matrices equal to those in `before` are reused, so their tables are not redrawn. */
export function stepValuesOf(state: LessonState, before?: StepValues): StepValues {
  const now = attentionOf(state);
  const was = before?.steps;
  const kept = (name: ComputedTable) =>
    was && sameValues(was[name], now[name]) ? was[name] : now[name];
  const matrices = Object.fromEntries(COMPUTED_TABLES.map((name) => [name, kept(name)]));
  const words = before?.state.sentence === state.sentence ? before.words : wordsOf(state.sentence);
  return { state, words, steps: { ...now, ...matrices } };
}

const COMPUTED_TABLES = ['query', 'key', 'value', 'scores', 'masked', 'weights', 'output'] as const;
type ComputedTable = (typeof COMPUTED_TABLES)[number];

const sameValues = (a: Matrix, b: Matrix): boolean =>
  a.length === b.length &&
  a.every((row, i) => row.length === b[i].length && row.every((value, j) => value === b[i][j]));

export function numbersOf(table: StepTable, { state, steps }: StepValues) {
  switch (table) {
    case 'x':
    case 'wq':
    case 'wk':
    case 'wv':
      return state[table];
    default:
      return steps[table];
  }
}

/** Tables whose cells are pairs of words: a hovered pair is followed through all of them. */
const PAIR_TABLES: readonly StepTable[] = ['scores', 'masked', 'weights'];

/**
 * The cell explained under a table: the hovered one if it is in this table or is the same pair of words, else the
 * querying word's cell of the largest weight or value.
 */
export function cellFor(table: StepTable, hovered: StepCell | null, values: StepValues): StepCell {
  if (hovered?.table === table) return hovered;
  const { query } = values.state;
  if (PAIR_TABLES.includes(table)) {
    if (hovered && PAIR_TABLES.includes(hovered.table)) return { ...hovered, table };
    return { table, row: query, column: mostAttended(query, values) };
  }
  const row = table.startsWith('w') ? 0 : query;
  const column = table === 'output' ? largestOf(values.steps.output[query]) : 0;
  return { table, row, column };
}

/** The word with the largest weight other than the querying one. */
function mostAttended(query: number, { steps }: StepValues): number {
  const others = steps.weights[query].map((weight, key) => (key === query ? -1 : weight));
  return others.length === 1 ? 0 : others.indexOf(Math.max(...others));
}

function largestOf(values: readonly number[]): number {
  const sizes = values.map(Math.abs);
  return sizes.indexOf(Math.max(...sizes));
}

export const cellExists = ({ table, row, column }: StepCell, values: StepValues): boolean =>
  numbersOf(table, values)[row]?.[column] !== undefined;

const MAX_NAMED = 6;

export function describeWordWeights(query: number, { words, steps }: StepValues): string {
  const weights = steps.weights[query];
  const name = capitalised(words[query]);
  const seen = weights.map((_, key) => key).filter((key) => steps.masked[query][key] > -Infinity);
  if (seen.length === 0) {
    return `${name} may see no word: all its weights are 0, and so is what comes out for it.`;
  }
  const groups = new Map<string, number[]>();
  for (const key of seen.sort((a, b) => weights[b] - weights[a])) {
    const share = formatFixed(weights[key]);
    groups.set(share, [...(groups.get(share) ?? []), key]);
  }
  const nameOf = (key: number) => (key === query ? 'itself' : words[key]);
  const all = [...groups].map(
    ([share, keys]) => `${listOf(keys.map(nameOf))} ${share}${keys.length > 1 ? ' each' : ''}`,
  );
  const named = all.slice(0, MAX_NAMED);
  const rest = all.length > named.length ? '; the others share what is left' : '';
  const hidden = words.length - seen.length;
  const unseen = hidden === 0 ? '' : `; ${hidden} ${hidden === 1 ? 'word is' : 'words are'} hidden`;
  return `${name} gives ${named.join('; ')}${rest}${unseen}.`;
}

export function describeOutput(query: number, { words, steps }: StepValues): string {
  const own = steps.value[query];
  const output = steps.output[query];
  const moved = Math.hypot(...output.map((value, i) => value - own[i]));
  return `The vector that comes out for ${words[query]} lies ${formatFixed(moved)} from its own value.`;
}

const capitalised = (word: string): string => word[0].toUpperCase() + word.slice(1);
