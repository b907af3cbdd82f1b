import { html, nothing, type TemplateResult } from 'lit';
import { formatFixed } from '../../../../ui/format-number';
import { memoizeLast } from '../../../../ui/memoize-last';
import { type Matrix, products } from '../../model/matrix';
import { queriesAndKeys, type SimilarityTable } from '../../model/similarity-table';
import type { CellSelector } from '../../parts/number-table';
import '../../parts/number-table';
import type { AttentionRole } from '../../parts/section';
import { formatTerms } from './captions';

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface Roles {
  readonly table: SimilarityTable;
  /** What is pointed at; without, the cell that differs most from its mirror image. */
  readonly cell: Cell | null;
  /** What to tell of where all are like their mirror images. */
  readonly usual: Cell;
  readonly hovered: string;
  /** The words of the prose that light up queries and keys. */
  readonly handles: { readonly query: TemplateResult; readonly key: TemplateResult };
  readonly onPoint: (cell: Cell | null) => void;
}

/** Sections draw themselves at every change of the state, and few of those concern the table. */
const factorised = memoizeLast((table: SimilarityTable) => {
  const { query, key } = queriesAndKeys(table);
  const made = products(query, key);
  const gaps = made.flatMap((row, i) => row.map((v, j) => Math.abs(v - table.values[i][j])));
  return { query, key, made, off: Math.max(...gaps) };
});

/** Queries and keys for any table, and the table that comes of them. */
export function renderRoles(roles: Roles) {
  const { table, handles, onPoint } = roles;
  const { names } = table;
  const { query, key, made } = factorised(table);
  const cell = roles.cell ?? mostAsymmetric(made, roles.usual);
  const highlighted = (name: string, row: number) => (roles.hovered === name ? {} : { row });
  return html`
    <div class="prose">
      <h4>Asking is not answering</h4>
      <p>
        The way out is not to mend the table. Let every word have two vectors: a ${handles.query},
        what it looks for, and a ${handles.key}, what it offers to others. A score is one word’s
        query times another’s key, and nothing has to be symmetric: a tissue may well look for cells
        that do not look for it. Any table at all can be made so. Here are queries and keys for
        yours, found by a singular value decomposition; a model finds its own by learning.
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
        tint="score"
        shading="signed"
        .rowNames=${names}
        .columnNames=${names}
        .values=${made}
        .highlighted=${cell}
        @cell-point=${({ detail }: CustomEvent<Cell | null>) => onPoint(detail)}
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
    tint=${role}
    shading="signed"
    compact
    places="2"
    .rowNames=${names}
    .columnNames=${values[0].map((_, i) => String(i + 1))}
    .values=${values}
    .highlighted=${highlighted}
  ></number-table>`;
}

/** What made a score, and the one the other way round. */
function describeCell(table: SimilarityTable, { row, column }: Cell) {
  const { query, key, made, off } = factorised(table);
  const [asking, asked] = [table.names[row], table.names[column]];
  const [mantissa, exponent] = off.toExponential(0).split('e');
  return html`
    ${asking}’s query times ${asked}’s key: ${formatTerms(query[row], key[column])} =
    <strong>${formatFixed(made[row][column])}</strong>.
    ${
      row === column
        ? nothing
        : html`The other way round, ${asked}’s query times ${asking}’s key is
          ${formatFixed(made[column][row])}. `
    }
    The largest difference from the table above is
    ${
      off === 0
        ? '0'
        : html`${mantissa} × 10<sup>${exponent.replace('-', '−').replace('+', '')}</sup>, rounding`
    }.
  `;
}

/** The cell that differs most from its mirror image, as the one who makes less of the other sees it. */
function mostAsymmetric(values: Matrix, usual: Cell): Cell {
  let found = { ...usual, gap: 0 };
  values.forEach((cells, row) =>
    cells.forEach((value, column) => {
      const gap = values[column][row] - value;
      // What is rounding alone is no difference.
      if (gap > found.gap + 1e-9) found = { row, column, gap };
    }),
  );
  return found;
}
