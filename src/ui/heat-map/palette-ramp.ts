import { css, html, LitElement } from 'lit';
import { customElement, property, query, queryAll } from 'lit/decorators.js';
import { shared } from '../styles/shared';
import { INFINITY_COLOR, NOT_A_NUMBER_COLOR, type PaletteName, paletteColors } from './palette';

/** A palette from its least to its most, and the colour of what is no number. */
@customElement('palette-ramp')
export class PaletteRamp extends LitElement {
  static override styles = [
    ...shared,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--space-2);
        align-items: center;
        color: var(--ink-soft);
        font-size: var(--text-small);
      }

      canvas {
        display: block;
        width: 6rem;
        height: 0.5rem;
        border-radius: 1px;
      }

      canvas.other {
        width: 0.5rem;
        margin-left: var(--space-2);
      }
    `,
  ];

  @property() palette: PaletteName = 'viridis';
  /** What stands at its two ends. */
  @property() least = '';
  @property() most = '';
  @query('canvas') private ramp!: HTMLCanvasElement;
  @queryAll('.other') private others!: NodeListOf<HTMLCanvasElement>;

  override render() {
    return html`
      <span class="number">${this.least}</span>
      <canvas width="256" height="1" aria-hidden="true"></canvas>
      <span>${this.most}</span>
      <canvas class="other" width="1" height="1" aria-hidden="true"></canvas>
      <span>NaN</span>
      <canvas class="other" width="1" height="1" aria-hidden="true"></canvas>
      <span>∞</span>
    `;
  }

  override updated() {
    const colors = new Uint8ClampedArray(paletteColors(this.palette));
    this.ramp.getContext('2d')!.putImageData(new ImageData(colors, 256, 1), 0, 0);
    [NOT_A_NUMBER_COLOR, INFINITY_COLOR].forEach((color, i) => {
      const pixel = new ImageData(new Uint8ClampedArray(color), 1, 1);
      this.others[i].getContext('2d')!.putImageData(pixel, 0, 0);
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'palette-ramp': PaletteRamp;
  }
}
