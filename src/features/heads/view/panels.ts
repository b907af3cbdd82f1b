import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import '../../../ui/heat-map/attention-map';
import type { Cell, MapView } from '../../../ui/heat-map/geometry';
import type { MapSettings } from '../../../ui/heat-map/toolbar';
import { shared } from '../../../ui/styles/shared';
import type { HeadsSession } from '../engine/session';
import { MAX_HIDDEN, MAX_LOCKS } from '../model/link';
import type { TokenRef } from '../model/token-edges';
import './head-lines';
import { SessionElement } from './session-element';

/** The selected head's map: the microscope. */
@customElement('heads-map')
export class HeadsMap extends SessionElement {
  static override styles = shared;

  protected override reads({ state, selectedHead, engine }: HeadsSession) {
    const { pool, scale, palette, span, view, cursor, pins } = state;
    const statistics = selectedHead && engine.result?.heads[selectedHead.index].statistics;
    return [selectedHead, statistics, pool, scale, palette, span, view, cursor, pins];
  }

  override render() {
    const { session } = this;
    const { state, selectedHead: head, engine } = session;
    const source = engine.result?.source;
    return html`
      <attention-map
        .map=${head?.map ?? null}
        .statistics=${head ? engine.result?.heads[head.index].statistics : undefined}
        .rowTokens=${source?.queryTokens ?? []}
        .columnTokens=${source?.keyTokens ?? []}
        label=${source && head ? `Attention of ${source.headNames[head.index]}` : 'Attention'}
        pool=${state.pool}
        scale=${state.scale}
        palette=${state.palette}
        ?locked=${state.span === 'map'}
        .view=${state.view ?? undefined}
        .cursor=${state.cursor}
        .pins=${state.pins}
        .trace=${head?.lookUpReference}
        @map-view=${({ detail }: CustomEvent<{ view: MapView }>) => session.setView(detail.view)}
        @map-cursor=${({ detail }: CustomEvent<Cell>) => session.setCursor(detail)}
        @map-pin=${({ detail }: CustomEvent<{ pins: readonly Cell[] }>) =>
          session.setPins(detail.pins)}
        @map-settings=${({ detail: { pool, scale, palette, locked } }: CustomEvent<MapSettings>) =>
          session.change({ pool, scale, palette, span: locked ? 'map' : 'view' })}
      ></attention-map>
    `;
  }
}

/** Token lines of the selected head. Where not all queries are drawn, they begin at the cursor by default. */
@customElement('heads-lines')
export class HeadsLines extends SessionElement {
  static override styles = shared;

  protected override reads({ state, selectedHead }: HeadsSession) {
    const { linesFrom, cursor, view, mass, locks, hiddenKeys } = state;
    return [selectedHead, linesFrom, cursor, view, mass, locks, hiddenKeys];
  }

  override render() {
    const { session } = this;
    const { selectedHead, engine, state } = session;
    const source = engine.result?.source;
    const atCursor = Math.floor(state.cursor?.row ?? state.view?.row ?? 0);
    return html`
      <head-lines
        .map=${selectedHead?.map ?? null}
        .rowTokens=${source?.queryTokens ?? []}
        .columnTokens=${source?.keyTokens ?? []}
        .first=${state.linesFrom ?? atCursor}
        .mass=${state.mass}
        .locked=${state.locks}
        .hiddenKeys=${state.hiddenKeys}
        @lines-move=${({ detail }: CustomEvent<{ first: number }>) =>
          session.change({ linesFrom: detail.first })}
        @mass-change=${({ detail }: CustomEvent<{ mass: number }>) =>
          session.change({ mass: detail.mass })}
        @token-lock=${({ detail }: CustomEvent<{ locked: readonly TokenRef[] }>) =>
          session.change({ locks: detail.locked.slice(-MAX_LOCKS) })}
        @token-hide=${({ detail }: CustomEvent<{ hiddenKeys: readonly number[] }>) =>
          session.change({ hiddenKeys: detail.hiddenKeys.slice(-MAX_HIDDEN) })}
      ></head-lines>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'heads-map': HeadsMap;
    'heads-lines': HeadsLines;
  }
}
