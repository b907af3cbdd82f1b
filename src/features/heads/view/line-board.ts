import type { LitElement } from 'lit';
import { cssColor, NAN_COLOR } from '../../../ui/heat-map/colors';
import { RedrawController } from '../../../ui/interaction/redraw';
import type { TokenEdge, TokenRef } from '../model/token-edges';
import { openCanvas } from './pictures';

/** Weights are quantised to this many levels, with one path for each. */
const LEVELS = 16;

/** Middle of a token's row, in pixels from the top of the canvas; outside of it when scrolled away. */
type RowPosition = (index: number) => number;

/** Two lists of tokens that scroll separately, and the canvases between them. */
export class LineBoard {
  private readonly redraw: RedrawController;

  constructor(
    private readonly host: LitElement,
    private readonly layers: () => readonly (readonly TokenEdge[])[],
  ) {
    this.redraw = new RedrawController(
      host,
      () => this.find('.middle'),
      () => this.draw(),
    );
  }

  readonly requestDraw = (): void => this.redraw.request();

  /** The wheel between the lists scrolls both. */
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
    const size = middle.getBoundingClientRect();
    const queryAt = rowPosition(this.find('.queries')!);
    const keyAt = rowPosition(this.find('.keys')!);
    const layers = this.layers();
    middle.querySelectorAll('canvas').forEach((canvas, i) => {
      drawLines(openCanvas(canvas, size), size, layers[i], queryAt, keyAt);
    });
  }
}

function rowPosition(list: HTMLElement): RowPosition {
  const row = list.firstElementChild?.getBoundingClientRect().height ?? 0;
  const { scrollTop } = list;
  return (index) => (index + 0.5) * row - scrollTop;
}

/**
 * Curves from queries to keys in the colour of the canvas, broader and darker by weight. They start and end horizontally,
 * so that lines to one token form a bundle.
 */
function drawLines(
  context: CanvasRenderingContext2D,
  { width, height }: { readonly width: number; readonly height: number },
  edges: readonly TokenEdge[],
  queryAt: RowPosition,
  keyAt: RowPosition,
): void {
  const paths = Array.from({ length: LEVELS }, () => new Path2D());
  const nonFinite = new Path2D();
  for (const { query, key, weight } of edges) {
    const [from, to] = [queryAt(query), keyAt(key)];
    if (Math.max(from, to) < 0 || Math.min(from, to) > height) continue;
    const path = Number.isFinite(weight) ? paths[levelOf(weight)] : nonFinite;
    path.moveTo(0, from);
    path.bezierCurveTo(0.45 * width, from, 0.55 * width, to, width, to);
  }
  context.strokeStyle = getComputedStyle(context.canvas).color;
  paths.forEach((path, level) => {
    const weight = ((level + 1) / LEVELS) ** 2;
    context.globalAlpha = 0.1 + 0.82 * Math.sqrt(weight);
    context.lineWidth = 0.75 + 4.25 * weight;
    context.stroke(path);
  });
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.setLineDash([5, 3]);
  context.strokeStyle = cssColor(NAN_COLOR);
  context.stroke(nonFinite);
}

/** Finer for small weights, which are the most frequent. */
function levelOf(weight: number): number {
  const level = Math.ceil(Math.sqrt(Math.min(1, Math.max(0, weight))) * LEVELS) - 1;
  return Math.max(0, level);
}
