import { css, html, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { visibleRange } from '../../../attention/modifiers/combine';
import type { MaskName } from '../../../attention/modifiers/index';
import { createMask } from '../../../bench/masks';
import type { PresetCase } from '../../../bench/presets';
import { UiElement } from '../../../ui/element';

const GROUND = 'color-mix(in oklab, var(--accent) 22%, var(--paper))';
const MIN_SIDE = 2;
const MAX_SIDE = 34;
/** Thinner bands would hardly be visible. */
const MIN_BAND = 1.5;
const OUTLINE_STEPS = 32;

/** A case: its glyph, its name, and a description. */
export const caseTitle = (
  { shape, mask, window = 0 }: PresetCase,
  name: string,
  description: unknown,
) => html`
  <shape-glyph
    queries=${shape.queryLength}
    keys=${shape.keyLength}
    mask=${mask}
    window=${window}
  ></shape-glyph>
  <div>
    <div class="title number">${name}</div>
    <span class="soft small">${description}</span>
  </div>
`;

/** A length from 1 to 65,536, in pixels on a logarithmic scale. */
function pixels(length: number) {
  const share = Math.log2(Math.max(1, length)) / 16;
  return MIN_SIDE + Math.min(1, share) * (MAX_SIDE - MIN_SIDE);
}

/**
 * The score matrix of a problem on logarithmic scales: queries down, keys across, and the visible part filled. Hidden
 * from screen readers, as it repeats the text beside it.
 */
@customElement('shape-glyph')
export class ShapeGlyph extends UiElement {
  static override styles = css`
    :host {
      display: inline-block;
    }
  `;

  @property({ type: Number }) queries = 1;
  @property({ type: Number }) keys = 1;
  @property() mask: MaskName = 'none';
  /** Keys visible to the left of a query, where the mask has a width. */
  @property({ type: Number }) window = 0;

  override render() {
    const width = pixels(this.keys);
    const height = pixels(this.queries);
    const left = (36 - width) / 2;
    const top = (36 - height) / 2;
    const visible = this.outline(width, height).map(([x, y]) => `${left + x},${top + y}`);
    return html`
      <svg width="36" height="36" viewBox="0 0 36 36" aria-hidden="true">
        ${svg`
          <rect x=${left} y=${top} width=${width} height=${height} fill=${GROUND} />
          <polygon points=${visible.join(' ')} fill="var(--accent)" />
        `}
      </svg>
    `;
  }

  /** The outline of the visible keys: down their right edge and up their left one. */
  private outline(width: number, height: number): [x: number, y: number][] {
    const mask = createMask(this.mask, this.window);
    const right: [number, number][] = [];
    const left: [number, number][] = [];
    for (let i = 0; i <= OUTLINE_STEPS; i++) {
      const share = i / OUTLINE_STEPS;
      const query = Math.round(share * (this.queries - 1));
      const { first, end } = visibleRange(mask, this.keys, 0, 0, query);
      const from = Math.min((first / this.keys) * width, width - MIN_BAND);
      const to = Math.max((end / this.keys) * width, end > first ? from + MIN_BAND : from);
      right.push([to, share * height]);
      left.push([from, share * height]);
    }
    return [...right, ...left.reverse()];
  }
}
