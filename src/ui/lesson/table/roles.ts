import { html, nothing, type TemplateResult } from 'lit';
import { products } from '../../../lessons/matrix';
import { queriesAndKeys, type SimilarityTable } from '../../../lessons/table';
import { digits } from '../digits';
import { sayTerms } from './words';
import '../number-table';

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface Roles {
  readonly table: SimilarityTable;
  /** What is pointed at; without, the cell that differs most from its mirror image. */
  readonly cell: Cell | null;
  readonly pointed: string;
  /** The words of the prose that light up queries and keys. */
  readonly handles: { readonly query: TemplateResult; readonly key: TemplateResult };
  readonly onPoint: (cell: Cell | null) => void;
}

/** Queries and keys for any table, and the table that comes of them. */
export function renderRoles({ table, cell: chosen, pointed, handles, onPoint }: Roles) {
  const { names, values } = table;
  const { query, key } = queriesAndKeys(table);
  const made = products(query, key);
  const off = Math.max(...made.flatMap((row, i) => row.map((v, j) => Math.abs(v - values[i][j]))));
  const cell = chosen ?? mostLopsided(made);
  const numbers = query[0].map((_, i) => String(i + 1));
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
        <number-table
          name="Queries, Q"
          concept="query"
          shading="signed"
          compact
          places="2"
          .rowNames=${names}
          .columnNames=${numbers}
          .values=${query}
          .lit=${pointed === 'query' ? {} : { row: cell.row }}
        ></number-table>
        <number-table
          name="Keys, K"
          concept="key"
          shading="signed"
          compact
          places="2"
          .rowNames=${names}
          .columnNames=${numbers}
          .values=${key}
          .lit=${pointed === 'key' ? {} : { row: cell.column }}
        ></number-table>
      </div>
      <number-table
        id="product"
        name="Scores, Q·Kᵀ"
        corner="query of ↓, key of →"
        concept="score"
        shading="signed"
        .rowNames=${names}
        .columnNames=${names}
        .values=${made}
        .lit=${cell}
        @cell-point=${({ detail }: CustomEvent<Cell | null>) => onPoint(detail)}
      ></number-table>
      <figcaption id="roles">
        ${names[cell.row]}’s query times ${names[cell.column]}’s key:
        ${sayTerms(query[cell.row], key[cell.column])} =
        <strong>${digits(made[cell.row][cell.column])}</strong>.
        ${
          cell.row === cell.column
            ? nothing
            : html`The other way round, ${names[cell.column]}’s query times ${names[cell.row]}’s key
              is ${digits(made[cell.column][cell.row])}. `
        }
        The largest difference from the table above is
        ${off === 0 ? '0' : html`${off.toExponential(0).split('e')[0]} × 10<sup>${off.toExponential(0).split('e')[1].replace('-', '−')}</sup>, rounding`}.
      </figcaption>
    </figure>
  `;
}

/** The cell that differs most from its mirror image, as the one who makes less of the other sees it. */
function mostLopsided(values: readonly (readonly number[])[]): Cell {
  let found = { row: 0, column: 0, gap: 0 };
  values.forEach((cells, row) =>
    cells.forEach((value, column) => {
      const gap = values[column][row] - value;
      // What is rounding alone is no difference.
      if (gap > found.gap + 1e-9) found = { row, column, gap };
    }),
  );
  return found;
}
