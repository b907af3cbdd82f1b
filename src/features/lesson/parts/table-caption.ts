import { css, html } from 'lit';
import { downloadFile } from '../../../ui/download';
import { tables } from '../../../ui/styles/tables';
import { type LabelledMatrix, matrixToCsv } from '../model/tables';
import { roleColors } from './styles';

/** What number and share tables share: a box that scrolls sideways, a caption, and a ring within the focused cell. */
export const captionedTableStyles = [
  roleColors,
  tables,
  css`
    :host {
      min-width: 0;
    }

    .scroll {
      max-height: none;
      margin-top: 0;
    }

    button.csv {
      min-height: 1.5rem;
      margin-left: var(--space-2);
      font-weight: 400;
      font-size: min(1em, var(--text-small));
    }

    :is(td, td input):focus-visible {
      outline: 2px solid var(--accent);
      outline-offset: -2px;
    }
  `,
];

/** A table of `content` below its name and a button that saves its numbers as CSV. */
export const captionedTable = (
  name: string,
  numbers: () => Omit<LabelledMatrix, 'name'>,
  leave: () => void,
  content: unknown,
) => html`
  <div class="scroll">
    <table class="nowrap" @pointerleave=${leave}>
      <caption>
        <span>${name}</span>
        <button type="button" class="quiet csv" @click=${() => saveTable({ name, ...numbers() })}>
          CSV<span class="visually-hidden"> of ${name}</span>
        </button>
      </caption>
      ${content}
    </table>
  </div>
`;

function saveTable(table: LabelledMatrix) {
  const file = table.name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  downloadFile(new Blob([matrixToCsv(table)], { type: 'text/csv' }), `${file || 'table'}.csv`);
}
