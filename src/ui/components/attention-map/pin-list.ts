import { html, nothing } from 'lit';
import { comparePins, comparisonText } from './pin-comparison';
import type { PinReading } from './pin-readings';
import { placeText, valueText } from './readout';
import type { Place } from './scene';

export interface PinActions {
  go(pin: Place): void;
  drop(pin: Place): void;
  /** Holds the others against this one. */
  lead(pin: Place): void;
}

/** Pinned cells, one below the other: the first, and how each of the others stands to it. */
export function pinList(pins: readonly PinReading[], actions: PinActions) {
  if (pins.length === 0) return nothing;
  const [first] = pins;
  const others = pins.length > 1 ? html` <span class="soft">against the first</span>` : nothing;
  return html`
    <div class="pins">
      <h3>Pinned cells${others}</h3>
      <ol>
        ${pins.map((pin) => renderPin(pin, first, actions))}
      </ol>
    </div>
  `;
}

function renderPin({ pin, cell }: PinReading, first: PinReading, actions: PinActions) {
  const name = placeText(cell ?? pin);
  return html`
    <li>
      <button type="button" class="plain" @click=${() => actions.go(pin)}>${name}</button>
      <button
        type="button"
        class="drop"
        aria-label="Unpin ${name}"
        @click=${() => actions.drop(pin)}
      >
        ×
      </button>
      <span class="number">${cell ? valueText(cell) : '–'}</span>
      ${
        pin === first.pin
          ? nothing
          : html`<span class="number against">
              ${cell && first.cell ? comparisonText(comparePins(cell, first.cell)) : '–'}
              <button
                type="button"
                class="plain"
                aria-label="Compare with ${name}"
                title="Hold the others against this one"
                @click=${() => actions.lead(pin)}
              >
                make first
              </button>
            </span>`
      }
    </li>
  `;
}
