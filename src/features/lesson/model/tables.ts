import { tableToCsv } from '../../../numeric/csv';
import type { Matrix } from './matrix';
import { wordsOf } from './sentence';
import { attentionOf, type LessonState } from './state';

/** A matrix with a name for each row and column. */
export interface LabelledMatrix {
  readonly name: string;
  readonly rowLabels: readonly string[];
  readonly columnLabels: readonly string[];
  readonly values: Matrix;
}

/** A header, then one record a row, with all digits of the float64 numbers. */
export const matrixToCsv = ({ name, rowLabels, columnLabels, values }: LabelledMatrix): string =>
  tableToCsv({ rowLabels, columnLabels, values: values.flat(), corner: name }, String);

const namesByCount = new Map<number, readonly string[]>();

/** "1", "2" and so on, for rows or columns without names: the same list each time. */
export function numberNames(count: number): readonly string[] {
  const names = namesByCount.get(count) ?? Array.from({ length: count }, (_, i) => String(i + 1));
  namesByCount.set(count, names);
  return names;
}

/** All tables of the state, in the order in which they follow from one another. */
export function stateTables(state: LessonState): LabelledMatrix[] {
  const words = wordsOf(state.sentence);
  const steps = attentionOf(state);
  const { names, values } = state.table;
  const table = (
    name: string,
    matrix: Matrix,
    rowLabels = numberNames(matrix.length),
    columnLabels = numberNames(matrix[0].length),
  ): LabelledMatrix => ({ name, rowLabels, columnLabels, values: matrix });
  return [
    table('similarity', values, names, names),
    table('X', state.x, words),
    table('W_Q', state.wq),
    table('W_K', state.wk),
    table('W_V', state.wv),
    table('Q', steps.query, words),
    table('K', steps.key, words),
    table('V', steps.value, words),
    table('scores', steps.masked, words, words),
    table('weights', steps.weights, words, words),
    table('output', steps.output, words),
  ];
}
