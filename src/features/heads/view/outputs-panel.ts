import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { when } from 'lit/directives/when.js';
import { select } from '../../../ui/controls/fields';
import { Outputs } from '../engine/outputs';
import type { HeadsSession } from '../engine/session';
import type { HeadsState, LinkOutputs } from '../model/state';
import './head-outputs';
import './point-scatter';
import { renderError, SessionElement } from './session-element';

/** The selected head's outputs as a heat map, and as points in the plane of their principal components. */
@customElement('heads-outputs')
export class HeadsOutputs extends SessionElement {
  private readonly outputs = new Outputs(this);

  protected override reads({ state, selectedHead, engine }: HeadsSession) {
    const { points, outputsOf, outputsLess } = state;
    return [selectedHead, engine.isCurrent, points, outputsOf, outputsLess];
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.outputs.forget();
  }

  override willUpdate() {
    const { engine, selectedHead: selected } = this.session;
    // While a new result is being prepared, the outputs stay as they were.
    if (!this.isConnected || !engine.result || !engine.isCurrent || !selected) return;
    const { layer, head } = selected;
    const { pointSource } = this;
    this.outputs.task.run({ result: engine.result, layer, head, pointSource });
  }

  /** Falls back to queries and keys when the source has no value tensor. */
  private get pointSource(): HeadsState['points'] {
    const { engine, state } = this.session;
    return engine.result?.source.value ? state.points : 'queries-keys';
  }

  override render() {
    const { session, outputs, pointSource } = this;
    const { selectedHead: selected, engine } = session;
    const source = engine.result?.source;
    if (!source || !selected) return nothing;
    const hasValues = source.value !== undefined;
    const isStale = outputs.task.isRunning || !engine.isCurrent;
    return html`
      <div class=${isStale ? 'stale' : ''} aria-busy=${isStale}>
        ${renderError(outputs.task)}
        ${
          hasValues
            ? this.renderOutputs(selected.head)
            : html`<p class="soft">These tensors have no values, so there are no outputs.</p>`
        }
        <section class="mt-6">
          <div class="row baseline mb-3">
            <h3>Principal components</h3>
            ${select(
              'of',
              [
                { value: 'outputs', label: 'outputs', disabled: !hasValues },
                { value: 'queries-keys', label: 'queries and keys together' },
              ],
              pointSource,
              (points) => session.change({ points }),
              { id: 'points', inline: true },
            )}
          </div>
          ${this.renderPoints(source.headNames[selected.index])}
        </section>
      </div>
    `;
  }

  /** @param selected The selected head of the layer, from 0. */
  private renderOutputs(selected: number) {
    const { session } = this;
    const sets = this.outputs.shown?.sets ?? [];
    const { outputsOf, outputsLess } = session.state;
    // A link may name a head that this layer does not have.
    const known = (id: string | null) => (sets.some((set) => set.id === id) ? id : null);
    const shown = known(idOf(outputsOf)) ?? String(selected);
    const against = known(idOf(outputsLess));
    const change = ({ detail }: CustomEvent<{ shown: string; against: string | null }>) =>
      session.change({
        outputsOf: detail.shown === String(selected) ? null : outputsWith(detail.shown),
        outputsLess: detail.against === null ? null : outputsWith(detail.against),
      });
    return html`<head-outputs
      .sets=${sets}
      .shown=${shown}
      .against=${against === shown ? null : against}
      @outputs-change=${change}
    ></head-outputs>`;
  }

  private renderPoints(head: string) {
    const { shown, task } = this.outputs;
    const points = shown?.points;
    if (!points) return task.message ? nothing : html`<p class="soft">Computing…</p>`;
    const isJoint = points.pointSource === 'queries-keys';
    const { queryTokens, keyTokens } = this.session.engine.result!.source;
    const [queries, keys] = [queryTokens.length, keyTokens.length];
    return html`
      <point-scatter
        name=${isJoint ? `queries and keys of ${head}` : `outputs of ${head}`}
        .points=${points.points}
        .kinds=${isJoint ? new Uint8Array(queries + keys).fill(1, queries) : undefined}
        .kindNames=${isJoint ? ['queries', 'keys'] : []}
        .labels=${isJoint ? [...queryTokens, ...keyTokens] : queryTokens}
        .explained=${points.explained}
      ></point-scatter>
      ${when(points.excludedRows > 0, () => html`<p class="soft small">${points.excludedRows} rows contain NaN or infinity.</p>`)}
    `;
  }
}

/** Sets count heads from 0, links from 1. */
const idOf = (outputs: LinkOutputs | null) =>
  typeof outputs === 'number' ? String(outputs - 1) : outputs;
const outputsWith = (id: string): LinkOutputs => (id === 'all' ? id : Number(id) + 1);
