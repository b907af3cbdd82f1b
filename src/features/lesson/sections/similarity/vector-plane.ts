import { css, html, nothing, svg } from 'lit';
import { dot, norm, scale, type Vector } from '../../model/matrix';
import { dragPoint, PlaneFrame } from '../../parts/plane/frame';

export const vectorPlaneStyles = css`
  svg.vectors {
    max-width: 32rem;
  }

  .vectors .grid {
    stroke: var(--line);
  }

  .vectors .axis {
    stroke: var(--edge);
  }

  .vectors .arrow {
    stroke: var(--role-color);
    stroke-width: 2.5;
  }

  .vectors .tip {
    fill: var(--role-color);
    stroke: var(--paper);
    stroke-width: 1.5;
  }

  .vectors .name {
    font-size: 16px;
    font-weight: 600;
  }

  .vectors .shadow {
    stroke: var(--key);
    stroke-width: 7;
    stroke-linecap: butt;
    opacity: 0.4;
  }

  .vectors .fall {
    stroke: var(--key);
    stroke-dasharray: 3 4;
  }

  .vectors .angle {
    fill: none;
    stroke: var(--ink-soft);
    stroke-width: 1.5;
  }

  .vectors .shadow.highlighted {
    opacity: 0.8;
  }

  .vectors .angle.highlighted {
    stroke: var(--accent);
    stroke-width: 5;
  }
`;

const vectorFrame = new PlaneFrame({ left: -3.5, right: 3.5, bottom: -2.8, top: 2.8 });

interface VectorPlane {
  readonly a: Vector;
  readonly b: Vector;
  readonly labelledBy: string;
  /** What the prose points at: the shadow or the angle. */
  readonly hovered: string;
  readonly move: (name: 'a' | 'b', at: [number, number]) => void;
  readonly settle: () => void;
}

/** Two arrows from one place, B's shadow on A's line, and the angle between them. */
export function drawVectors({ a, b, labelledBy, hovered, move, settle }: VectorPlane) {
  const frame = vectorFrame;
  const tip = (name: 'a' | 'b', at: Vector) =>
    dragPoint({
      frame,
      at,
      label: `Vector ${name.toUpperCase()}`,
      drawing: svg`<circle class="tip ${CONCEPTS[name]}" r="6" />
        <text class="name" x=${at[0] < 0 ? -12 : 12} y="-10" text-anchor=${at[0] < 0 ? 'end' : 'start'}>${name.toUpperCase()}</text>`,
      move: (to) => move(name, to),
      settle,
    });
  return html`
    <svg class="vectors" viewBox=${frame.viewBox} role="group" aria-labelledby=${labelledBy}>
      ${drawGrid(frame)} ${drawShadow(frame, a, b, hovered === 'shadow')}
      ${drawAngle(frame, a, b, hovered === 'angle')}
      ${(['a', 'b'] as const).map((name) => {
        const at = name === 'a' ? a : b;
        return svg`<line class="arrow ${CONCEPTS[name]}" x1=${frame.x(0)} y1=${frame.y(0)} x2=${frame.x(at[0])} y2=${frame.y(at[1])} />`;
      })}
      ${tip('b', b)} ${tip('a', a)}
    </svg>
  `;
}

/** One asks, the other answers. */
const CONCEPTS = { a: 'query', b: 'key' } as const;

function drawGrid(frame: PlaneFrame) {
  const { left, right, bottom, top } = frame.range;
  const whole = (from: number, to: number) =>
    Array.from({ length: Math.floor(to) - Math.ceil(from) + 1 }, (_, i) => Math.ceil(from) + i);
  return svg`
    ${whole(left, right).map(
      (x) =>
        svg`<line class="grid ${x === 0 ? 'axis' : ''}" x1=${frame.x(x)} x2=${frame.x(x)} y1="0" y2=${frame.height} />`,
    )}
    ${whole(bottom, top).map(
      (y) =>
        svg`<line class="grid ${y === 0 ? 'axis' : ''}" y1=${frame.y(y)} y2=${frame.y(y)} x1="0" x2=${frame.width} />`,
    )}
  `;
}

/** B seen along A: a·b is A's length times this one. */
function drawShadow(frame: PlaneFrame, a: Vector, b: Vector, highlighted: boolean) {
  const square = dot(a, a);
  if (square === 0) return nothing;
  const foot = scale(a, dot(a, b) / square);
  return svg`
    <line class="fall" x1=${frame.x(b[0])} y1=${frame.y(b[1])} x2=${frame.x(foot[0])} y2=${frame.y(foot[1])} />
    <line class="shadow ${highlighted ? 'highlighted' : ''}" x1=${frame.x(0)} y1=${frame.y(0)} x2=${frame.x(foot[0])} y2=${frame.y(foot[1])} />
  `;
}

/** An arc from A to B, the short way round. */
function drawAngle(frame: PlaneFrame, a: Vector, b: Vector, highlighted: boolean) {
  if (norm(a) === 0 || norm(b) === 0) return nothing;
  const radius = 0.55;
  const [from, to] = [a, b].map((one) => scale(one, radius / norm(one)));
  // Up is up in the plane, and down in the picture: what turns left there turns right here.
  const sweep = a[0] * b[1] - a[1] * b[0] > 0 ? 0 : 1;
  const size = radius * frame.unit;
  return svg`<path class="angle ${highlighted ? 'highlighted' : ''}" d="M ${frame.point(from)} A ${size} ${size} 0 0 ${sweep} ${frame.point(to)}" />`;
}
