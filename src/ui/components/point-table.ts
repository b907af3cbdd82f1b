import { html, nothing } from 'lit';
import type { PointCloud } from './point-cloud';
import { formatSigned } from './signed-map';

/** A table is read, and nobody reads more rows. */
const MOST_ROWS = 200;

/** The numbers behind the points. */
export function renderPointTable(cloud: PointCloud) {
  const { points, labels, count, hasKinds } = cloud;
  const rows = Array.from({ length: Math.min(count, MOST_ROWS) }, (_, i) => i);
  return html`
    <div class="scroll" tabindex="0" role="group" aria-label="Table of points">
      <table>
        <tr>
          <th scope="col">Point</th>
          ${hasKinds ? html`<th scope="col">Kind</th>` : nothing}
          <th scope="col" class="number">First</th>
          <th scope="col" class="number">Second</th>
        </tr>
        ${rows.map(
          (i) => html`
            <tr>
              <td>${labels[i]}</td>
              ${hasKinds ? html`<td>${cloud.kindName(i)}</td>` : nothing}
              <td class="number">${formatSigned(points[2 * i])}</td>
              <td class="number">${formatSigned(points[2 * i + 1])}</td>
            </tr>
          `,
        )}
      </table>
      ${count > MOST_ROWS ? html`<p class="soft">And ${count - MOST_ROWS} more.</p>` : nothing}
    </div>
  `;
}
