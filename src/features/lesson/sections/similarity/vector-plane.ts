import { css, html, nothing, svg } from 'lit';
import { dot, norm, scale, type Vector } from '../../model/matrix';
import { dragPoint, PlaneFrame, planeLine } from '../../parts/plane/frame';

export const vectorPlaneStyles = css`
  svg.vectors {
    max-width: 32rem;
  }

  .vectors .axis {
    stroke: var(--edge);
  }

  .vectors .arrow {
    stroke: var(--role-color);
    stroke-width: 2.5;
  }

  .vectors .shadow {
    stroke: var(--key);
    stroke-width: 7;
    opacity: 0.4;
  }

  .vectors .shadow.highlighted {
    opacity: 0.8;
  }

  .vectors .perpendicular {
    stroke: var(--key);
    stroke-dasharray: 3 4;
  }
`;

const frame = new PlaneFrame({ left: -3.5, right: 3.5, bottom: -2.8, top: 2.8 });

interface VectorPlane {
  readonly a: Vector;
  readonly b: Vector;
  readonly hovered: string;
  readonly move: (name: 'a' | 'b', at: [number, number]) => void;
  readonly settle: () => void;
}

/** Two arrows from the origin, B's projection onto A, and the angle between them. */
export function renderVectorPlane({ a, b, hovered, move, settle }: VectorPlane) {
  const tip = (name: 'a' | 'b', at: Vector) =>
    dragPoint({
      frame,
      at,
      label: `Vector ${name.toUpperCase()}`,
      drawing: svg`<circle class="role-fill ${ROLES[name]}" stroke="var(--paper)" stroke-width="1.5" r="6" />
        <text font-size="16" font-weight="600" x=${at[0] < 0 ? -12 : 12} y="-10" text-anchor=${at[0] < 0 ? 'end' : 'start'}>${name.toUpperCase()}</text>`,
      move: (to) => move(name, to),
      settle,
    });
  return html`
    <svg class="vectors" viewBox=${frame.viewBox} role="group" aria-labelledby="plane">
      ${renderGrid()} ${renderProjection(a, b, hovered === 'shadow')}
      ${renderAngle(a, b, hovered === 'angle')} ${planeLine(frame, [0, 0], a, 'arrow query')}
      ${planeLine(frame, [0, 0], b, 'arrow key')} ${tip('b', b)} ${tip('a', a)}
    </svg>
  `;
}

const ROLES = { a: 'query', b: 'key' } as const;

function renderGrid() {
  const { left, right, bottom, top } = frame.range;
  const whole = (from: number, to: number) =>
    Array.from({ length: Math.floor(to) - Math.ceil(from) + 1 }, (_, i) => Math.ceil(from) + i);
  return svg`
    ${whole(left, right).map((x) => planeLine(frame, [x, bottom], [x, top], x === 0 ? 'axis' : 'line'))}
    ${whole(bottom, top).map((y) => planeLine(frame, [left, y], [right, y], y === 0 ? 'axis' : 'line'))}
  `;
}

/** B projected onto A: a·b is A's length times the projection's. */
function renderProjection(a: Vector, b: Vector, highlighted: boolean) {
  const square = dot(a, a);
  if (square === 0) return nothing;
  const foot = scale(a, dot(a, b) / square);
  return svg`
    ${planeLine(frame, b, foot, 'perpendicular')}
    ${planeLine(frame, [0, 0], foot, `shadow ${highlighted ? 'highlighted' : ''}`)}
  `;
}

function renderAngle(a: Vector, b: Vector, highlighted: boolean) {
  if (norm(a) === 0 || norm(b) === 0) return nothing;
  const radius = 0.55;
  const [from, to] = [a, b].map((one) => scale(one, radius / norm(one)));
  // The plane's y axis points up, that of the picture down.
  const sweep = a[0] * b[1] - a[1] * b[0] > 0 ? 0 : 1;
  const size = radius * frame.unit;
  return svg`<path fill="none" stroke=${highlighted ? 'var(--accent)' : 'var(--ink-soft)'} stroke-width=${highlighted ? 5 : 1.5} d="M ${frame.point(from)} A ${size} ${size} 0 0 ${sweep} ${frame.point(to)}" />`;
}
