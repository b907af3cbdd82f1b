import { html, nothing } from 'lit';
import { type HeadControls, type MaskKind, maskKinds, problemOptions } from '../../heads/controls';
import { maskDensity } from '../../heads/density';
import type { HeadsSource } from '../../heads/source';
import './modifier-drawing';
import type { TypedNumbers } from './typed-numbers';

/** What of the source bears on the mask. */
export type Extents = Pick<HeadsSource, 'queryLength' | 'keyLength' | 'heads' | 'headSize'>;

/** Cells of the mask's drawing along a side. */
const DRAWN = 24;

const numberLabels = { window: 'Window', prefix: 'Prefix', sinks: 'Sinks' };

/** The mask, the numbers that bear on it, and what it looks like; nothing is drawn without extents. */
export function renderMaskControl(
  controls: HeadControls,
  extents: Extents | null,
  numbers: TypedNumbers,
  take: (mask: MaskKind) => void,
) {
  const { uses } = maskKinds[controls.mask];
  const field = (name: (typeof uses)[number]) =>
    html`<label>
      ${numberLabels[name]} ${numbers.renderInput(name, controls[name], `${name} of the mask`)}
    </label>`;
  return html`
    <div class="control mask">
      <div class="control">
        <label for="mask">Mask</label>
        <div class="line">
          <select
            id="mask"
            aria-describedby="density"
            @change=${(event: Event) => take((event.target as HTMLSelectElement).value as MaskKind)}
          >
            ${Object.entries(maskKinds).map(
              ([kind, { label }]) =>
                html`<option value=${kind} .selected=${kind === controls.mask}>${label}</option>`,
            )}
          </select>
        </div>
        ${uses.length > 0 ? html`<div class="numbers">${uses.map(field)}</div>` : nothing}
        ${uses.map((name) => numbers.renderError(name))}
        <p id="density" class="note number">${extents ? densityText(controls, extents) : ''}</p>
      </div>
      ${extents ? renderDrawing(controls, extents) : nothing}
    </div>
  `;
}

function renderDrawing(controls: HeadControls, extents: Extents) {
  const { queryLength, keyLength } = extents;
  return html`<modifier-drawing
    plain
    label="Pattern of the mask: ${maskKinds[controls.mask].label}"
    .mask=${problemOptions(controls, extents).mask}
    .queries=${Math.min(DRAWN, queryLength)}
    .keys=${Math.min(DRAWN, keyLength)}
    .lengths=${{ queries: queryLength, keys: keyLength }}
  ></modifier-drawing>`;
}

const shares = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** The share of pairs that the mask leaves: counted, not estimated. */
export function densityText(controls: HeadControls, extents: Extents): string {
  const share = maskDensity(controls, extents);
  return share === 1 ? 'All pairs are visible' : `${shares.format(100 * share)} % of pairs visible`;
}
