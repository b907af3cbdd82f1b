import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Shown } from './formulas';
import { stages } from './stages';

export interface BarEvents {
  /** Another word asks. */
  readonly ask: (place: number) => void;
  readonly goTo: (stage: string) => void;
  /** So many stages on, from where one is now; tells which that is. */
  readonly goBy: (by: number) => string;
}

/** Stays in view over all steps: which word asks, and which step one is at. */
export function renderBar({ words, state }: Shown, stage: string, { ask, goTo, goBy }: BarEvents) {
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = goBy(by);
    const bar = event.currentTarget as HTMLElement;
    bar.querySelector<HTMLElement>(`[data-stage=${next}]`)?.focus({ preventScroll: true });
  };
  return html`
    <div class="bar">
      <fieldset class="words">
        <legend>Asking:</legend>
        ${words.map(
          (word, place) => html`
            <label
              ><input
                type="radio"
                name="query"
                .checked=${live(place === state.query)}
                @change=${() => ask(place)}
              />${word}</label
            >
          `,
        )}
      </fieldset>
      <div
        class="stages"
        role="toolbar"
        aria-label="Steps: arrow keys go forwards and back"
        @keydown=${press}
      >
        ${stages.map(
          ({ id, short }) => html`
            <button
              type="button"
              data-stage=${id}
              tabindex=${id === stage ? 0 : -1}
              aria-current=${id === stage ? 'step' : nothing}
              @click=${() => goTo(id)}
            >
              ${short}
            </button>
          `,
        )}
      </div>
    </div>
  `;
}
