import { css, svg, type SVGTemplateResult } from 'lit';
import { add, type Matrix, type Vector } from '../../model/matrix';
import type { PlaneFrame } from './frame';

/** A sentence in the plane: its words' arrows, and their sum. */
export const contextStyles = css`
  .sentences .own {
    flex-wrap: wrap;
  }

  .sentences .own input {
    flex: 1 1 14rem;
    max-width: 32rem;
    font-family: var(--sans);
  }

  /* What is pointed at, here or in the prose. */
  .arrow.part.hovered line,
  .plane[data-highlighted='value'] .arrow.part line,
  .plane[data-highlighted='output'] .arrow.output line {
    stroke-width: 4;
  }

  .arrow.unscaled {
    --role-color: color-mix(in oklab, var(--value) 45%, var(--paper));
  }

  .enlarged .arrow.part line {
    stroke-width: 2.5;
  }

  :is(.word, .summand).hovered text {
    font-weight: 600;
  }

  .plane[data-highlighted='value'] .word .mark {
    stroke: var(--value);
    stroke-width: 3;
  }

  .plane[data-highlighted='output'] .moved circle {
    stroke: var(--output);
    stroke-width: 6;
  }
`;

/** Where each arrow of a chain ends, starting at the origin; the last end is repeated up to `length`. */
export function chainOf(arrows: Matrix, length: number): Vector[] {
  let at: Vector = [0, 0];
  const ends = arrows.map((arrow) => (at = add(at, arrow)));
  return Array.from({ length }, (_, i) => ends[i] ?? at);
}

/** An arrow of the plane; empty if it would be shorter than its head. */
export function renderArrow(
  frame: PlaneFrame,
  from: Vector,
  to: Vector,
  name: string,
  size = 5,
): SVGTemplateResult {
  const [x1, y1, x2, y2] = [frame.x(from[0]), frame.y(from[1]), frame.x(to[0]), frame.y(to[1])];
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length < 1) return svg``;
  const head = Math.min(size, length * 0.6);
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [bx, by] = [x2 - ux * head * 1.6, y2 - uy * head * 1.6];
  const corner = (side: number) =>
    `${(bx - uy * head * 0.7 * side).toFixed(2)},${(by + ux * head * 0.7 * side).toFixed(2)}`;
  return svg`
    <g class="arrow ${name}">
      <line class="role-line" x1=${x1} y1=${y1} x2=${bx} y2=${by} />
      <polygon class="role-fill" points="${x2.toFixed(2)},${y2.toFixed(2)} ${corner(1)} ${corner(-1)}" />
    </g>
  `;
}
