import { groups, maxIndex } from 'd3-array';
import { capitalised, formatFixed } from '../../../../numeric/format';
import { columnOf, distance, type Matrix } from '../../model/matrix';
import { listOf, wordsOf } from '../../model/sentence';
import { attentionOf, type LessonState } from '../../model/state';
import { texIn, texNumber, texProducts, texSoftmax, texWord } from '../../parts/arithmetic';
import type { CellSelector, Shading } from '../../parts/number-table';

/** A table's title, the role that tints it, its shading and its decimals. */
const tableStyle = (name: string, tint = '', shading: Shading = 'signed', decimals = 2) => ({
  name,
  tint,
  shading,
  decimals,
});

/** The tables of one head's attention, in the order in which they follow from one another. */
export const stepTables = {
  x: tableStyle('X'),
  wq: tableStyle('W_Q', 'query'),
  wk: tableStyle('W_K', 'key'),
  wv: tableStyle('W_V', 'value'),
  query: tableStyle('Q = X · W_Q', 'query'),
  key: tableStyle('K = X · W_K', 'key'),
  value: tableStyle('V = X · W_V', 'value'),
  scores: tableStyle('Scores', 'score'),
  masked: tableStyle('Scores, masked', 'score'),
  weights: tableStyle('Weights', 'weight', 'share', 3),
  output: tableStyle('Output', 'output'),
};

export type StepTable = keyof typeof stepTables;

export interface StepCell {
  readonly table: StepTable;
  readonly row: number;
  readonly column: number;
}

export type HighlightedTables = Partial<Record<StepTable, CellSelector>>;

/**
 * What to highlight for a cell: itself, and the rows and columns of earlier tables that it was computed from. For the
 * editable tables, which are computed from nothing, what is computed from it next.
 */
export function highlightedBy({ table, row, column }: StepCell): HighlightedTables {
  const others: Readonly<Record<StepTable, HighlightedTables>> = {
    x: { query: { row }, key: { row }, value: { row } },
    wq: { query: { column } },
    wk: { key: { column } },
    wv: { value: { column } },
    query: { x: { row }, wq: { column } },
    key: { x: { row }, wk: { column } },
    value: { x: { row }, wv: { column } },
    scores: { query: { row }, key: { row: column } },
    masked: { scores: { row, column } },
    weights: { masked: { row } },
    output: { weights: { row }, value: { column } },
  };
  return { [table]: { row, column }, ...others[table] };
}

/** The whole table of a role: of "score" the scores, of "query" the queries. */
export function highlightedByName(name: string): HighlightedTables {
  const table = [name, `${name}s`].find((one) => one in stepTables);
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
  const { query, key, value, scores, masked, weights, output } = steps;
  const entry = (letter: string) => `${letter}_{${texWord(words[row])},\\,${column + 1}}`;
  const pair = (letter: string) =>
    `${letter}_{${texWord(words[row])}\\to ${texWord(words[column])}}`;
  switch (table) {
    case 'x':
      return `${entry('x')} = ${texNumber(state.x[row][column])}`;
    case 'wq':
    case 'wk':
    case 'wv':
      return `W_{${table[1].toUpperCase()}\\;${row + 1},\\,${column + 1}} = ${texNumber(state[table][row][column])}`;
    case 'query':
    case 'key':
    case 'value': {
      const projection = { query: state.wq, key: state.wk, value: state.wv }[table];
      const factors = columnOf(projection, column);
      const result = texIn(table, texNumber(steps[table][row][column]));
      return `${texIn(table, entry(table[0]))} = ${texProducts(state.x[row], factors)} = ${result}`;
    }
    case 'scores': {
      const products = texProducts(query[row], key[column], ['query', 'key']);
      const divisors = [
        state.scaled ? `\\sqrt{${query[0].length}}` : '',
        state.temperature === 1 ? '' : texNumber(state.temperature, 4),
      ].filter(Boolean);
      // A fraction would be one long line; a factor before brackets can be broken.
      const sum =
        divisors.length > 0 ? `\\tfrac{1}{${divisors.join(' \\cdot ')}}\\,(${products})` : products;
      return `${pair('s')} = ${sum} = ${texNumber(scores[row][column])}`;
    }
    case 'masked': {
      const why = hiddenReason(row, column, values);
      return why
        ? `${pair('m')} = -\\infty \\quad \\text{(${texWord(why)})}`
        : `${pair('m')} = ${texNumber(scores[row][column])} \\quad \\text{(seen)}`;
    }
    case 'weights':
      return `${texIn('weight', pair('w'))} = ${texSoftmax(masked[row], column, weights[row][column])}`;
    case 'output': {
      const mix = texProducts(weights[row], columnOf(value, column), ['weight', 'value']);
      const result = texIn('output', texNumber(output[row][column]));
      return `${texIn('output', entry('o'))} = ${mix} = ${result}`;
    }
  }
}

/** Why this key is hidden from this query; empty if it is visible. */
export function hiddenReason(row: number, column: number, { state, words }: StepValues): string {
  if (state.hidden.includes(column)) return `${words[column]} is hidden from all`;
  if (state.causal && column > row) return `${words[column]} comes after ${words[row]}`;
  return '';
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

export const numbersOf = (table: StepTable, { state, steps }: StepValues): Matrix =>
  ({ ...state, ...steps })[table];

/** Tables whose cells are pairs of words: a hovered pair is followed through all of them. */
export const PAIR_TABLES: readonly StepTable[] = ['scores', 'masked', 'weights'];

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
  const column = table === 'output' ? maxIndex(values.steps.output[query], Math.abs) : 0;
  return { table, row, column };
}

/** The word with the largest weight other than the querying one. */
const mostAttended = (query: number, { steps }: StepValues): number =>
  maxIndex(steps.weights[query], (weight, key) => (key === query ? -1 : weight));

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
  const byShare = groups(
    seen.toSorted((a, b) => weights[b] - weights[a]),
    (key) => formatFixed(weights[key]),
  );
  const nameOf = (key: number) => (key === query ? 'itself' : words[key]);
  const all = byShare.map(
    ([share, keys]) => `${listOf(keys.map(nameOf))} ${share}${keys.length > 1 ? ' each' : ''}`,
  );
  const named = all.slice(0, MAX_NAMED);
  const rest = all.length > named.length ? '; the others share what is left' : '';
  const hidden = words.length - seen.length;
  const unseen = hidden === 0 ? '' : `; ${hidden} ${hidden === 1 ? 'word is' : 'words are'} hidden`;
  return `${name} gives ${named.join('; ')}${rest}${unseen}.`;
}

export function describeOutput(query: number, { words, steps }: StepValues): string {
  const moved = distance(steps.output[query], steps.value[query]);
  return `The vector that comes out for ${words[query]} lies ${formatFixed(moved)} from its own value.`;
}
