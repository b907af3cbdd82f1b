import { css, html } from 'lit';
import { downloadFile } from '../../../ui/download';
import { type LabelledMatrix, matrixToCsv } from '../model/tables';

/** What number and share tables look like alike: a box that scrolls, a caption, and a ring within the focused cell. */
export const captionedTableStyles = css`
  :host {
    min-width: 0;
  }

  .scroll {
    /* Visually hidden text scrolls along, and does not widen the page. */
    position: relative;
    overflow-x: auto;
  }

  table {
    border-collapse: collapse;
  }

  caption {
    padding-bottom: var(--space-1);
    font-weight: 600;
    text-align: left;
    white-space: nowrap;
  }

  button.csv {
    min-height: 1.5rem;
    margin-left: var(--space-2);
    font-size: inherit;
    font-weight: 400;
  }

  th {
    font-weight: 400;
  }

  th,
  td {
    white-space: nowrap;
  }

  :is(td, td input):focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }
`;

/** A table's name, and a button that saves its numbers as CSV. */
export const tableCaption = (name: string, table: () => Omit<LabelledMatrix, 'name'>) => html`
  <caption>
    <span>${name}</span>
    <button type="button" class="quiet csv" @click=${() => saveTable({ name, ...table() })}>
      CSV<span class="visually-hidden"> of ${name}</span>
    </button>
  </caption>
`;

function saveTable(table: LabelledMatrix) {
  const file = table.name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  downloadFile(new Blob([matrixToCsv(table)], { type: 'text/csv' }), `${file || 'table'}.csv`);
}
