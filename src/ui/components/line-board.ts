import type { LitElement } from 'lit';
import { NOT_A_NUMBER_COLOR } from '../palette';
import { drawLines, type LineLayout } from './line-drawing';
import { Redraw } from './redraw';
import type { TokenEdge } from './token-edges';
import type { TokenRef } from './token-ref';

/** Two lists of tokens, each scrolled by itself, and the canvases between them that follow. */
export class LineBoard {
  private readonly redraw: Redraw;

  /** @param layers Edges for each canvas, from back to front. */
  constructor(
    private readonly host: LitElement,
    private readonly layers: () => readonly (readonly TokenEdge[])[],
  ) {
    this.redraw = new Redraw(
      host,
      () => this.find('.middle'),
      () => this.draw(),
    );
  }

  /** A list was scrolled. */
  readonly follow = (): void => this.redraw.soon();

  /** The wheel turned between the lists scrolls both. */
  readonly scrollBoth = (event: WheelEvent): void => {
    const lists = [this.find('.queries')!, this.find('.keys')!];
    const before = lists.map(({ scrollTop }) => scrollTop);
    for (const list of lists) list.scrollTop += event.deltaY;
    if (lists.some(({ scrollTop }, i) => scrollTop !== before[i])) event.preventDefault();
  };

  focus({ side, index }: TokenRef): void {
    const list = this.find(side === 'query' ? '.queries' : '.keys');
    list?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  }

  private find(selector: string): HTMLElement | null {
    return this.host.renderRoot?.querySelector<HTMLElement>(selector) ?? null;
  }

  private draw(): void {
    const middle = this.find('.middle');
    if (!middle) return;
    const layout = boardLayout(middle, this.find('.queries')!, this.find('.keys')!);
    drawLayers(middle, layout, this.layers());
  }
}

/** Where tokens are beside the canvases. */
function boardLayout(middle: HTMLElement, queries: HTMLElement, keys: HTMLElement): LineLayout {
  const { width, height } = middle.getBoundingClientRect();
  const along = (list: HTMLElement) => {
    const row = list.firstElementChild?.getBoundingClientRect().height ?? 0;
    const { scrollTop } = list;
    return (index: number) => (index + 0.5) * row - scrollTop;
  };
  return { width, height, queryAt: along(queries), keyAt: along(keys) };
}

/** Draws each canvas of `middle` with its layer of edges, in the colour that its style gives it. */
function drawLayers(
  middle: HTMLElement,
  layout: LineLayout,
  layers: readonly (readonly TokenEdge[])[],
): void {
  const notFinite = `rgb(${NOT_A_NUMBER_COLOR.slice(0, 3).join(' ')})`;
  [...middle.querySelectorAll('canvas')].forEach((canvas, i) => {
    canvas.width = Math.round(layout.width * devicePixelRatio);
    canvas.height = Math.round(layout.height * devicePixelRatio);
    const context = canvas.getContext('2d')!;
    context.scale(devicePixelRatio, devicePixelRatio);
    const usual = getComputedStyle(canvas).color;
    drawLines(context, layers[i], layout, { usual, notFinite });
  });
}
