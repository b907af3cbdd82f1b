import { html } from 'lit';
import type { OutputComparison } from './output-comparison';
import { formatSigned } from './signed-map';

/** A token's values, as they stand side by side in the picture. */
export function renderOutputTable({ grid, set }: OutputComparison, row: number) {
  const values = [...grid.values.subarray(row * grid.columns, (row + 1) * grid.columns)];
  return html`
    <div class="scroll" tabindex="0" role="group" aria-label="Values of a token">
      <table>
        <tr>
          <th scope="row">Column</th>
          ${values.map((_, i) => html`<th scope="col" class="number">${i}</th>`)}
        </tr>
        <tr>
          <th scope="row">${set.rowTokens[row]}</th>
          ${values.map((value) => html`<td class="number">${formatSigned(value)}</td>`)}
        </tr>
      </table>
    </div>
  `;
}
