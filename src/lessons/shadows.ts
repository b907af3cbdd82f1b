import { symmetric, type SimilarityTable } from './table';

/** Why some tables cannot be, as Pythagoras would say it. */
export interface Shadows {
  /** The word whose shadows are taken, and those they fall on. */
  readonly word: number;
  readonly on: readonly number[];
  readonly lengths: readonly number[];
  readonly sumOfSquares: number;
  /** The word's squared length, which its shadows on axes at right angles cannot exceed. */
  readonly squaredLength: number;
}

/**
 * A word's shadows on other words of length 1 that stand at right angles to each other; undefined where those
 * that it is like do not. Of a table made symmetric by the larger of each pair.
 */
export function shadowsOf(table: SimilarityTable, word: number): Shadows | undefined {
  const { values } = symmetric(table);
  const on = values.flatMap((row, i) => (i !== word && row[word] !== 0 ? [i] : []));
  const atRightAngles = on.every((i) => on.every((j) => values[i][j] === Number(i === j)));
  if (on.length === 0 || !atRightAngles) return undefined;
  const lengths = on.map((i) => values[i][word]);
  return {
    word,
    on,
    lengths,
    sumOfSquares: lengths.reduce((sum, length) => sum + length ** 2, 0),
    squaredLength: values[word][word],
  };
}
