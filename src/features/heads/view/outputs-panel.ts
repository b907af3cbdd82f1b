import { css, html, nothing } from 'lit';
import type { Outputs } from '../engine/outputs';
import type { HeadsSession } from '../engine/session';
import type { HeadsSource } from '../model/source';
import type { HeadsState, LinkOutputs } from '../model/state';
import './head-outputs';
import { renderError } from './panels';
import './point-scatter';

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
export function outputsPanel(session: HeadsSession, outputs: Outputs) {
  const source = session.engine.result?.source;
  const { selectedHead: shown, pointSource: cloud } = session;
  if (!source || !shown) return nothing;
  const has = source.value !== undefined;
  const isStale = outputs.isRunning || !session.engine.isCurrent;
  return html`
    <div class=${isStale ? 'stale' : ''} aria-busy=${isStale}>
      ${renderError(outputs)}
      ${
        has
          ? renderOutputs(session, outputs, shown.head)
          : html`<p class="soft">There are no values in these tensors, so there are no outputs.</p>`
      }
      <section class="cloud">
        <div class="cloud-head">
          <h3>Principal components</h3>
          <label class="soft small">
            of
            <select
              id="cloud"
              @change=${(event: Event) => {
                const points = (event.target as HTMLSelectElement).value as HeadsState['points'];
                session.change({ points });
              }}
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

/** @param selected The selected head of the layer, from 0. */
function renderOutputs(session: HeadsSession, { sets }: Outputs, selected: number) {
  const { outputsOf, outputsLess } = session.state;
  // A link may name a head that this layer does not have.
  const known = (id: string | null) => (sets.some((set) => set.id === id) ? id : null);
  const id = known(idOf(outputsOf)) ?? String(selected);
  const against = known(idOf(outputsLess));
  const take = ({ detail }: CustomEvent<{ shown: string; against: string | null }>) => {
    const isSelected = detail.shown === String(selected);
    session.change({
      outputsOf: isSelected ? null : outputsWith(detail.shown),
      outputsLess: detail.against === null ? null : outputsWith(detail.against),
    });
  };
  return html`<head-outputs
    .sets=${sets}
    .shown=${id}
    .against=${against === id ? null : against}
    @outputs-change=${take}
  ></head-outputs>`;
}

/** Sets count heads from 0, links from 1. */
const idOf = (outputs: LinkOutputs | null) =>
  typeof outputs === 'number' ? String(outputs - 1) : outputs;
const outputsWith = (id: string): LinkOutputs => (id === 'all' ? id : Number(id) + 1);

function renderPoints(source: HeadsSource, { points, fault }: Outputs, head: string) {
  if (!points) return fault ? nothing : html`<p class="soft">Computing…</p>`;
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
      points.excludedRows > 0
        ? html`<p class="soft small">${points.excludedRows} rows hold NaN or an infinity.</p>`
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
