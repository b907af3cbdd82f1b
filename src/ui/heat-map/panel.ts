import { html, nothing } from 'lit';
import type { CursorReading, PinReading } from './cell-reader';
import {
  blockPlaceText,
  blockValueText,
  placeText,
  referenceText,
  valueText,
  comparePins,
  comparisonText,
} from './readout';
import type { Cell } from './scene';

interface ReadoutActions {
  enter(): void;
  pin(): void;
}

/** What is under the cursor; for a cell that pools many weights, a way into it. */
export function readout(reading: CursorReading | null, held: boolean, actions: ReadoutActions) {
  if (!reading) {
    return html`<p class="soft">
      Point at a cell, click to hold it; or focus the map and use the arrow keys.
    </p>`;
  }
  if (reading.type === 'failed') return html`<p class="error">${reading.message}</p>`;
  if (reading.type === 'block') {
    return html`
      <p>${blockPlaceText(reading.block)}</p>
      <p class="value number">${blockValueText(reading.block)}</p>
      <p class="actions">
        <button type="button" @click=${actions.enter}>Zoom in to it</button>
        ${heldNote(held)}
      </p>
    `;
  }
  const { cell, traced } = reading;
  return html`
    <p>${placeText(cell)}</p>
    <p class="value number">${valueText(cell)}</p>
    ${
      traced === null
        ? nothing
        : html`<p class="number soft">
            ${traced === 'pending' ? 'CPU: computing…' : referenceText(traced)}
          </p>`
    }
    <p class="actions">
      <button type="button" @click=${actions.pin}>Pin</button>
      ${heldNote(held)}
    </p>
  `;
}

const heldNote = (held: boolean) =>
  held ? html`<span class="soft">Held; click it again to let go.</span>` : nothing;

const key = (name: string) => html`<kbd>${name}</kbd>`;

export const keyHelp = html`
  ${key('arrows')} move the cursor, with ${key('Shift')} or ${key('Page')} by ten; ${key('Home')}
  ${key('End')} along a row; ${key('Enter')} zooms to the cell, ${key('Esc')} back out; ${key('+')}
  ${key('−')} zoom; ${key('P')} pins.
`;

interface PinActions {
  go(pin: Cell): void;
  drop(pin: Cell): void;
  /** Holds the others against this one. */
  lead(pin: Cell): void;
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
