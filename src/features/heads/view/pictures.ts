import { css } from 'lit';
import type { Size } from '../../../ui/heat-map/geometry';

/** Pictures with something to point at. */
export const pictureStyles = css`
  .picture {
    position: relative;
    cursor: crosshair;
  }

  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
`;

/** Sizes a canvas to device pixels and clears it; its context draws in CSS pixels. */
export function openCanvas(
  canvas: HTMLCanvasElement,
  { width, height }: Size,
): CanvasRenderingContext2D {
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  const context = canvas.getContext('2d')!;
  context.scale(devicePixelRatio, devicePixelRatio);
  return context;
}
