import { html, nothing } from 'lit';
import '../../../ui/heat-map/attention-map';
import type { Cell, MapView } from '../../../ui/heat-map/geometry';
import type { MapSettings } from '../../../ui/heat-map/toolbar';
import type { HeadsSession } from '../engine/session';
import { MAX_HIDDEN, MAX_LOCKS } from '../model/link';
import type { TokenRef } from '../model/token-edges';
import './head-lines';

/** Why a part of the page could not be computed, and the way to try it again. */
export function renderError(part: { readonly fault: string; retry(): void }) {
  if (!part.fault) return nothing;
  return html`
    <p class="error" role="alert">
      ${part.fault}
      <button class="again" type="button" @click=${() => part.retry()}>Try again</button>
    </p>
  `;
}

/** The microscope on the selected head. */
export function microscopePanel(session: HeadsSession) {
  const { state, selectedHead: shown, engine } = session;
  const source = engine.result?.source;
  const label = source && shown ? `Attention of ${source.headNames[shown.index]}` : 'Attention';
  return html`
    <attention-map
      .map=${shown?.map ?? null}
      .statistics=${shown ? engine.result?.heads[shown.index].statistics : undefined}
      .rowTokens=${source?.queryTokens ?? []}
      .columnTokens=${source?.keyTokens ?? []}
      label=${label}
      pool=${state.pool}
      scale=${state.scale}
      palette=${state.palette}
      ?locked=${state.span === 'map'}
      .view=${state.view ?? undefined}
      .cursor=${state.cursor}
      .pins=${state.pins}
      .trace=${shown?.lookUpReference}
      @map-view=${({ detail }: CustomEvent<{ view: MapView }>) => session.setView(detail.view)}
      @map-cursor=${({ detail }: CustomEvent<Cell>) => session.setCursor(detail)}
      @map-pin=${({ detail }: CustomEvent<{ pins: readonly Cell[] }>) => session.setPins(detail.pins)}
      @map-settings=${({ detail: { pool, scale, palette, locked } }: CustomEvent<MapSettings>) =>
        session.change({ pool, scale, palette, span: locked ? 'map' : 'view' })}
    ></attention-map>
  `;
}

/** Token lines of the selected head. Where not all queries are drawn, they begin at the cursor unless told. */
export function linesPanel(session: HeadsSession) {
  const { selectedHead: shown, engine, state } = session;
  const source = engine.result?.source;
  const atCursor = Math.floor(state.cursor?.row ?? state.view?.row ?? 0);
  return html`
    <head-lines
      .map=${shown?.map ?? null}
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
