import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { tableBehind } from '../styles/table-behind';
import { renderEdgeTable } from './edge-table';
import { LineBoard } from './line-board';
import { renderMassSlider } from './mass-slider';
import { tell } from './tell';
import { renderTokenActions } from './token-actions';
import { MOST_LINES, TokenAttention } from './token-attention';
import { renderToken } from './token-button';
import { tokenStyles } from './token-button.css';
import { TokenChoice } from './token-choice';
import { tokenAfterKey } from './token-keys';
import { lineStyles } from './token-lines.css';
import { otherSide, type TokenRef, type TokenSide } from './token-ref';

/**
 * Attention among up to a few hundred tokens as lines from queries to keys: of each query the strongest edges that
 * hold a share of its weight. Pointing at a token shows its edges and their weights, a click keeps them; hidden keys
 * leave their weight to the others.
 *
 * @fires {CustomEvent<{ locked: readonly TokenRef[] }>} token-lock
 * @fires {CustomEvent<{ hiddenKeys: readonly number[] }>} token-hide
 * @fires {CustomEvent<{ mass: number }>} mass-change
 */
@customElement('token-lines')
export class TokenLines extends LitElement {
  static override styles = [...shared, forms, tableBehind, lineStyles, tokenStyles];

  /** Queries × keys, row by row. */
  @property({ attribute: false }) weights: Float32Array = new Float32Array();
  @property({ attribute: false }) rowTokens: readonly string[] = [];
  @property({ attribute: false }) columnTokens: readonly string[] = [];
  /** The share of each query's weight that its lines hold at least, from 0 to 1. */
  @property({ type: Number }) mass = 0.9;
  @property({ attribute: false }) locked: readonly TokenRef[] = [];
  @property({ attribute: false }) hiddenKeys: readonly number[] = [];

  @state() private isTableOpen = false;

  private attention = new TokenAttention(this.weights, [], []);
  private readonly choice = new TokenChoice(this);
  private readonly board = new LineBoard(this, () => this.layers());

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
    const { choice, board, attention } = this;
    const { subject } = choice;
    const told = subject
      ? attention.tell(subject)
      : 'Point at a token to see its edges. A click keeps them, H hides a key.';
    return html`
      ${renderMassSlider(this.mass, (mass) => this.takeMass(mass))}
      <p class="said">${attention.summary}</p>
      <div class="board" @pointerleave=${() => choice.leave()}>
        <h3 class="query-heading" id="queries">Queries</h3>
        <h3 class="key-heading" id="keys">Keys</h3>
        ${this.renderSide('query')}
        <div class="middle" aria-hidden="true" @wheel=${board.scrollBoth}>
          <canvas class=${choice.inFront.length > 0 ? 'all behind' : 'all'}></canvas>
          <canvas class="of-queries"></canvas>
          <canvas class="of-keys"></canvas>
        </div>
        ${this.renderSide('key')}
      </div>
      <div class="below">
        <p class="told" role="status">${told}</p>
        ${renderTokenActions(choice, this, attention.names.key)}
      </div>
      ${this.renderTable()}
    `;
  }

  /** What is wrong with what was given. */
  private get problem(): string | null {
    const { weights, rowTokens, columnTokens } = this;
    const needed = rowTokens.length * columnTokens.length;
    if (weights.length === needed) return null;
    return `weights has ${weights.length} values; ${rowTokens.length} row tokens × ${columnTokens.length} column tokens need ${needed}.`;
  }

  private renderSide(side: TokenSide) {
    const name = side === 'query' ? 'queries' : 'keys';
    const { subject } = this.choice;
    const partners = subject && subject.side !== side ? this.attention.weightsOf(subject) : null;
    return html`
      <ul
        class=${name}
        aria-labelledby=${name}
        @scroll=${this.board.follow}
        @keydown=${(event: KeyboardEvent) => this.takeKey(event, side)}
      >
        ${this.tokensOf(side).map((token, index) =>
          this.renderToken({ side, index }, token, partners?.[index]),
        )}
      </ul>
    `;
  }

  private renderToken(ref: TokenRef, token: string, weight: number | undefined) {
    const { choice, attention } = this;
    const { side, index } = ref;
    return renderToken({
      ...ref,
      token,
      name: attention.names[side][index],
      weight,
      isHidden: choice.isHidden(ref),
      isStrange: attention.isStrange(ref),
      isPointed: choice.isPointed(ref),
      isLocked: choice.isLocked(ref),
      isReachable: choice.reachable(side).index === index,
      onPress: (withShift) => choice.press(ref, withShift),
      onPoint: () => choice.point(ref),
      onLeave: () => choice.leave(),
      onHide: () => choice.toggleHidden(index),
    });
  }

  private renderTable() {
    const { choice, attention, isTableOpen } = this;
    const { all, shown, stored, names } = attention;
    const hasSome = choice.inFront.length > 0;
    const edges = hasSome
      ? choice.inFront.flatMap((token) => attention.edgesOf(token).edges)
      : all.edges;
    const before = this.hiddenKeys.length > 0 ? stored : null;
    const toggle = (event: Event) => {
      this.isTableOpen = (event.target as HTMLDetailsElement).open;
    };
    return html`
      <details @toggle=${toggle}>
        <summary>Table of ${hasSome ? 'these' : 'all'} edges</summary>
        ${isTableOpen ? renderEdgeTable(edges, shown, before, names) : nothing}
      </details>
    `;
  }

  private tokensOf(side: TokenSide): readonly string[] {
    return side === 'query' ? this.rowTokens : this.columnTokens;
  }

  /** Edges for the canvases: all, and in front of them those of chosen queries and of chosen keys. */
  private layers() {
    const { choice, attention } = this;
    const { edges } = attention.all;
    const chosenOf = (wanted: TokenSide) =>
      choice.inFront
        .filter(({ side }) => side === wanted)
        .flatMap((token) => attention.edgesOf(token).edges);
    // What is not finite stays in front, whatever else is looked at.
    const strange = edges.filter(({ weight }) => !Number.isFinite(weight));
    return [
      edges.slice(strange.length, MOST_LINES),
      [...strange, ...chosenOf('query')],
      chosenOf('key'),
    ];
  }

  private takeMass(mass: number) {
    this.mass = mass;
    tell(this, 'mass-change', { mass });
  }

  private takeKey(event: KeyboardEvent, side: TokenSide) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { choice } = this;
    const here = choice.reachable(side);
    const next = this.afterKey(event.key, here);
    if (next) this.board.focus(next);
    else if (event.key.toLowerCase() === 'h' && side === 'key') choice.toggleHidden(here.index);
    else return;
    event.preventDefault();
  }

  /** Across, it goes to the strongest partner. */
  private afterKey(key: string, here: TokenRef): TokenRef | null {
    const count = { query: this.rowTokens.length, key: this.columnTokens.length };
    const other = otherSide(here.side);
    return tokenAfterKey(key, here, count, () => {
      const [strongest] = this.attention.edgesOf(here).edges;
      return strongest ? strongest[other] : this.choice.reachable(other).index;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'token-lines': TokenLines;
  }
}
