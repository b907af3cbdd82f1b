import type { Vector } from '../../lessons/matrix';

/** How far a picture of the plane reaches, in its own numbers. */
export interface PlaneRange {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Points of the plane in an SVG's view box, and back; up is up. Both axes have one scale. */
export class PlaneFrame {
  readonly height: number;

  constructor(
    readonly range: PlaneRange,
    /** Of the view box; its height follows. */
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

  /** "12,34", as in a polyline's points. */
  point([x, y]: Vector): string {
    return `${this.x(x).toFixed(2)},${this.y(y).toFixed(2)}`;
  }

  /** Where a pointer is in the plane, kept within what is seen, to a hundredth. */
  fromPointer(event: PointerEvent): [number, number] {
    const svg = (event.currentTarget as SVGElement).ownerSVGElement!;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(
      svg.getScreenCTM()!.inverse(),
    );
    const { left, top } = this.range;
    return this.within([left + at.x / this.unit, top - at.y / this.unit]);
  }

  within([x, y]: Vector): [number, number] {
    const { left, right, bottom, top } = this.range;
    const clamp = (value: number, least: number, most: number) =>
      Number(Math.min(most, Math.max(least, value)).toFixed(2));
    return [clamp(x, left, right), clamp(y, bottom, top)];
  }
}
