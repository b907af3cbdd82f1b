import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { tableBehind } from '../styles/table-behind';
import { renderEdgeTable } from './edge-table';
import { boardLayout, drawLayers } from './line-board';
import { ThemeWatch } from './theme-watch';
import {
  edgesOfAll,
  edgesOfKey,
  edgesOfQuery,
  renormalize,
  type Edges,
  type ShownWeights,
} from './token-edges';
import { renderToken } from './token-button';
import { lineStyles } from './token-lines.css';
import {
  describeKey,
  describeQuery,
  formatShareOf,
  tokenNames,
  type TokenSide,
} from './token-words';

/** A token of either side. */
export interface TokenRef {
  readonly side: TokenSide;
  readonly index: number;
}

/** More lines than these would be neither seen nor drawn in time. */
const MOST_LINES = 20_000;

const nothingShown = renormalize(new Float32Array(), 0, 0, new Set());

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
  static override styles = [...shared, forms, tableBehind, lineStyles];

  /** Queries × keys, row by row. */
  @property({ attribute: false }) weights: Float32Array = new Float32Array();
  @property({ attribute: false }) rowTokens: readonly string[] = [];
  @property({ attribute: false }) columnTokens: readonly string[] = [];
  /** The share of each query's weight that its lines hold at least, from 0 to 1. */
  @property({ type: Number }) mass = 0.9;
  @property({ attribute: false }) locked: readonly TokenRef[] = [];
  @property({ attribute: false }) hiddenKeys: readonly number[] = [];

  /** Under the pointer or in focus. */
  @state() private pointed: TokenRef | null = null;
  @state() private isTableOpen = false;
  /** Where the arrow keys are, on each side. */
  @state() private active = { query: 0, key: 0 };

  private names: Record<TokenSide, readonly string[]> = { query: [], key: [] };
  private stored = nothingShown;
  private shown: ShownWeights = nothingShown;
  private all: Edges = { edges: [], share: 0 };
  private frame = 0;
  private readonly sized = new ResizeObserver(() => this.drawSoon());
  @query('.queries') private queries!: HTMLElement | null;
  @query('.keys') private keys!: HTMLElement | null;
  @query('.middle') private middle!: HTMLElement | null;

  constructor() {
    super();
    new ThemeWatch(this, () => this.drawSoon());
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.sized.disconnect();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  override connectedCallback() {
    super.connectedCallback();
    if (this.middle) this.sized.observe(this.middle);
  }

  override willUpdate(changed: PropertyValues<this>) {
    if (this.problem) return;
    const { weights, rowTokens, columnTokens, hiddenKeys, mass } = this;
    const isOther =
      changed.has('weights') || changed.has('rowTokens') || changed.has('columnTokens');
    if (isOther) {
      this.names = { query: tokenNames(rowTokens), key: tokenNames(columnTokens) };
      this.stored = renormalize(weights, rowTokens.length, columnTokens.length, new Set());
      this.keepWithin();
    }
    if (isOther || changed.has('hiddenKeys')) {
      const hidden = new Set(hiddenKeys);
      this.shown = renormalize(weights, rowTokens.length, columnTokens.length, hidden);
    }
    if (isOther || changed.has('hiddenKeys') || changed.has('mass')) {
      this.all = edgesOfAll(this.shown, mass);
    }
  }

  override updated() {
    if (this.middle) this.sized.observe(this.middle);
    this.drawSoon();
  }

  override render() {
    if (this.problem) return html`<p class="error">${this.problem}</p>`;
    return html`
      ${this.renderControls()}
      <div class="board" @pointerleave=${() => (this.pointed = null)}>
        <h3 class="query-heading" id="queries">Queries</h3>
        <h3 class="key-heading" id="keys">Keys</h3>
        ${this.renderSide('query')}
        <div class="middle" aria-hidden="true" @wheel=${this.scrollBoth}>
          <canvas class=${this.shownTokens.length > 0 ? 'all behind' : 'all'}></canvas>
          <canvas class="of-queries"></canvas>
          <canvas class="of-keys"></canvas>
        </div>
        ${this.renderSide('key')}
      </div>
      <div class="below">
        <p class="told" role="status">${this.told}</p>
        ${this.renderActions()}
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

  /** After a change of tokens, references to those that are gone are dropped. */
  private keepWithin() {
    const count = { query: this.rowTokens.length, key: this.columnTokens.length };
    const isThere = ({ side, index }: TokenRef) => index < count[side];
    this.locked = this.locked.filter(isThere);
    this.hiddenKeys = this.hiddenKeys.filter((index) => index < count.key);
    if (this.pointed && !isThere(this.pointed)) this.pointed = null;
    const within = (side: TokenSide) => Math.min(this.active[side], Math.max(0, count[side] - 1));
    this.active = { query: within('query'), key: within('key') };
  }

  private renderControls() {
    const percent = Math.round(100 * this.mass);
    return html`
      <div class="controls">
        <div class="mass">
          <label for="mass">The strongest edges that hold</label>
          <input
            id="mass"
            type="range"
            min="1"
            max="100"
            .value=${String(percent)}
            aria-valuetext="${percent}% of each query’s weight"
            @input=${this.takeMass}
          />
          <output for="mass"><span class="number">${percent}%</span> of each query’s weight</output>
        </div>
      </div>
      <p class="said">${this.said}</p>
    `;
  }

  /** What is drawn, in numbers. */
  private get said() {
    const { edges, share } = this.all;
    const possible = this.stored.values.reduce((sum, weight) => sum + Number(weight !== 0), 0);
    const whole = (n: number) => n.toLocaleString('en-US');
    const cut =
      edges.length > MOST_LINES ? ` The strongest ${whole(MOST_LINES)} of them are drawn.` : '';
    const rowsOf = (wanted: string) => this.shown.states.filter((it) => it === wanted).length;
    const strange = rowsOf('not finite');
    const empty = rowsOf('all hidden');
    return [
      `${whole(edges.length)} of ${whole(possible)} edges, with ${formatShareOf(share)} of the weight.${cut}`,
      ...(empty > 0 ? [`${rowsCalled(empty)} all weight on hidden keys.`] : []),
      ...(strange > 0 ? [`${rowsCalled(strange)} weights that are not finite: dashed.`] : []),
    ].join(' ');
  }

  private renderSide(side: TokenSide) {
    const name = side === 'query' ? 'queries' : 'keys';
    const tokens = side === 'query' ? this.rowTokens : this.columnTokens;
    const { subject } = this;
    const partners = subject && subject.side !== side ? this.weightsOf(subject) : null;
    return html`
      <ul
        class=${name}
        aria-labelledby=${name}
        @scroll=${this.drawSoon}
        @keydown=${(event: KeyboardEvent) => this.takeKey(event, side)}
      >
        ${tokens.map((token, index) => this.renderToken({ side, index }, token, partners?.[index]))}
      </ul>
    `;
  }

  private renderToken(ref: TokenRef, token: string, weight: number | undefined) {
    const { side, index } = ref;
    return renderToken({
      ...ref,
      token,
      name: this.names[side][index],
      weight,
      isHidden: side === 'key' && this.hiddenKeys.includes(index),
      isStrange: side === 'query' && this.stored.states[index] === 'not finite',
      isPointed: this.pointed !== null && isSame(this.pointed, ref),
      isLocked: this.isLocked(ref),
      isReachable: this.active[side] === index,
      onPress: (withShift) => this.press(ref, withShift),
      onPoint: () => this.point(ref),
      onLeave: () => (this.pointed = null),
      onHide: () => this.toggleHidden(index),
    });
  }

  private renderActions() {
    const { subject, locked, hiddenKeys, names } = this;
    const key = subject?.side === 'key' ? subject.index : null;
    return html`
      <div class="actions">
        ${
          key !== null
            ? html`<button type="button" class="toggle-key" @click=${() => this.toggleHidden(key)}>
                ${hiddenKeys.includes(key) ? 'Show' : 'Hide'} key “${names.key[key]}”
              </button>`
            : nothing
        }
        ${
          hiddenKeys.length > 0
            ? html`<button type="button" class="show-all" @click=${() => this.hide([])}>
                Show all again (${hiddenKeys.length} hidden)
              </button>`
            : nothing
        }
        ${
          locked.length > 0
            ? html`<button type="button" class="unlock-all" @click=${() => this.lock([])}>
                Unlock ${locked.length === 1 ? 'it' : `all ${locked.length}`}
              </button>`
            : nothing
        }
      </div>
    `;
  }

  private renderTable() {
    const { shownTokens, all, shown, stored, names, hiddenKeys, isTableOpen } = this;
    const edges =
      shownTokens.length > 0 ? shownTokens.flatMap((ref) => this.edgesOf(ref)) : all.edges;
    const toggle = (event: Event) => {
      this.isTableOpen = (event.target as HTMLDetailsElement).open;
    };
    return html`
      <details @toggle=${toggle}>
        <summary>Table of ${shownTokens.length > 0 ? 'these' : 'all'} edges</summary>
        ${
          isTableOpen
            ? renderEdgeTable(edges, shown, hiddenKeys.length > 0 ? stored : null, names)
            : nothing
        }
      </details>
    `;
  }

  /** The token that is told of: the one pointed at, or else the one locked last. */
  private get subject(): TokenRef | null {
    return this.pointed ?? this.locked.at(-1) ?? null;
  }

  /** Tokens whose edges are drawn in front of the others. */
  private get shownTokens(): readonly TokenRef[] {
    const { pointed, locked } = this;
    return pointed && !this.isLocked(pointed) ? [...locked, pointed] : locked;
  }

  private get told(): string {
    const { subject, names, shown } = this;
    if (!subject) return 'Point at a token to see its edges. A click keeps them, H hides a key.';
    const { side, index } = subject;
    const name = names[side][index];
    const edges = this.edgesWithin(subject);
    return side === 'query'
      ? describeQuery(name, edges, names.key, shown.states[index], shown.hiddenMass[index])
      : describeKey(name, edges, names.query, this.hiddenKeys.includes(index));
  }

  private edgesOf(ref: TokenRef) {
    return this.edgesWithin(ref).edges;
  }

  /** Of a hidden key, what it held. */
  private edgesWithin({ side, index }: TokenRef): Edges {
    if (side === 'query') return edgesOfQuery(this.shown, index, this.mass);
    const isHidden = this.hiddenKeys.includes(index);
    return edgesOfKey(isHidden ? this.stored : this.shown, index, this.mass);
  }

  /** All weights between a token and those of the other side, drawn or not. */
  private weightsOf({ side, index }: TokenRef): number[] {
    const { rows, columns, values } = this.shown;
    return side === 'query'
      ? [...values.subarray(index * columns, (index + 1) * columns)]
      : Array.from({ length: rows }, (_, row) => values[row * columns + index]);
  }

  private isLocked(ref: TokenRef) {
    return this.locked.some((other) => isSame(ref, other));
  }

  private point(ref: TokenRef) {
    this.pointed = ref;
    this.active = { ...this.active, [ref.side]: ref.index };
  }

  private press(ref: TokenRef, withShift: boolean) {
    if (withShift && ref.side === 'key') this.toggleHidden(ref.index);
    else if (this.isLocked(ref)) this.lock(this.locked.filter((other) => !isSame(ref, other)));
    else this.lock([...this.locked, ref]);
  }

  private lock(locked: readonly TokenRef[]) {
    this.locked = locked;
    this.tell('token-lock', { locked });
  }

  private toggleHidden(key: number) {
    const { hiddenKeys } = this;
    const isHidden = hiddenKeys.includes(key);
    this.hide(isHidden ? hiddenKeys.filter((other) => other !== key) : [...hiddenKeys, key]);
  }

  private hide(hiddenKeys: readonly number[]) {
    this.hiddenKeys = hiddenKeys;
    this.tell('token-hide', { hiddenKeys });
  }

  private takeMass = (event: Event) => {
    this.mass = Number((event.target as HTMLInputElement).value) / 100;
    this.tell('mass-change', { mass: this.mass });
  };

  private takeKey(event: KeyboardEvent, side: TokenSide) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = this.afterKey(event.key, side);
    if (next) this.focusOn(next);
    else if (event.key.toLowerCase() === 'h' && side === 'key') this.toggleHidden(this.active.key);
    else return;
    event.preventDefault();
  }

  /** Up and down along a side; left and right to the strongest partner on the other. */
  private afterKey(key: string, side: TokenSide): TokenRef | null {
    const here = this.active[side];
    const last = (side === 'query' ? this.rowTokens : this.columnTokens).length - 1;
    if (key === 'ArrowDown') return { side, index: Math.min(last, here + 1) };
    if (key === 'ArrowUp') return { side, index: Math.max(0, here - 1) };
    if (key === 'Home') return { side, index: 0 };
    if (key === 'End') return { side, index: last };
    if (key !== (side === 'query' ? 'ArrowRight' : 'ArrowLeft')) return null;
    const other = side === 'query' ? 'key' : 'query';
    const [strongest] = this.edgesOf({ side, index: here });
    return { side: other, index: strongest ? strongest[other] : this.active[other] };
  }

  private focusOn({ side, index }: TokenRef) {
    const list = side === 'query' ? this.queries : this.keys;
    list?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  }

  private scrollBoth = (event: WheelEvent) => {
    const lists = [this.queries!, this.keys!];
    const before = lists.map(({ scrollTop }) => scrollTop);
    for (const list of lists) list.scrollTop += event.deltaY;
    if (lists.some(({ scrollTop }, i) => scrollTop !== before[i])) event.preventDefault();
  };

  private drawSoon = () => {
    if (this.frame || !this.isConnected) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  };

  private draw() {
    const { middle, all, shownTokens } = this;
    if (!middle) return;
    const edgesOfSide = (wanted: TokenSide) =>
      shownTokens.filter(({ side }) => side === wanted).flatMap((ref) => this.edgesOf(ref));
    // What is not finite stays in front, whatever else is looked at.
    const strange = all.edges.filter(({ weight }) => !Number.isFinite(weight));
    drawLayers(middle, boardLayout(middle, this.queries!, this.keys!), [
      all.edges.slice(strange.length, MOST_LINES),
      [...strange, ...edgesOfSide('query')],
      edgesOfSide('key'),
    ]);
  }

  private tell(type: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

const isSame = (a: TokenRef, b: TokenRef) => a.side === b.side && a.index === b.index;

const rowsCalled = (count: number) => (count === 1 ? '1 row has' : `${count} rows have`);

declare global {
  interface HTMLElementTagNameMap {
    'token-lines': TokenLines;
  }
}
