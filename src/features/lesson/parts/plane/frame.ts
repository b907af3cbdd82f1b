import { extent } from 'd3-array';
import { svg, type SVGTemplateResult } from 'lit';
import { formatFixed, formatDecimal } from '../../../../numeric/format';
import { arrowStep } from '../../../../ui/interaction/roving-focus';
import { drag, pointInSvg } from '../../../../ui/interaction/drag';
import type { Vector, Matrix } from '../../model/matrix';

/** The part of the plane that a picture shows. */
interface PlaneRange {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Maps points of the plane to an SVG's view box and back. Both axes have one scale; y grows upwards in the plane. */
export class PlaneFrame {
  readonly height: number;

  constructor(
    readonly range: PlaneRange,
    /** Width of the view box. */
    readonly width = 400,
  ) {
    this.height = (width * (range.top - range.bottom)) / (range.right - range.left);
  }

  get viewBox(): string {
    return `0 0 ${this.width} ${this.height}`;
  }

  /** Units of the view box for a unit of the plane. */
  get unit(): number {
    return this.width / (this.range.right - this.range.left);
  }

  x(value: number): number {
    return (value - this.range.left) * this.unit;
  }

  y(value: number): number {
    return (this.range.top - value) * this.unit;
  }

  /** The SVG transform that moves (0, 0) to a point. */
  translate([x, y]: Vector): string {
    return `translate(${this.x(x)} ${this.y(y)})`;
  }

  /** "12,34", as in a polyline's points. */
  point([x, y]: Vector): string {
    return `${this.x(x).toFixed(2)},${this.y(y).toFixed(2)}`;
  }

  /** The pointer's point of the plane, to a hundredth, clamped to the picture. */
  fromPointer(event: PointerEvent): [number, number] {
    const at = pointInSvg(event);
    const { left, top } = this.range;
    return this.within([left + at.x / this.unit, top - at.y / this.unit]);
  }

  within([x, y]: Vector): [number, number] {
    const { left, right, bottom, top } = this.range;
    const clamp = (value: number, min: number, max: number) =>
      Number(Math.min(max, Math.max(min, value)).toFixed(2));
    return [clamp(x, left, right), clamp(y, bottom, top)];
  }
}

/** A line between two points of the plane. */
export const planeLine = (
  frame: PlaneFrame,
  [x1, y1]: Vector,
  [x2, y2]: Vector,
  name: string,
): SVGTemplateResult =>
  svg`<line class=${name} x1=${frame.x(x1)} y1=${frame.y(y1)} x2=${frame.x(x2)} y2=${frame.y(y2)} />`;

/** Sizes that a picture may have, so that its scale does not change with every small movement. */
const FRAME_SIZES = [0.5, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 12, 16, 24, 32];
/** Leaves room for names. */
const FRAME_MARGIN = 1.25;

/** The smallest and largest coordinate of points along an axis. */
export const extentOf = (points: Matrix, axis: number): [number, number] =>
  extent(points, (point) => point[axis]) as [number, number];

/** The smallest square of the plane, of the sizes above, that holds all points. */
export function fittingFrame(points: Matrix, width = 400): PlaneFrame {
  const extents = [0, 1].map((axis) => extentOf(points, axis));
  const wanted = FRAME_MARGIN * Math.max(...extents.map(([min, max]) => max - min));
  const size = FRAME_SIZES.find((one) => one >= wanted) ?? wanted;
  // Aligned to a grid for the same reason.
  const step = size / 8;
  const [left, bottom] = extents.map(
    ([min, max]) => Math.round(((min + max) / 2 - size / 2) / step) * step,
  );
  return new PlaneFrame({ left, right: left + size, bottom, top: bottom + size }, width);
}

/** (2.40, −1.40) */
export const pointText = ([x, y]: Vector): string => `(${formatFixed(x, 2)}, ${formatFixed(y, 2)})`;

/** The same in TeX, which sets its own minus sign. */
export const pointTex = (point: Vector): string => pointText(point).replaceAll('−', '-');

interface DragPoint {
  readonly frame: PlaneFrame;
  readonly at: Vector;
  /** Accessible name: "Vector A". */
  readonly label: string;
  /** Drawn round (0, 0). */
  readonly drawing: SVGTemplateResult;
  /** How far an arrow key moves it; with Shift ten times as far. */
  readonly step?: number;
  /** Called for each point on the way. */
  readonly move: (at: [number, number]) => void;
  /** Called when it is let go. */
  readonly settle: () => void;
}

/** A point of a plane that is dragged, or moved by arrow keys. Large enough for a finger. */
export function dragPoint({ frame, at, label, drawing, step = 0.1, move, settle }: DragPoint) {
  const press = (event: KeyboardEvent) => {
    const direction = arrowStep(event);
    if (!direction) return;
    event.preventDefault();
    const far = step * (event.shiftKey ? 10 : 1);
    // Up is up in the plane.
    move(frame.within([at[0] + direction[0] * far, at[1] - direction[1] * far]));
    settle();
  };
  return svg`
    <g
      class="drag-point"
      transform=${frame.translate(at)}
      role="button"
      tabindex="0"
      aria-roledescription="movable point"
      aria-label="${label}, at ${formatDecimal(at[0], 2)} and ${formatDecimal(at[1], 2)}; arrow keys move it"
      ${drag({ move: (event) => move(frame.fromPointer(event)), end: settle })}
      @keydown=${press}
    >
      <circle r="22" fill="transparent" />
      ${drawing}
    </g>
  `;
}
