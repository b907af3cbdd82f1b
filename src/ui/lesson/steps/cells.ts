import type { Matrix } from '../../../lessons/matrix';
import { attentionOf, type LessonState } from '../../../lessons/state';
import { wordsOf } from '../../../lessons/words';
import type { Shown } from './formulas';
import type { StepCell, StepTable } from './trace';

/**
 * All steps of a state's attention, with its words. What is as it was in `before` is the very same matrix, so
 * that tables which nothing changes need not be drawn again.
 */
export function shownOf(state: LessonState, before?: Shown): Shown {
  const now = attentionOf(state);
  const was = before?.steps;
  const kept = (name: Computed) => (was && isSame(was[name], now[name]) ? was[name] : now[name]);
  const matrices = Object.fromEntries(COMPUTED.map((name) => [name, kept(name)]));
  const words = before?.state.sentence === state.sentence ? before.words : wordsOf(state.sentence);
  return { state, words, steps: { ...now, ...matrices } };
}

const COMPUTED = ['query', 'key', 'value', 'scores', 'masked', 'weights', 'output'] as const;
type Computed = (typeof COMPUTED)[number];

const isSame = (a: Matrix, b: Matrix): boolean =>
  a.length === b.length &&
  a.every((row, i) => row.length === b[i].length && row.every((value, j) => value === b[i][j]));

/** The numbers of a table. */
export function valuesOf(table: StepTable, { state, steps }: Shown) {
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

/** Tables whose cells are pairs of words: one pair is followed through all of them. */
const PAIRS: readonly StepTable[] = ['scores', 'masked', 'weights'];

/**
 * The cell whose arithmetic stands under a table: the one pointed at, where it is of this table or of its
 * pair of words; else the word that asks, and what matters most to it.
 */
export function cellFor(table: StepTable, pointed: StepCell | null, shown: Shown): StepCell {
  if (pointed?.table === table) return pointed;
  const { query } = shown.state;
  if (PAIRS.includes(table)) {
    if (pointed && PAIRS.includes(pointed.table)) return { ...pointed, table };
    return { table, row: query, column: mostAttended(query, shown) };
  }
  const row = table.startsWith('w') ? 0 : query;
  const column = table === 'output' ? largestOf(shown.steps.output[query]) : 0;
  return { table, row, column };
}

/** The word that gets most of the weight, but for the one that asks. */
function mostAttended(query: number, { steps }: Shown): number {
  const others = steps.weights[query].map((weight, key) => (key === query ? -1 : weight));
  return others.length === 1 ? 0 : others.indexOf(Math.max(...others));
}

function largestOf(values: readonly number[]): number {
  const sizes = values.map(Math.abs);
  return sizes.indexOf(Math.max(...sizes));
}

/** A cell that a changed state has no more is forgotten. */
export const isThere = ({ table, row, column }: StepCell, shown: Shown): boolean =>
  valuesOf(table, shown)[row]?.[column] !== undefined;
