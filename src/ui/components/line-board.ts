import { NOT_A_NUMBER_COLOR } from '../palette';
import { drawLines, type LineLayout } from './line-drawing';
import type { TokenEdge } from './token-edges';

/** Where tokens are beside the canvases between two lists, each scrolled by itself. */
export function boardLayout(
  middle: HTMLElement,
  queries: HTMLElement,
  keys: HTMLElement,
): LineLayout {
  const { width, height } = middle.getBoundingClientRect();
  const along = (list: HTMLElement) => {
    const row = list.firstElementChild?.getBoundingClientRect().height ?? 0;
    const { scrollTop } = list;
    return (index: number) => (index + 0.5) * row - scrollTop;
  };
  return { width, height, queryAt: along(queries), keyAt: along(keys) };
}

/** Draws each canvas of `middle` with its layer of edges, in the colour that its style gives it. */
export function drawLayers(
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
