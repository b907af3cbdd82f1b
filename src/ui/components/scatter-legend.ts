import { html, nothing } from 'lit';
import type { PointCloud } from './point-cloud';
import { type Mark, markOf } from './scatter-drawing';

const outlines: Record<Mark, string> = {
  circle: 'M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z',
  triangle: 'M6 1.2l5 9H1z',
  square: 'M2 2h8v8H2z',
  cross: 'M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2z',
};

/** Which mark is which kind, and how many points have no place. */
export function renderLegend({ kindNames, strange, count }: PointCloud) {
  return html`
    <div class="state">
      ${kindNames.map(
        (name, kind) => html`
          <span>
            <svg class="kind-${kind}" viewBox="0 0 12 12" aria-hidden="true">
              <path d=${outlines[markOf(kind)]} /></svg
            >${name}
          </span>
        `,
      )}
      ${
        strange > 0
          ? html`<span class="error">
              ${strange} of ${count} points are not finite and have no place here.
            </span>`
          : nothing
      }
    </div>
  `;
}
