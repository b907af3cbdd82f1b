import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { visibleRange } from '../../../attention/modifiers/combine';
import type { MaskName } from '../../../attention/modifiers/index';
import { createMask } from '../../../bench/masks';
import { shared } from '../../../ui/styles/shared';

const MIN_SIDE = 2;
const MAX_SIDE = 34;
/** A band of less would hardly be seen. */
const MIN_BAND = 1.5;
/** Rows that an outline is drawn through. */
const OUTLINE_STEPS = 32;

/** Sixteen tokens and 65,536 tokens on one logarithmic scale of pixels. */
function pixels(length: number) {
  const share = Math.log2(Math.max(1, length)) / 16;
  return MIN_SIDE + Math.min(1, share) * (MAX_SIDE - MIN_SIDE);
}

/**
 * The score matrix of a problem, drawn to (logarithmic) scale: queries down, keys across, and
 * what the mask leaves visible filled in. It repeats what stands beside it in words, so it is
 * hidden from screen readers.
 */
@customElement('shape-glyph')
export class ShapeGlyph extends LitElement {
  static override styles = [
    ...shared,
    css`
      :host {
        display: inline-block;
        width: 36px;
        height: 36px;
      }

      svg {
        display: block;
      }

      rect {
        fill: color-mix(in oklab, var(--accent) 22%, var(--paper));
      }

      polygon {
        fill: var(--accent);
      }
    `,
  ];

  @property({ type: Number }) queries = 1;
  @property({ type: Number }) keys = 1;
  @property() mask: MaskName = 'none';
  /** Keys that a mask with a width shows to the left of a query. */
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
          <rect x=${left} y=${top} width=${width} height=${height} />
          <polygon points=${visible.join(' ')} />
        `}
      </svg>
    `;
  }

  /** Around the visible keys: down their right edge and up their left one. */
  private outline(width: number, height: number): [x: number, y: number][] {
    const mask = createMask(this.mask, this.window);
    const edges = Array.from({ length: OUTLINE_STEPS + 1 }, (_, i) => {
      const share = i / OUTLINE_STEPS;
      const query = Math.round(share * (this.queries - 1));
      const { first, end } = visibleRange(mask, this.keys, 0, 0, query);
      const from = Math.min((first / this.keys) * width, width - MIN_BAND);
      const to = Math.max((end / this.keys) * width, end > first ? from + MIN_BAND : from);
      return { from, to, y: share * height };
    });
    const right = edges.map(({ to, y }): [number, number] => [to, y]);
    const leftwards = edges.map(({ from, y }): [number, number] => [from, y]);
    return [...right, ...leftwards.reverse()];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'shape-glyph': ShapeGlyph;
  }
}
