import type { ScaleContinuousNumeric } from 'd3-scale';
import { css, svg } from 'lit';
import { drag, pointInSvg } from './drag';
import { arrowStep } from './roving-focus';

export const axisHandleStyles = css`
  .axis-handle .pill {
    fill: var(--surface);
    stroke: var(--accent);
    stroke-width: 1.5;
  }

  .axis-handle:focus-visible .pill {
    stroke-width: 3.5;
  }
`;

interface AxisHandle {
  /** From values, which are whole numbers, to view box units. */
  readonly scale: ScaleContinuousNumeric<number, number>;
  readonly value: number;
  /** Values that Page Up and Page Down lead to. */
  readonly stops: readonly number[];
  readonly label: string;
  readonly valueText: string;
  /** What the pill reads, and its width. */
  readonly text: string | number;
  readonly pillWidth: number;
  /** The pill's middle, and where its line ends. */
  readonly y: number;
  readonly bottom: number;
  /** Of the picture, which the pill does not leave. */
  readonly width: number;
  readonly move: (value: number) => void;
  readonly settle: () => void;
}

/** A pill on a line, dragged along an axis of an SVG picture; a slider for keyboards and screen readers. */
export function axisHandle(handle: AxisHandle) {
  const { scale, value, stops, label, valueText, text, pillWidth, y, bottom, width } = handle;
  const { move, settle } = handle;
  const [min, max] = scale.domain();
  const x = scale(value);
  const left = Math.min(Math.max(0, x - pillWidth / 2), width - pillWidth) - x;
  const follow = (event: PointerEvent) => {
    const next = Math.round(scale.invert(pointInSvg(event).x));
    if (next !== value) move(next);
  };
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = valueByKey(event.key, value, min, max, stops);
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
      aria-valuenow=${Math.min(max, Math.max(min, value))}
      aria-valuetext=${valueText}
      transform="translate(${x} ${y})"
      ${drag({ move: follow, end: settle })}
      @keydown=${press}
    >
      <path stroke="var(--accent)" stroke-dasharray="2 3" d="M0 15V${bottom - y}" />
      <rect class="pill" x=${left} y="-15" width=${pillWidth} height="30" rx="6" />
      <text font-size="15" x=${left + pillWidth / 2} y="5" text-anchor="middle">${text}</text>
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
