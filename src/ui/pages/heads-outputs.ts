import { css, html, nothing } from 'lit';
import type { HeadsSource } from '../../heads/source';
import type { Cloud, Outputs } from '../heads/outputs';
import type { HeadsSession } from '../heads/session';
import '../components/head-outputs';
import '../components/point-scatter';

export const outputsStyles = css`
  .cloud {
    margin-top: var(--space-6);
  }

  .cloud-head {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-5);
    align-items: baseline;
    margin-bottom: var(--space-3);
  }

  .cloud-head select {
    width: auto;
  }
`;

/** The selected head's outputs as a heat map, and as points of the plane where they differ most. */
export function outputsPanel(
  session: HeadsSession,
  outputs: Outputs,
  cloud: Cloud,
  choose: (cloud: Cloud) => void,
) {
  const source = session.engine.picture?.source;
  const { shown } = session;
  if (!source || !shown) return nothing;
  const has = source.value !== undefined;
  const isStale = outputs.isRunning || !session.engine.isCurrent;
  return html`
    <div class=${isStale ? 'stale' : ''} aria-busy=${isStale}>
      ${outputs.fault ? html`<p class="error" role="alert">${outputs.fault}</p>` : nothing}
      ${
        has
          ? html`<head-outputs .sets=${outputs.sets} shown=${String(shown.head)}></head-outputs>`
          : html`<p class="soft">There are no values in these tensors, so there are no outputs.</p>`
      }
      <section class="cloud">
        <div class="cloud-head">
          <h3>Principal components</h3>
          <label class="soft small">
            of
            <select
              id="cloud"
              @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as Cloud)}
            >
              <option value="outputs" ?disabled=${!has} .selected=${cloud === 'outputs'}>
                outputs
              </option>
              <option value="queries-keys" .selected=${cloud === 'queries-keys'}>
                queries and keys, together
              </option>
            </select>
          </label>
        </div>
        ${renderPoints(source, outputs, source.headNames[shown.index])}
      </section>
    </div>
  `;
}

function renderPoints(source: HeadsSource, { points }: Outputs, head: string) {
  if (!points) return html`<p class="soft">Computing…</p>`;
  const isJoint = points.cloud === 'queries-keys';
  const { queryTokens, keyTokens } = source;
  return html`
    <point-scatter
      name=${isJoint ? `queries and keys of ${head}` : `outputs of ${head}`}
      .points=${joined(points.points)}
      .kinds=${isJoint ? kindsOf(queryTokens.length, keyTokens.length) : undefined}
      .kindNames=${isJoint ? ['queries', 'keys'] : []}
      .labels=${isJoint ? [...queryTokens, ...keyTokens] : queryTokens}
      .explained=${points.explained}
    ></point-scatter>
    ${
      points.leftOut > 0
        ? html`<p class="soft small">${points.leftOut} rows hold NaN or an infinity.</p>`
        : nothing
    }
  `;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0];
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const kindsOf = (queries: number, keys: number) =>
  Uint8Array.from({ length: queries + keys }, (_, i) => (i < queries ? 0 : 1));
