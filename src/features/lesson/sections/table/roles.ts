import { html, nothing, type TemplateResult } from 'lit';
import { formatFixed } from '../../../../numeric/format';
import { memoizeLast } from '../../../../ui/memoize-last';
import { type Matrix, products } from '../../model/matrix';
import { queriesAndKeys, type SimilarityTable } from '../../model/similarity-table';
import { scientific } from '../../parts/computed-by';
import type { CellSelector, TableCell } from '../../parts/number-table';
import '../../parts/number-table';
import type { AttentionRole } from '../../parts/section';
import { formatTerms } from './captions';

export interface Roles {
  readonly table: SimilarityTable;
  /** The hovered cell; without one, the cell that differs most from its mirror image is shown. */
  readonly cell: TableCell | null;
  /** Shown in a symmetric table while no cell is hovered. */
  readonly fallback: TableCell;
  readonly hovered: string;
  /** Terms of the prose that highlight queries and keys. */
  readonly terms: { readonly query: TemplateResult; readonly key: TemplateResult };
  readonly onHover: (cell: TableCell | null) => void;
}

const factorised = memoizeLast((table: SimilarityTable) => {
  const { query, key } = queriesAndKeys(table);
  const scores = products(query, key);
  const gaps = scores.flatMap((row, i) => row.map((v, j) => Math.abs(v - table.values[i][j])));
  return { query, key, scores, largestGap: Math.max(...gaps) };
});

/** Queries and keys whose products are the table. */
export function renderRoles(roles: Roles) {
  const { table, terms, onHover } = roles;
  const { names } = table;
  const { query, key, scores } = factorised(table);
  const cell = roles.cell ?? mostAsymmetric(scores, roles.fallback);
  const highlighted = (name: string, row: number) => (roles.hovered === name ? {} : { row });
  return html`
    <div class="prose">
      <h4>Asking is not answering</h4>
      <p>
        The way out is not to mend the table. Let every word have two vectors: a ${terms.query},
        what it looks for, and a ${terms.key}, what it offers to others. A score is one word’s query
        times another’s key, and nothing has to be symmetric: a tissue may well look for cells that
        do not look for it. Any table at all can be made so. Here are queries and keys for yours,
        found by a singular value decomposition; a model finds its own by learning.
      </p>
    </div>
    <figure>
      <div class="beside">
        ${roleTable('Queries, Q', 'query', names, query, highlighted('query', cell.row))}
        ${roleTable('Keys, K', 'key', names, key, highlighted('key', cell.column))}
      </div>
      <number-table
        id="product"
        name="Scores, Q·Kᵀ"
        corner="query of ↓, key of →"
        shading="signed"
        .rowNames=${names}
        .columnNames=${names}
        .values=${scores}
        .highlighted=${cell}
        @cell-point=${({ detail }: CustomEvent<TableCell | null>) => onHover(detail)}
      ></number-table>
      <figcaption id="roles">${describeCell(table, cell)}</figcaption>
    </figure>
  `;
}

/** Vectors of all words in one role. */
function roleTable(
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
function describeCell(table: SimilarityTable, { row, column }: TableCell) {
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
function mostAsymmetric(values: Matrix, fallback: TableCell): TableCell {
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
