import { html, nothing } from 'lit';
import { formatFixed } from '../../../../numeric/format';
import { memoizeLast } from '../../../../ui/memoize-last';
import { type Matrix, products } from '../../model/matrix';
import { queriesAndKeys, type SimilarityTable } from '../../model/similarity-table';
import { scientific } from '../../parts/computed-by';
import type { CellSelector, TableCell } from '../../parts/number-table';
import '../../parts/number-table';
import type { AttentionRole } from '../../parts/styles';
import { formatTerms } from './captions';

export const factorised = memoizeLast((table: SimilarityTable) => {
  const { query, key } = queriesAndKeys(table);
  const scores = products(query, key);
  const gaps = scores.flatMap((row, i) => row.map((v, j) => Math.abs(v - table.values[i][j])));
  return { query, key, scores, largestGap: Math.max(...gaps) };
});

/** Vectors of all words in one role. */
export function roleTable(
  title: string,
  role: AttentionRole,
  names: readonly string[],
  values: Matrix,
  highlighted: CellSelector,
) {
  return html`<number-table
    .name=${title}
    class=${role}
    shading="signed"
    compact
    decimals="2"
    .rowNames=${names}
    .columnNames=${values[0].map((_, i) => String(i + 1))}
    .values=${values}
    .highlighted=${highlighted}
  ></number-table>`;
}

/** The products behind a score, and the score the other way round. */
export function describeScore(table: SimilarityTable, { row, column }: TableCell) {
  const { query, key, scores, largestGap } = factorised(table);
  const [querying, attended] = [table.names[row], table.names[column]];
  return html`
    ${querying}’s query times ${attended}’s key: ${formatTerms(query[row], key[column])} =
    <strong>${formatFixed(scores[row][column])}</strong>.
    ${
      row === column
        ? nothing
        : html`The other way round, ${attended}’s query times ${querying}’s key is
          ${formatFixed(scores[column][row])}. `
    }
    The largest difference from the table above is
    ${largestGap === 0 ? '0' : html`${scientific(largestGap)}, rounding`}.
  `;
}

/** The cell that differs most from its mirror image, the lower of the two. */
export function mostAsymmetric(values: Matrix, fallback: TableCell): TableCell {
  let found = { ...fallback, gap: 0 };
  values.forEach((cells, row) =>
    cells.forEach((value, column) => {
      const gap = values[column][row] - value;
      // A smaller gap is rounding.
      if (gap > found.gap + 1e-9) found = { row, column, gap };
    }),
  );
  return found;
}
