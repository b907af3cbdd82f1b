import { html, nothing } from 'lit';
import type { ShownWeights, TokenEdge } from './token-edges';
import type { TokenSide } from './token-ref';
import { formatWeight } from './token-words';

/** A table is read, and nobody reads more rows; the canvas has the rest. */
const MOST_ROWS = 200;

/** The edges behind the lines. With `before`, the weights from before keys were hidden stand beside them. */
export function renderEdgeTable(
  edges: readonly TokenEdge[],
  shown: ShownWeights,
  before: ShownWeights | null,
  names: Readonly<Record<TokenSide, readonly string[]>>,
) {
  const at = ({ query, key }: TokenEdge) => query * shown.columns + key;
  const left = edges.length - MOST_ROWS;
  return html`
    <div class="scroll" tabindex="0" role="group" aria-label="Table of edges">
      <table>
        <thead>
          <tr>
            <th scope="col">Query</th>
            <th scope="col">Key</th>
            <th scope="col" class="number">Weight</th>
            ${before ? html`<th scope="col" class="number">Before hiding</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${edges.slice(0, MOST_ROWS).map(
            (edge) => html`
              <tr>
                <td>${names.query[edge.query]}</td>
                <td>${names.key[edge.key]}</td>
                <td class="number">${formatWeight(shown.values[at(edge)])}</td>
                ${
                  before
                    ? html`<td class="number">${formatWeight(before.values[at(edge)])}</td>`
                    : nothing
                }
              </tr>
            `,
          )}
        </tbody>
      </table>
      ${left > 0 ? html`<p class="soft">And ${left.toLocaleString('en-US')} weaker ones.</p>` : nothing}
    </div>
  `;
}
