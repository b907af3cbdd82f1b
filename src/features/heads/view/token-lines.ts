import { formatCount } from '../../../numeric/format';
import { css, html, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { emit } from '../../../ui/emit';
import '../../../ui/controls/ui-data-table';
import type { DataColumn } from '../../../ui/controls/ui-data-table';
import type { UiSlider } from '../../../ui/controls/ui-slider';
import '../../../ui/controls/ui-slider';
import { UiElement } from '../../../ui/element';
import { RedrawController } from '../../../ui/interaction/redraw';
import { formatShortWeight, MAX_LINES, TokenAttention } from '../model/token-attention';
import {
  type ShownWeights,
  type TokenEdge,
  type TokenSide,
  otherTokenSide,
  type TokenRef,
} from '../model/token-edges';
import { drawLines, rowPosition } from './line-drawing';
import { openCanvas, pictureStyles } from './pictures';
import { styled } from '../../../ui/styled';
import { renderTokenActions, renderToken, tokenStyles } from './token-button';
import { TokenChoice, tokenAfterKey } from './token-choice';

const linesStyles = css`
  ui-slider {
    max-width: 36rem;
  }

  .board {
    display: grid;
    grid-template-columns: minmax(7rem, 13rem) minmax(4rem, 1fr) minmax(7rem, 13rem);
  }

  h3 {
    padding: 0 var(--space-2) var(--space-1);
    font-weight: 400;
  }

  ul {
    max-height: min(36rem, 72vh);
    overflow: hidden auto;
    scrollbar-width: thin;
  }

  .queries {
    direction: rtl;
  }

  .queries li {
    direction: ltr;
  }

  .middle {
    position: relative;
  }

  canvas {
    color: var(--accent);
    transition: opacity 120ms;
  }

  canvas.of-keys {
    color: var(--series-3);
  }

  /* Room for two lines, so that what is below stays where it is. */
  .readout {
    flex: 1 1 24rem;
    min-height: 3em;
  }

  @media (max-width: 30rem) {
    .board {
      grid-template-columns: minmax(0, 7.5rem) minmax(4rem, 1fr) minmax(0, 7.5rem);
    }

    .readout {
      min-height: 4.5em;
    }
  }
`;

const formatMass = (mass: number) => `${Math.round(100 * mass)} % of each query’s attention`;

/** The edges behind the lines. With `before`, weights from before keys were hidden are listed, too. */
const edgeColumns = (
  shown: ShownWeights,
  before: ShownWeights | null,
  names: Readonly<Record<TokenSide, readonly string[]>>,
): readonly DataColumn<TokenEdge>[] => {
  const weight =
    ({ values, columns }: ShownWeights) =>
    ({ query, key }: TokenEdge) =>
      formatShortWeight(values[query * columns + key]);
  return [
    { label: 'Query', value: ({ query }) => names.query[query] },
    { label: 'Key', value: ({ key }) => names.key[key] },
    { label: 'Weight', numeric: true, value: weight(shown) },
    ...(before ? [{ label: 'Before hiding', numeric: true, value: weight(before) }] : []),
  ];
};

/**
 * Attention among up to a few hundred tokens as lines from queries to keys: each query's strongest edges that together
 * hold a share of its weight. Hovering over a token shows its edges and their weights, a click keeps them. The weight of
 * hidden keys goes to the others.
 *
 * @fires {CustomEvent<{ locked: readonly TokenRef[] }>} token-lock
 * @fires {CustomEvent<{ hiddenKeys: readonly number[] }>} token-hide
 * @fires {CustomEvent<{ mass: number }>} mass-change
 */
@customElement('token-lines')
export class TokenLines extends UiElement {
  static override styles = [pictureStyles, linesStyles, tokenStyles];

  /** Queries × keys, row by row. */
  @property({ attribute: false }) weights: Float32Array = new Float32Array();
  @property({ attribute: false }) rowTokens: readonly string[] = [];
  @property({ attribute: false }) columnTokens: readonly string[] = [];
  /** Share of each query's weight that its lines cover, 0 to 1. */
  @property({ type: Number }) mass = 0.9;
  @property({ attribute: false }) locked: readonly TokenRef[] = [];
  @property({ attribute: false }) hiddenKeys: readonly number[] = [];

  private attention = new TokenAttention(this.weights, [], []);
  private readonly choice = new TokenChoice(this);
  private readonly redraw = new RedrawController(
    this,
    () => this.middle,
    () => this.draw(),
  );
  @query('.middle') private middle!: HTMLElement | null;
  @query('.queries') private queries!: HTMLElement;
  @query('.keys') private keys!: HTMLElement;

  override willUpdate(changed: PropertyValues<this>) {
    if (this.problem) return;
    const { weights, rowTokens, columnTokens } = this;
    const isOther =
      changed.has('weights') || changed.has('rowTokens') || changed.has('columnTokens');
    if (isOther) {
      this.attention = new TokenAttention(weights, rowTokens, columnTokens);
      this.choice.keepWithin({ query: rowTokens.length, key: columnTokens.length });
    }
    if (isOther || changed.has('hiddenKeys') || changed.has('mass')) {
      this.attention.show(this.hiddenKeys, this.mass);
    }
  }

  override render() {
    if (this.problem) return html`<p class="error">${this.problem}</p>`;
    const { choice, attention } = this;
    const { subject } = choice;
    return html`
      <ui-slider
        id="mass"
        label="Show top edges covering"
        min="0.01"
        max="1"
        .value=${this.mass}
        .format=${formatMass}
        @input=${this.changeMass}
      ></ui-slider>
      <p class="summary soft small mt-1 mb-3">${attention.summary}</p>
      <div class="board" @pointerleave=${() => choice.leave()}>
        <h3 class="soft end-aligned" id="queries">Queries</h3>
        <span></span>
        <h3 class="soft" id="keys">Keys</h3>
        ${this.renderSide('query')}
        <div class="middle" aria-hidden="true" @wheel=${this.scrollBoth}>
          <canvas
            class="all"
            ${styled({ opacity: choice.inFront.length > 0 ? '0.22' : '1' })}
          ></canvas>
          <canvas class="of-queries"></canvas>
          <canvas class="of-keys"></canvas>
        </div>
        ${this.renderSide('key')}
      </div>
      <div class="row start between mt-3">
        <p class="readout" role="status">
          ${
            subject
              ? attention.describe(subject)
              : 'Hover over a token to see its edges; click it to keep them. H hides a key.'
          }
        </p>
        ${renderTokenActions(choice, this, attention.names.key)}
      </div>
      ${this.renderTable()}
    `;
  }

  private get problem(): string | null {
    const { weights, rowTokens, columnTokens } = this;
    const needed = rowTokens.length * columnTokens.length;
    if (weights.length === needed) return null;
    return `weights has ${weights.length} values; ${rowTokens.length} row tokens × ${columnTokens.length} column tokens need ${needed}.`;
  }

  private renderSide(side: TokenSide) {
    const name = side === 'query' ? 'queries' : 'keys';
    const tokens = side === 'query' ? this.rowTokens : this.columnTokens;
    const { subject } = this.choice;
    const partners = subject && subject.side !== side ? this.attention.weightsOf(subject) : null;
    return html`
      <ul
        class="plain-list ${name}"
        aria-labelledby=${name}
        @scroll=${this.redraw.request}
        @keydown=${(event: KeyboardEvent) => this.handleKey(event, side)}
      >
        ${tokens.map((token, index) =>
          renderToken({ side, index }, token, partners?.[index], this.choice, this.attention),
        )}
      </ul>
    `;
  }

  private renderTable() {
    const { choice, attention } = this;
    const { all, shown, stored, names } = attention;
    const hasSome = choice.inFront.length > 0;
    const edges = hasSome
      ? choice.inFront.flatMap((token) => attention.edgesOf(token).edges)
      : all.edges;
    const before = this.hiddenKeys.length > 0 ? stored : null;
    return html`<ui-data-table
      summary="Table of ${hasSome ? 'these' : 'all'} edges"
      .columns=${edgeColumns(shown, before, names)}
      .rows=${edges}
      .describeRest=${(count: number) => `And ${formatCount(count)} weaker ones.`}
    ></ui-data-table>`;
  }

  /** Edges for the canvases: all, and in front of them those of chosen queries and of chosen keys. */
  private layers() {
    const { choice, attention } = this;
    const { edges } = attention.all;
    const chosenOf = (chosenSide: TokenSide) =>
      choice.inFront
        .filter(({ side }) => side === chosenSide)
        .flatMap((token) => attention.edgesOf(token).edges);
    // Weights that are not finite stay in front.
    const nonFinite = edges.filter(({ weight }) => !Number.isFinite(weight));
    return [
      edges.slice(nonFinite.length, MAX_LINES),
      [...nonFinite, ...chosenOf('query')],
      chosenOf('key'),
    ];
  }

  private draw() {
    const { middle, queries, keys } = this;
    if (!middle) return;
    const size = middle.getBoundingClientRect();
    const layers = this.layers();
    middle.querySelectorAll('canvas').forEach((canvas, i) => {
      const context = openCanvas(canvas, size);
      drawLines(context, size, layers[i], rowPosition(queries), rowPosition(keys));
    });
  }

  private scrollBoth(event: WheelEvent) {
    const lists = [this.queries, this.keys];
    const before = lists.map(({ scrollTop }) => scrollTop);
    for (const list of lists) list.scrollTop += event.deltaY;
    if (lists.some(({ scrollTop }, i) => scrollTop !== before[i])) event.preventDefault();
  }

  private changeMass(event: Event) {
    const mass = Math.round(100 * (event.target as UiSlider).value) / 100;
    this.mass = mass;
    emit(this, 'mass-change', { mass });
  }

  private handleKey(event: KeyboardEvent, side: TokenSide) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { choice } = this;
    const here = choice.tabStop(side);
    const next = this.tokenAfter(event.key, here);
    if (next) this.focusToken(next);
    else if (event.key.toLowerCase() === 'h' && side === 'key') choice.toggleHidden(here.index);
    else return;
    event.preventDefault();
  }

  private focusToken({ side, index }: TokenRef) {
    const list = side === 'query' ? this.queries : this.keys;
    list.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  }

  /** Across to the other side, to the partner with the strongest edge. */
  private tokenAfter(key: string, here: TokenRef): TokenRef | null {
    const count = { query: this.rowTokens.length, key: this.columnTokens.length };
    const other = otherTokenSide(here.side);
    return tokenAfterKey(key, here, count, () => {
      const [strongest] = this.attention.edgesOf(here).edges;
      return strongest ? strongest[other] : this.choice.tabStop(other).index;
    });
  }
}

declare global {
  interface HTMLElementEventMap {
    'token-lock': CustomEvent<{ readonly locked: readonly TokenRef[] }>;
    'token-hide': CustomEvent<{ readonly hiddenKeys: readonly number[] }>;
    'mass-change': CustomEvent<{ readonly mass: number }>;
  }

  interface HTMLElementTagNameMap {
    'token-lines': TokenLines;
  }
}
