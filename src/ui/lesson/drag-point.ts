import { svg, type SVGTemplateResult } from 'lit';
import type { Vector } from '../../lessons/matrix';
import { plainDigits } from './digits';
import { grab } from './grab';
import type { PlaneFrame } from './plane-frame';

export interface DragPoint {
  readonly frame: PlaneFrame;
  readonly at: Vector;
  /** What it is, for those who cannot see it: "Vector A". */
  readonly label: string;
  /** What it looks like, drawn round (0, 0). */
  readonly drawing: SVGTemplateResult;
  /** How far an arrow key moves it; with Shift ten times as far. */
  readonly step?: number;
  /** Called for every place that it passes. */
  readonly move: (at: [number, number]) => void;
  /** Called when it is let go. */
  readonly settle: () => void;
}

/** A point of a plane that is dragged, or moved by arrow keys. Large enough for a finger. */
export function dragPoint({ frame, at, label, drawing, step = 0.1, move, settle }: DragPoint) {
  const follow = (event: PointerEvent) => {
    const target = event.currentTarget as Element;
    if (target.hasPointerCapture(event.pointerId)) move(frame.fromPointer(event));
  };
  const press = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const far = step * (event.shiftKey ? 10 : 1);
    move(frame.within([at[0] + by[0] * far, at[1] + by[1] * far]));
    settle();
  };
  return svg`
    <g
      class="drag-point"
      transform="translate(${frame.x(at[0])} ${frame.y(at[1])})"
      role="button"
      tabindex="0"
      aria-roledescription="movable point"
      aria-label="${label}, at ${plainDigits(at[0], 2)} and ${plainDigits(at[1], 2)}; arrow keys move it"
      @pointerdown=${grab}
      @pointermove=${follow}
      @pointerup=${settle}
      @pointercancel=${settle}
      @keydown=${press}
    >
      <circle r="22" fill="transparent" />
      ${drawing}
    </g>
  `;
}

const STEPS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
