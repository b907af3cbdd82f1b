import { css, html } from 'lit';
import { customElement, property, queryAll } from 'lit/decorators.js';
import { UiElement } from '../element';
import { INFINITY_COLOR, NAN_COLOR, paletteColors, putPixels, type PaletteName } from './colors';

/** A palette from its minimum to its maximum, and the colours of non-finite values. */
@customElement('palette-ramp')
export class PaletteRamp extends UiElement {
  static override styles = css`
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--space-2);
      align-items: center;
      color: var(--ink-soft);
      font-size: var(--text-small);
    }

    canvas {
      width: 6rem;
      height: 0.5rem;
      border-radius: 1px;
    }

    canvas.swatch {
      width: 0.5rem;
      margin-left: var(--space-2);
    }
  `;

  @property() palette: PaletteName = 'viridis';
  /** Labels of its ends. */
  @property() min = '';
  @property() max = '';
  @queryAll('canvas') private canvases!: NodeListOf<HTMLCanvasElement>;

  override render() {
    return html`
      <span class="number">${this.min}</span>
      <canvas aria-hidden="true"></canvas>
      <span>${this.max}</span>
      <canvas class="swatch" aria-hidden="true"></canvas>
      <span>NaN</span>
      <canvas class="swatch" aria-hidden="true"></canvas>
      <span>∞</span>
    `;
  }

  override updated() {
    const [ramp, nan, infinity] = this.canvases;
    putPixels(ramp, paletteColors(this.palette), 256);
    putPixels(nan, Uint32Array.of(NAN_COLOR), 1);
    putPixels(infinity, Uint32Array.of(INFINITY_COLOR), 1);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'palette-ramp': PaletteRamp;
  }
}
