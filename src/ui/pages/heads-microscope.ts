import { html } from 'lit';
import type { View } from '../components/attention-map/geometry';
import type { MapSettings } from '../components/attention-map/toolbar';
import type { Place } from '../components/attention-map/scene';
import type { HeadsSession } from '../heads/session';
import '../components/attention-map';

/** The microscope on the selected head. */
export function microscopePanel(session: HeadsSession) {
  const { state, shown, engine } = session;
  const source = engine.picture?.source;
  const label = source && shown ? `Attention of ${source.headNames[shown.index]}` : 'Attention';
  return html`
    <attention-map
      .map=${shown?.map ?? null}
      .statistics=${shown ? engine.picture?.heads[shown.index].statistics : undefined}
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
      .trace=${shown?.trace}
      @map-view=${({ detail }: CustomEvent<{ view: View }>) => session.look(detail.view)}
      @map-cursor=${({ detail }: CustomEvent<Place>) => session.point(detail)}
      @map-pin=${({ detail }: CustomEvent<{ pins: readonly Place[] }>) => session.pin(detail.pins)}
      @map-settings=${({ detail: { pool, scale, palette, locked } }: CustomEvent<MapSettings>) =>
        session.change({ pool, scale, palette, span: locked ? 'map' : 'view' })}
    ></attention-map>
  `;
}
