import { css, html, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { MapCells } from '../../../attention/maps/weight-map';
import { poolGrid, thumbnailRange } from '../../../ui/heat-map/cell-values';
import {
  colorScale,
  paintGrid,
  paletteOf,
  putPixels,
  type PaletteName,
  type ScaleKind,
} from '../../../ui/heat-map/colors';
import { UiElement } from '../../../ui/element';

/** All thumbnails share two observers: a grid may have hundreds. */
const visibilityObserver = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      (target as HeadThumbnail).setVisible(isIntersecting);
    }
  },
  { rootMargin: '200px' },
);
const sizeObserver = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    (target as HeadThumbnail).setWidth(contentRect.width);
  }
});

/**
 * A head's pooled map as a small picture: the largest weight that each pixel covers. Drawn when it first becomes visible,
 * and again only when its cells, colours or size change.
 */
@customElement('head-thumbnail')
export class HeadThumbnail extends UiElement {
  static override styles = css`
    :host {
      position: relative;
      overflow: hidden;
      border-radius: 2px;
      background: repeating-linear-gradient(
        135deg,
        var(--surface) 0 6px,
        color-mix(in oklab, var(--line) 55%, var(--surface)) 6px 7px
      );
    }

    canvas {
      width: 100%;
      height: 100%;
      image-rendering: pixelated;
    }
  `;

  @property({ attribute: false }) cells?: MapCells;
  /** How many rows of cells are done: the arrays may be filled further in place. */
  @property({ type: Number }) rowsDone = 0;
  @property() palette: PaletteName = 'viridis';
  @property() scale: ScaleKind = 'linear';
  @query('canvas') private canvas!: HTMLCanvasElement;

  private isSeen = false;
  private isStale = true;
  private pixels = 0;

  override connectedCallback() {
    super.connectedCallback();
    visibilityObserver.observe(this);
    sizeObserver.observe(this);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    visibilityObserver.unobserve(this);
    sizeObserver.unobserve(this);
  }

  override render() {
    return html`<canvas aria-hidden="true" width="1" height="1"></canvas>`;
  }

  override updated(_changed: PropertyValues) {
    this.isStale = true;
    this.draw();
  }

  setVisible(isSeen: boolean) {
    this.isSeen = isSeen;
    this.draw();
  }

  setWidth(width: number) {
    const pixels = Math.round(width * devicePixelRatio);
    if (pixels === this.pixels) return;
    const before = this.factor;
    this.pixels = pixels;
    if (this.factor !== before) this.isStale = true;
    this.draw();
  }

  /** Cells that share a pixel, along each side. */
  private get factor() {
    return this.cells && this.pixels ? Math.ceil(this.cells.width / this.pixels) : 1;
  }

  private draw() {
    if (!this.isSeen || !this.isStale || !this.pixels || !this.hasUpdated) return;
    this.isStale = false;
    const { canvas, cells, palette, scale } = this;
    if (!cells) {
      canvas.getContext('2d')!.clearRect(0, 0, canvas.width, canvas.height);
      return;
    }
    const { height: rows, width: columns, largest: values, done } = cells;
    const { factor } = this;
    const pooled = poolGrid({ rows, columns, values, done }, factor, factor);
    const colors = colorScale(scale, false, thumbnailRange(pooled.values, scale));
    putPixels(canvas, paintGrid(pooled, colors, paletteOf(palette)), pooled.columns);
  }
}
