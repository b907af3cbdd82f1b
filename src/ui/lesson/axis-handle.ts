import { svg, type SVGTemplateResult } from 'lit';
import { grab } from './grab';

export interface AxisHandle {
  /** Where it stands in the picture, which has a unit for each pixel or any other. */
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly least: number;
  readonly most: number;
  readonly value: number;
  readonly valueText: string;
  /** Drawn round (0, 0), large enough for a finger. */
  readonly drawing: SVGTemplateResult;
  /** The value at a place of the axis. */
  readonly fromX: (x: number) => number;
  /** Where a key leads; undefined for one that means nothing here. */
  readonly byKey: (key: string) => number | undefined;
  readonly move: (value: number) => void;
  readonly settle: () => void;
}

/** A handle that is dragged along an axis of a picture; by keyboard and to screen readers a slider. */
export function axisHandle(handle: AxisHandle) {
  const { x, y, label, least, most, value, valueText, drawing, fromX, byKey, move, settle } =
    handle;
  const follow = (event: PointerEvent) => {
    const target = event.currentTarget as SVGGElement;
    if (!target.hasPointerCapture(event.pointerId)) return;
    const toPicture = target.ownerSVGElement!.getScreenCTM()!.inverse();
    const next = fromX(new DOMPoint(event.clientX, event.clientY).matrixTransform(toPicture).x);
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
      aria-valuemin=${least}
      aria-valuemax=${most}
      aria-valuenow=${value}
      aria-valuetext=${valueText}
      transform="translate(${x} ${y})"
      @pointerdown=${grab}
      @pointermove=${follow}
      @pointerup=${settle}
      @pointercancel=${settle}
      @keydown=${press}
    >
      ${drawing}
    </g>
  `;
}

/** The value that a key leads to: a step, the next or last of some stops, or an end. */
export function valueByKey(
  key: string,
  value: number,
  least: number,
  most: number,
  stops: readonly number[],
): number | undefined {
  const within = (next: number) => Math.min(most, Math.max(least, next));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return within(value + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return within(value - 1);
    case 'PageUp':
      return stops.find((one) => one > value) ?? most;
    case 'PageDown':
      return stops.findLast((one) => one < value) ?? least;
    case 'Home':
      return least;
    case 'End':
      return most;
    default:
      return undefined;
  }
}
