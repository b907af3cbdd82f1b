import { css, svg, type SVGTemplateResult } from 'lit';
import { drag, pointInSvg } from './drag';
import { arrowStep } from './roving-focus';

/** A pill on a line down to the axis. */
export const axisHandleStyles = css`
  .axis-handle .pill {
    fill: var(--surface);
    stroke: var(--accent);
    stroke-width: 1.5;
  }

  .axis-handle:focus-visible .pill {
    stroke-width: 3.5;
  }

  .axis-handle .down {
    stroke: var(--accent);
    stroke-dasharray: 2 3;
  }
`;

interface AxisHandle {
  /** Position in view box units. */
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
  readonly valueText: string;
  /** Drawn around (0, 0); large enough to touch. */
  readonly drawing: SVGTemplateResult;
  /** The value at a position of the axis. */
  readonly fromX: (x: number) => number;
  /** The value after a key press; undefined if the key has no effect. */
  readonly byKey: (key: string) => number | undefined;
  readonly move: (value: number) => void;
  readonly settle: () => void;
}

/** A handle dragged along an axis of an SVG picture; a slider for keyboards and screen readers. */
export function axisHandle(handle: AxisHandle) {
  const { x, y, label, min, max, value, valueText, drawing, fromX, byKey, move, settle } = handle;
  const follow = (event: PointerEvent) => {
    const next = fromX(pointInSvg(event).x);
    if (next !== value) move(next);
  };
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = byKey(event.key);
    if (next === undefined) return;
    event.preventDefault();
    move(next);
    settle();
  };
  return svg`
    <g
      class="drag-point axis-handle"
      role="slider"
      tabindex="0"
      aria-label=${label}
      aria-valuemin=${min}
      aria-valuemax=${max}
      aria-valuenow=${value}
      aria-valuetext=${valueText}
      transform="translate(${x} ${y})"
      ${drag({ move: follow, end: settle })}
      @keydown=${press}
    >
      ${drawing}
    </g>
  `;
}

/** The value after a key press: one step, the next or previous stop, or an end; undefined for other keys. */
export function valueByKey(
  key: string,
  value: number,
  min: number,
  max: number,
  stops: readonly number[],
): number | undefined {
  const arrow = arrowStep({ key });
  if (arrow) return Math.min(max, Math.max(min, value + arrow[0] - arrow[1]));
  const ends: Readonly<Record<string, number>> = {
    PageUp: stops.find((one) => one > value) ?? max,
    PageDown: stops.findLast((one) => one < value) ?? min,
    Home: min,
    End: max,
  };
  return Object.hasOwn(ends, key) ? ends[key] : undefined;
}
