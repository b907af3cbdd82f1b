import type { LitElement } from 'lit';
import { cssColor, NAN_COLOR } from '../../../ui/heat-map/colors';
import { RedrawController } from '../../../ui/interaction/redraw';
import type { TokenEdge, TokenRef } from '../model/token-edges';

/** Weights are quantised to this many levels, with one path for each. */
const LEVELS = 16;

interface LineLayout {
  readonly width: number;
  readonly height: number;
  /** Middle of a token's row, in pixels from the top of the canvas; outside of it when scrolled away. */
  queryAt(query: number): number;
  keyAt(key: number): number;
}

interface LineColors {
  readonly usual: string;
  readonly notFinite: string;
}

/** Curves from queries to keys, broader and darker by weight. They start and end horizontally, so that lines to one token form a bundle. */
function drawLines(
  context: CanvasRenderingContext2D,
  edges: readonly TokenEdge[],
  layout: LineLayout,
  colors: LineColors,
): void {
  const paths = Array.from({ length: LEVELS }, () => new Path2D());
  const nonFinite = new Path2D();
  for (const edge of edges) {
    const from = layout.queryAt(edge.query);
    const to = layout.keyAt(edge.key);
    if (Math.max(from, to) < 0 || Math.min(from, to) > layout.height) continue;
    addCurve(
      Number.isFinite(edge.weight) ? paths[levelOf(edge.weight)] : nonFinite,
      from,
      to,
      layout.width,
    );
  }
  context.lineCap = 'butt';
  context.setLineDash([]);
  context.strokeStyle = colors.usual;
  paths.forEach((path, level) => {
    const weight = ((level + 1) / LEVELS) ** 2;
    context.globalAlpha = 0.1 + 0.82 * Math.sqrt(weight);
    context.lineWidth = 0.75 + 4.25 * weight;
    context.stroke(path);
  });
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.setLineDash([5, 3]);
  context.strokeStyle = colors.notFinite;
  context.stroke(nonFinite);
}

/** Finer for small weights, which are the most frequent. */
function levelOf(weight: number): number {
  const level = Math.ceil(Math.sqrt(Math.min(1, Math.max(0, weight))) * LEVELS) - 1;
  return Math.max(0, level);
}

function addCurve(path: Path2D, from: number, to: number, width: number): void {
  path.moveTo(0, from);
  path.bezierCurveTo(0.45 * width, from, 0.55 * width, to, width, to);
}

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
    const layout = boardLayout(middle, this.find('.queries')!, this.find('.keys')!);
    drawLayers(middle, layout, this.layers());
  }
}

function boardLayout(middle: HTMLElement, queries: HTMLElement, keys: HTMLElement): LineLayout {
  const { width, height } = middle.getBoundingClientRect();
  const along = (list: HTMLElement) => {
    const row = list.firstElementChild?.getBoundingClientRect().height ?? 0;
    const { scrollTop } = list;
    return (index: number) => (index + 0.5) * row - scrollTop;
  };
  return { width, height, queryAt: along(queries), keyAt: along(keys) };
}

/** Draws each canvas of `middle` with its layer of edges, in the colour of its style. */
function drawLayers(
  middle: HTMLElement,
  layout: LineLayout,
  layers: readonly (readonly TokenEdge[])[],
): void {
  const nonFinite = cssColor(NAN_COLOR);
  [...middle.querySelectorAll('canvas')].forEach((canvas, i) => {
    canvas.width = Math.round(layout.width * devicePixelRatio);
    canvas.height = Math.round(layout.height * devicePixelRatio);
    const context = canvas.getContext('2d')!;
    context.scale(devicePixelRatio, devicePixelRatio);
    const usual = getComputedStyle(canvas).color;
    drawLines(context, layers[i], layout, { usual, notFinite: nonFinite });
  });
}
