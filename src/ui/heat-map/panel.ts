import { html, nothing } from 'lit';
import type { Cell } from './geometry';
import {
  blockPositionText,
  blockValueText,
  comparePins,
  comparisonText,
  positionText,
  referenceText,
  valueText,
} from './readout';
import type { CursorReading, PinReading } from './readings';

/** The cell under the cursor, with a button that pins a weight or zooms in to a pooled cell. */
export function readoutPanel(
  reading: CursorReading | null,
  message: string,
  isHeld: boolean,
  actions: { enter(): void; pin(): void },
) {
  if (message) return html`<p class="error">${message}</p>`;
  if (!reading) {
    return html`<p class="soft">
      Hover over a cell to read it, click to select it; or focus the map and use the arrow keys.
    </p>`;
  }
  const held = isHeld
    ? html`<span class="soft">Selected. Click again to deselect.</span>`
    : nothing;
  if (reading.type === 'block') {
    return html`
      <p>${blockPositionText(reading.block)}</p>
      <p class="value number">${blockValueText(reading.block)}</p>
      <p class="actions">
        <button type="button" @click=${actions.enter}>Zoom in</button>
        ${held}
      </p>
    `;
  }
  const { cell, reference } = reading;
  return html`
    <p>${positionText(cell)}</p>
    <p class="value number">${valueText(cell)}</p>
    ${
      reference === null
        ? nothing
        : html`<p class="number soft">
            ${reference === 'pending' ? 'CPU: computing…' : referenceText(reference)}
          </p>`
    }
    <p class="actions">
      <button type="button" @click=${actions.pin}>Pin</button>
      ${held}
    </p>
  `;
}

export interface PinActions {
  show(pin: Cell): void;
  remove(pin: Cell): void;
  /** Makes it the one that the others are compared with. */
  makeFirst(pin: Cell): void;
}

/** Pinned cells, each compared with the first. */
export function pinList(pins: readonly PinReading[], actions: PinActions) {
  if (pins.length === 0) return nothing;
  const [first] = pins;
  const note = pins.length > 1 ? html` <span class="soft">compared with the first</span>` : nothing;
  return html`
    <div class="pins">
      <h3>Pinned cells${note}</h3>
      <ol>
        ${pins.map((pin) => renderPin(pin, first, actions))}
      </ol>
    </div>
  `;
}

function renderPin(reading: PinReading, first: PinReading, actions: PinActions) {
  const { pin, cell } = reading;
  const name = positionText(cell ?? pin);
  return html`
    <li>
      <button type="button" @click=${() => actions.show(pin)}>${name}</button>
      <button type="button" aria-label="Unpin ${name}" @click=${() => actions.remove(pin)}>
        ×
      </button>
      <span class="number">${cell ? valueText(cell) : '–'}</span>
      ${
        reading === first
          ? nothing
          : html`<span class="number against">
              ${cell && first.cell ? comparisonText(comparePins(cell, first.cell)) : '–'}
              <button
                type="button"
                aria-label="Compare with ${name}"
                title="Compare the other pins with this one"
                @click=${() => actions.makeFirst(pin)}
              >
                make first
              </button>
            </span>`
      }
    </li>
  `;
}

const key = (name: string) => html`<kbd>${name}</kbd>`;

export const keyHelp = html`
  ${key('arrows')} move the cursor, with ${key('Shift')} or ${key('Page')} by ten; ${key('Home')}
  ${key('End')} along a row; ${key('Enter')} zooms to the cell, ${key('Esc')} back out; ${key('+')}
  ${key('−')} zoom; ${key('P')} pins.
`;
