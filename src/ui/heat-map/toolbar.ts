import { html } from 'lit';
import { scaleKinds, type ScaleKind, sequentialPalettes, type SequentialPalette } from './colors';
import type { Pool } from './readout';

export interface MapSettings {
  readonly pool: Pool;
  readonly scale: ScaleKind;
  readonly palette: SequentialPalette;
  readonly locked: boolean;
}

export interface ToolbarActions {
  zoom(factor: number): void;
  whole(): void;
  actual(): void;
  change(settings: Partial<MapSettings>): void;
  save(format: SavedFormat): void;
}

export type SavedFormat = 'png-1' | 'png-2' | 'png-4' | 'svg' | 'csv' | 'npy';

const saved: readonly { format: SavedFormat; label: string }[] = [
  { format: 'png-1', label: 'PNG 1×' },
  { format: 'png-2', label: 'PNG 2×' },
  { format: 'png-4', label: 'PNG 4×' },
  { format: 'svg', label: 'SVG' },
  { format: 'csv', label: 'CSV' },
  { format: 'npy', label: 'NPY' },
];

function choice<T extends string>(
  label: string,
  values: readonly T[],
  value: T,
  take: (value: T) => void,
  disabled = false,
) {
  return html`
    <label class="choice">
      <span>${label}</span>
      <select
        ?disabled=${disabled}
        @change=${(event: Event) => take((event.target as HTMLSelectElement).value as T)}
      >
        ${values.map((name) => html`<option .selected=${name === value}>${name}</option>`)}
      </select>
    </label>
  `;
}

/** Buttons and choices above the map. */
export function toolbar(
  settings: MapSettings & {
    readonly signed: boolean;
    readonly whole: boolean;
    readonly small: boolean;
  },
  actions: ToolbarActions,
) {
  const { pool, scale, palette, locked, signed, whole, small } = settings;
  const button = (text: string, label: string, act: () => void, disabled = false) =>
    html`<button
      type="button"
      aria-label=${label}
      title=${label}
      ?disabled=${disabled}
      @click=${act}
    >
      ${text}
    </button>`;
  return html`
    <div class="bar" role="group" aria-label="View and colours">
      <span class="buttons">
        ${button('−', 'Zoom out', () => actions.zoom(2), whole)}
        ${button('+', 'Zoom in', () => actions.zoom(0.5))}
        ${button('Whole map', 'Whole map', () => actions.whole(), whole)}
        ${button('100 %', '100 %: one weight a pixel', () => actions.actual(), small)}
      </span>
      ${choice<Pool>('Pool', ['largest', 'mean'], signed ? 'mean' : pool, (pool) => actions.change({ pool }), signed)}
      ${choice<ScaleKind>('Scale', scaleKinds, scale, (scale) => actions.change({ scale }))}
      ${choice<SequentialPalette>('Colours', sequentialPalettes, palette, (palette) => actions.change({ palette }), signed)}
      <label class="tick">
        <input
          type="checkbox"
          .checked=${locked}
          @change=${(event: Event) =>
            actions.change({ locked: (event.target as HTMLInputElement).checked })}
        />
        <span>Colours span whole map</span>
      </label>
      <details class="menu">
        <summary>Export</summary>
        <div class="formats">
          ${saved.map(({ format, label }) => button(label, `Save as ${label}`, () => actions.save(format)))}
        </div>
      </details>
    </div>
  `;
}
