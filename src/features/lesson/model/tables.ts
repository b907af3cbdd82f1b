import { formatCsv } from '../../../numeric/csv';
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

/**
 * A header, then one record a row. Numbers have all digits that tell their float64 apart; NaN and infinities are
 * words.
 */
export function matrixToCsv({ name, rowLabels, columnLabels, values }: LabelledMatrix): string {
  const records = values.map((row, i) => [rowLabels[i], ...row.map(String)]);
  return formatCsv([[name, ...columnLabels], ...records]);
}

/** All tables of the state, in the order in which they follow from one another. */
export function stateTables(state: LessonState): LabelledMatrix[] {
  const words = wordsOf(state.sentence);
  const steps = attentionOf(state);
  const numbered = (values: Matrix) => values[0].map((_, i) => String(i + 1));
  const byWord = (name: string, values: Matrix): LabelledMatrix => ({
    name,
    rowLabels: words,
    columnLabels: numbered(values),
    values,
  });
  const weights = (name: string, values: Matrix): LabelledMatrix => ({
    name,
    rowLabels: values.map((_, i) => String(i + 1)),
    columnLabels: numbered(values),
    values,
  });
  const square = (name: string, values: Matrix): LabelledMatrix => ({
    name,
    rowLabels: words,
    columnLabels: words,
    values,
  });
  const { names, values } = state.table;
  return [
    { name: 'similarity', rowLabels: names, columnLabels: names, values },
    byWord('X', state.x),
    weights('W_Q', state.wq),
    weights('W_K', state.wk),
    weights('W_V', state.wv),
    byWord('Q', steps.query),
    byWord('K', steps.key),
    byWord('V', steps.value),
    square('scores', steps.masked),
    square('weights', steps.weights),
    byWord('output', steps.output),
  ];
}
