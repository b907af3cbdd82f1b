import { html, nothing } from 'lit';
import type { Reading } from './cursor-reading';
import { blockPlaceText, blockValueText, placeText, tracedText, valueText } from './readout';

export interface ReadoutActions {
  enter(): void;
  pin(): void;
}

/** What is under the cursor; for a cell that pools many weights, a way into it. */
export function readout(reading: Reading | null, held: boolean, actions: ReadoutActions) {
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
            ${traced === 'pending' ? 'CPU: computing…' : tracedText(traced)}
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
