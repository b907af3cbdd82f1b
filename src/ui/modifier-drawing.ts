import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { isVisible } from '../attention/modifiers/combine';
import type { Mask, ScoreModifier } from '../attention/modifiers/modifier';
import { shared } from './styles/shared';

/** Shades that weights are rounded to: one path each, however many cells there are. */
const SHADES = 8;

/**
 * What a mask or a change of the scores does, drawn by its own predicate: queries down, keys across, a
 * cell's shade its share of its row's largest weight. Scores before the change are all zero for a mask,
 * and a wave along the diagonal for a score modifier, so that there is something to change.
 */
@customElement('modifier-drawing')
export class ModifierDrawing extends LitElement {
  static override styles = [
    ...shared,
    css`
      :host {
        display: inline-block;
        width: 9rem;
      }

      svg {
        display: block;
        width: 100%;
        background: color-mix(in oklab, var(--accent) 8%, var(--paper));
      }

      path {
        fill: var(--accent);
      }

      p {
        margin-top: var(--space-1);
        color: var(--ink-soft);
        font-size: var(--text-small);
      }
    `,
  ];

  @property({ attribute: false }) mask?: Mask;
  @property({ attribute: false }) scoreModifiers: readonly ScoreModifier[] = [];
  @property({ type: Number }) batch = 0;
  @property({ type: Number }) head = 0;
  @property({ type: Number }) queries = 24;
  @property({ type: Number }) keys = 24;
  /** How long the sequences are that the drawing stands for, where it is coarser: a cell shows its middle pair. */
  @property({ attribute: false }) lengths?: { readonly queries: number; readonly keys: number };
  /** Its name, below the drawing and for screen readers. */
  @property() label = '';
  /** For screen readers alone: the name stands beside it already. */
  @property({ type: Boolean }) plain = false;

  override render() {
    const { queries, keys, label } = this;
    const paths = this.shades().map((cells, i) =>
      cells.length > 0 ? svg`<path d=${cells.join('')} opacity=${(i + 1) / SHADES} />` : '',
    );
    return html`
      <svg viewBox="0 0 ${keys} ${queries}" role="img" aria-label=${label}>${paths}</svg>
      ${this.plain ? nothing : html`<p aria-hidden="true">${label}</p>`}
    `;
  }

  /** Outlines of the cells of each shade, palest first. */
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
