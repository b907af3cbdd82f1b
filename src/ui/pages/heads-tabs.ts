import { html } from 'lit';
import type { Panel } from '../../heads/link-state';
import type { HeadsSession } from '../heads/session';

const panels: readonly { readonly panel: Panel; readonly label: string }[] = [
  { panel: 'map', label: 'Microscope' },
  { panel: 'lines', label: 'Token lines' },
  { panel: 'outputs', label: 'Outputs' },
  { panel: 'compare', label: 'Compare' },
];

/** Ways to look at the selected head; the arrow keys go from one to the next. */
export function panelTabs(session: HeadsSession) {
  const { panel } = session.state;
  return html`
    <div
      role="tablist"
      aria-label="Ways to look at it"
      @keydown=${(event: KeyboardEvent) => takeKey(session, event)}
    >
      ${panels.map(
        ({ panel: name, label }) => html`
          <button
            type="button"
            role="tab"
            id="tab-${name}"
            aria-selected=${name === panel}
            aria-controls="panel"
            tabindex=${name === panel ? 0 : -1}
            @click=${() => session.change({ panel: name })}
          >
            ${label}
          </button>
        `,
      )}
    </div>
  `;
}

function takeKey(session: HeadsSession, event: KeyboardEvent) {
  const at = panels.findIndex(({ panel }) => panel === session.state.panel);
  const places: Record<string, number> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: panels.length - 1,
  };
  const place = places[event.key];
  if (place === undefined) return;
  event.preventDefault();
  const next = (place + panels.length) % panels.length;
  session.change({ panel: panels[next].panel });
  const tabs = (event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=tab]');
  tabs[next].focus();
}
