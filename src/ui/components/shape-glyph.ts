import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from '../styles/shared';

const smallest = 2;
const largest = 34;

/** Sixteen tokens and 65,536 tokens on one logarithmic scale of pixels. */
function pixels(length: number) {
  const share = Math.log2(Math.max(1, length)) / 16;
  return smallest + Math.min(1, share) * (largest - smallest);
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
  @property({ type: Boolean }) causal = false;

  override render() {
    const width = pixels(this.keys);
    const height = pixels(this.queries);
    const left = (36 - width) / 2;
    const top = (36 - height) / 2;
    const right = left + width;
    const bottom = top + height;
    const visible = this.causal
      ? `${left},${top} ${right},${bottom} ${left},${bottom}`
      : `${left},${top} ${right},${top} ${right},${bottom} ${left},${bottom}`;
    return html`
      <svg width="36" height="36" viewBox="0 0 36 36" aria-hidden="true">
        ${svg`
          <rect x=${left} y=${top} width=${width} height=${height} />
          <polygon points=${visible} />
        `}
      </svg>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'shape-glyph': ShapeGlyph;
  }
}
