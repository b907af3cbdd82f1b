import { html } from 'lit';
import { combine, type PlaneMap } from '../../../lessons/linear-map';
import { fourHeads } from '../../../lessons/separation';

const still: PlaneMap = [
  [1, 0],
  [0, 1],
];

const starts: readonly { readonly name: string; readonly map: PlaneMap }[] = [
  { name: 'no map', map: still },
  ...fourHeads,
];

export const sameMap = (a: PlaneMap, b: PlaneMap): boolean => String(a) === String(b);

/** Maps to begin with, and maps to put after the present one. */
export const renderPresets = (map: PlaneMap, set: (map: PlaneMap) => void) => html`
  <div class="presets" role="group" aria-label="Maps to begin with">
    <span class="what">Begin with</span>
    ${starts.map(
      (start) =>
        html`<button
          type="button"
          aria-pressed=${sameMap(start.map, map)}
          @click=${() => set(start.map)}
        >
          ${start.name}
        </button>`,
    )}
  </div>
  <div class="presets" role="group" aria-label="Maps to put after it">
    <span class="what">then also</span>
    ${fourHeads
      .slice(0, 3)
      .map(
        (head) =>
          html`<button type="button" @click=${() => set(combine(map, head.map))}>
            ${head.name}
          </button>`,
      )}
  </div>
`;
