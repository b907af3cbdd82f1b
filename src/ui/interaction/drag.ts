import { noChange } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

/** What happens while a pointer holds an element. `event.currentTarget` is the element. */
export interface DragHandlers {
  /** Pressed. Where it gives false, there is no drag. */
  readonly start?: (event: PointerEvent) => boolean | void;
  /** Moved while held. */
  readonly move: (event: PointerEvent) => void;
  /** Let go, or taken away by the browser. */
  readonly end?: (event: PointerEvent) => void;
}

class DragDirective extends AsyncDirective {
  #element: HTMLElement | SVGElement | null = null;
  #handlers!: DragHandlers;
  #held: number | null = null;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('drag() stands within a tag.');
  }

  override render(_handlers: DragHandlers) {
    return noChange;
  }

  override update({ element }: ElementPart, [handlers]: [DragHandlers]) {
    this.#handlers = handlers;
    if (this.#element !== element) {
      this.#unlisten();
      this.#element = element as HTMLElement | SVGElement;
      this.#listen();
    }
    return noChange;
  }

  override disconnected() {
    this.#unlisten();
  }

  override reconnected() {
    this.#listen();
  }

  #listen() {
    const element = this.#element;
    if (!element) return;
    // Under a finger the element moves, and the page does not.
    element.style.touchAction = 'none';
    element.addEventListener('pointerdown', this.#press as EventListener);
    element.addEventListener('pointermove', this.#move as EventListener);
    element.addEventListener('pointerup', this.#release as EventListener);
    element.addEventListener('pointercancel', this.#release as EventListener);
  }

  #unlisten() {
    const element = this.#element;
    this.#held = null;
    element?.removeEventListener('pointerdown', this.#press as EventListener);
    element?.removeEventListener('pointermove', this.#move as EventListener);
    element?.removeEventListener('pointerup', this.#release as EventListener);
    element?.removeEventListener('pointercancel', this.#release as EventListener);
  }

  readonly #press = (event: PointerEvent) => {
    if (event.button !== 0 || this.#held !== null) return;
    if (this.#handlers.start?.(event) === false) return;
    event.preventDefault();
    this.#held = event.pointerId;
    this.#element!.setPointerCapture(event.pointerId);
    this.#element!.focus();
  };

  readonly #move = (event: PointerEvent) => {
    if (event.pointerId === this.#held) this.#handlers.move(event);
  };

  readonly #release = (event: PointerEvent) => {
    if (event.pointerId !== this.#held) return;
    this.#held = null;
    this.#handlers.end?.(event);
  };
}

/**
 * Lets a pointer drag an element, which keeps the pointer until it is let go, and gets the focus:
 * `<g tabindex="0" ${drag({ move, end })}>`. The keyboard's way is the element's own.
 */
export const drag = directive(DragDirective);

/** Where a pointer is in the units of the SVG picture that its target is part of. */
export function pointInSvg(event: PointerEvent): DOMPoint {
  const target = event.currentTarget as SVGGraphicsElement;
  const svg = target.ownerSVGElement ?? (target as SVGSVGElement);
  const toPicture = svg.getScreenCTM()!.inverse();
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(toPicture);
}
