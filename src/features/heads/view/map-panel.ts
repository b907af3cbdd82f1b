import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import '../../../ui/heat-map/attention-map';
import type { Cell, MapView } from '../../../ui/heat-map/geometry';
import type { MapSettings } from '../../../ui/heat-map/toolbar';
import type { HeadsSession } from '../engine/session';
import { SessionElement } from './session-element';

@customElement('heads-map')
export class HeadsMap extends SessionElement {
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
