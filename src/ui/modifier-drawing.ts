import { css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { isVisible } from '../attention/modifiers/combine';
import type { Mask, ScoreModifier } from '../attention/modifiers/modifier';
import { UiElement } from './element';

/** Weights are rounded to this many shades, drawn as one path each. */
const SHADES = 8;

/**
 * The effect of a mask or score modifier as a small heat map: queries down, keys across, each cell shaded by its weight
 * relative to its row's maximum. Input scores are zero for masks, and a wave along the diagonal for score modifiers, so
 * that there is something to modify.
 */
@customElement('modifier-drawing')
export class ModifierDrawing extends UiElement {
  static override styles = css`
    :host {
      display: inline-block;
      width: 9rem;
    }

    svg {
      width: 100%;
      background: color-mix(in oklab, var(--accent) 8%, var(--paper));
    }

    path {
      fill: var(--accent);
    }
  `;

  @property({ attribute: false }) mask?: Mask;
  @property({ attribute: false }) scoreModifiers: readonly ScoreModifier[] = [];
  @property({ type: Number }) batch = 0;
  @property({ type: Number }) head = 0;
  @property({ type: Number }) queries = 24;
  @property({ type: Number }) keys = 24;
  /** Sequence lengths that the drawing samples, if longer than its rows and columns: a cell shows its central pair. */
  @property({ attribute: false }) lengths?: { readonly queries: number; readonly keys: number };
  /** Shown below the drawing, and its accessible name. */
  @property() label = '';
  /** Hides the label, except for screen readers. */
  @property({ type: Boolean }) plain = false;

  override render() {
    const { queries, keys, label } = this;
    const paths = this.shades().map((cells, i) =>
      cells.length > 0 ? svg`<path d=${cells.join('')} opacity=${(i + 1) / SHADES} />` : '',
    );
    return html`
      <svg viewBox="0 0 ${keys} ${queries}" role="img" aria-label=${label}>${paths}</svg>
      ${this.plain ? nothing : html`<p class="soft small mt-1" aria-hidden="true">${label}</p>`}
    `;
  }

  /** SVG path parts of the cells of each shade, palest first. */
  private shades(): string[][] {
    const shades = Array.from({ length: SHADES }, (): string[] => []);
    for (let query = 0; query < this.queries; query++) {
      const scores = Array.from({ length: this.keys }, (_, key) => this.score(query, key));
      const largest = Math.max(...scores);
      scores.forEach((score, key) => {
        const shade = Math.ceil(Math.exp(score - largest) * SHADES) - 1;
        if (score > -Infinity && shade >= 0) shades[shade].push(`M${key} ${query}h1v1h-1z`);
      });
    }
    return shades;
  }

  private score(row: number, column: number): number {
    const { mask, batch, head, scoreModifiers, lengths } = this;
    const [query, key] = lengths
      ? [middleOf(row, this.queries, lengths.queries), middleOf(column, this.keys, lengths.keys)]
      : [row, column];
    if (!isVisible(mask, batch, head, query, key)) return -Infinity;
    const wave = scoreModifiers.length > 0 ? 3 * Math.cos((query - key) / 2) : 0;
    return scoreModifiers.reduce(
      (score, modifier) => modifier.score(score, batch, head, query, key),
      wave,
    );
  }
}

const middleOf = (cell: number, cells: number, length: number) =>
  Math.min(length - 1, Math.floor(((cell + 0.5) / cells) * length));

declare global {
  interface HTMLElementTagNameMap {
    'modifier-drawing': ModifierDrawing;
  }
}
