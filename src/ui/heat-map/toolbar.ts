import { html } from 'lit';
import { button, checkbox, select } from '../controls/fields';
import { scaleKinds, sequentialPalettes, type ScaleKind, type SequentialPalette } from './colors';
import type { Pool } from './geometry';
import type { ViewController } from './view-controller';

export interface MapSettings {
  readonly pool: Pool;
  readonly scale: ScaleKind;
  readonly palette: SequentialPalette;
  readonly locked: boolean;
}

const exportFormats = {
  'png-1': 'PNG 1×',
  'png-2': 'PNG 2×',
  'png-4': 'PNG 4×',
  svg: 'SVG',
  csv: 'CSV',
  npy: 'NPY',
};
export type ExportFormat = keyof typeof exportFormats;

const choice = <Value extends string>(
  label: string,
  values: readonly Value[],
  value: Value,
  onChange: (value: Value) => void,
  disabled = false,
) =>
  select(
    label,
    values.map((name) => ({ value: name, label: name })),
    value,
    onChange,
    { inline: true, disabled },
  );

/** Buttons and choices above the map. */
export function toolbar(
  { pool, scale, palette, locked }: MapSettings,
  signed: boolean,
  view: ViewController,
  change: (settings: Partial<MapSettings>) => void,
  save: (format: ExportFormat) => void,
) {
  return html`
    <div class="bar row" role="group" aria-label="View and colours">
      <span class="buttons">
        ${button('−', () => view.zoom(2), { title: 'Zoom out', disabled: view.isWhole })}
        ${button('+', () => view.zoom(0.5), { title: 'Zoom in' })}
        ${button('Whole map', () => view.showWhole(), { disabled: view.isWhole })}
        ${button('100 %', () => view.closeUp(1), {
          title: '100 %: one weight per pixel',
          disabled: view.isSmall,
        })}
      </span>
      ${choice<Pool>('Pool', ['largest', 'mean'], pool, (value) => change({ pool: value }), signed)}
      ${choice('Scale', scaleKinds, scale, (value) => change({ scale: value }))}
      ${choice('Colours', sequentialPalettes, palette, (value) => change({ palette: value }), signed)}
      ${checkbox('Fixed colour scale', locked, () => change({ locked: !locked }))}
      <details class="menu">
        <summary>Export</summary>
        <div class="formats">
          ${Object.entries(exportFormats).map(([format, label]) =>
            button(label, () => save(format as ExportFormat), { title: `Save as ${label}` }),
          )}
        </div>
      </details>
    </div>
  `;
}
