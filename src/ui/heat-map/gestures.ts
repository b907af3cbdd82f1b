import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ViewController } from './view-controller';

/** In CSS pixels from the element's top left corner. */
interface Finger {
  x: number;
  y: number;
}

/** A press that moves by less than this, in pixels, is a tap. */
const TAP_SLACK = 4;
/** Wheel events less than this apart are one turn of the wheel. */
const SAME_TURN_MS = 180;

/** Pointer and wheel events of one element as pans, zooms and presses: for a template's `@pointerdown` and so on. */
export class Gestures implements ReactiveController {
  private readonly fingers = new Map<number, Finger>();
  private moved = 0;
  private lastWheelElsewhere = 0;

  constructor(
    host: ReactiveControllerHost,
    private readonly element: () => Element | undefined,
    private readonly view: ViewController,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('wheel', this.wheelElsewhere, { passive: true, capture: true });
  }

  hostDisconnected(): void {
    window.removeEventListener('wheel', this.wheelElsewhere, { capture: true });
    this.fingers.clear();
  }

  private readonly wheelElsewhere = (event: WheelEvent): void => {
    const isHere = event.composedPath().includes(this.element()!);
    if (!isHere) this.lastWheelElsewhere = event.timeStamp;
  };

  private at(event: MouseEvent): Finger {
    const box = this.element()!.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  readonly down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    if (this.fingers.size === 0) this.moved = 0;
    this.fingers.set(event.pointerId, this.at(event));
    this.element()!.setPointerCapture(event.pointerId);
  };

  readonly move = (event: PointerEvent): void => {
    const to = this.at(event);
    const finger = this.fingers.get(event.pointerId);
    if (!finger) {
      if (event.pointerType !== 'touch') this.view.point(to.x, to.y);
      return;
    }
    const [across, down] = [to.x - finger.x, to.y - finger.y];
    this.moved += Math.hypot(across, down);
    if (this.fingers.size === 1) {
      if (this.moved > TAP_SLACK) this.view.pan(across, down);
    } else this.pinch(finger, to);
    Object.assign(finger, to);
  };

  /** Pans by the middle between the two fingers and zooms by their distance. */
  private pinch(from: Finger, to: Finger): void {
    const other = [...this.fingers.values()].find((finger) => finger !== from)!;
    const before = Math.hypot(from.x - other.x, from.y - other.y);
    const after = Math.hypot(to.x - other.x, to.y - other.y);
    this.view.pan((to.x - from.x) / 2, (to.y - from.y) / 2);
    const [x, y] = [(to.x + other.x) / 2, (to.y + other.y) / 2];
    if (before > 8 && after > 8) this.view.zoomAt(before / after, x, y);
  }

  readonly up = (event: PointerEvent): void => {
    if (!this.fingers.delete(event.pointerId)) return;
    const { x, y } = this.at(event);
    if (this.moved <= TAP_SLACK && event.type === 'pointerup') this.view.press(x, y);
  };

  readonly doubleClick = (event: MouseEvent): void => {
    const { x, y } = this.at(event);
    this.view.zoomAt(event.shiftKey ? 2.5 : 0.4, x, y);
  };

  readonly wheel = (event: WheelEvent): void => {
    // If the page scrolled the map under the pointer, it keeps scrolling until the wheel rests.
    if (event.timeStamp - this.lastWheelElsewhere < SAME_TURN_MS && !event.ctrlKey) {
      this.lastWheelElsewhere = event.timeStamp;
      return;
    }
    const { x, y } = this.at(event);
    const pixels = event.deltaY * [1, 16, 400][event.deltaMode];
    // A pinch on a touch pad arrives as small wheel events with Ctrl held.
    const factor = Math.exp(Math.max(-1, Math.min(1, pixels * (event.ctrlKey ? 0.01 : 0.002))));
    const zoomed = this.view.zoomAt(factor, x, y);
    // The page scrolls on when the map cannot zoom out further.
    if (zoomed || event.ctrlKey || pixels < 0) event.preventDefault();
  };
}
