import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

/** `event.currentTarget` is the dragged element. */
export interface DragHandlers {
  readonly move: (event: PointerEvent) => void;
  /** Pointer up, or the drag was cancelled. */
  readonly end?: (event: PointerEvent) => void;
}

class DragDirective extends Directive {
  #element: HTMLElement | SVGElement | null = null;
  #handlers!: DragHandlers;
  #held: number | null = null;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('drag() must be used within a tag.');
  }

  override render(_handlers: DragHandlers) {
    return noChange;
  }

  override update({ element }: ElementPart, [handlers]: [DragHandlers]) {
    this.#handlers = handlers;
    if (!this.#element) this.#listen(element as HTMLElement);
    return noChange;
  }

  #listen(element: HTMLElement) {
    this.#element = element;
    // A touch drags the element instead of scrolling the page.
    element.style.touchAction = 'none';
    element.addEventListener('pointerdown', this.#press);
    element.addEventListener('pointermove', this.#move);
    element.addEventListener('pointerup', this.#release);
    element.addEventListener('pointercancel', this.#release);
  }

  readonly #press = (event: PointerEvent) => {
    const element = this.#element!;
    // An element that leaves the page loses its capture, and hears no end of the drag.
    const isHeld = this.#held !== null && element.hasPointerCapture(this.#held);
    if (event.button !== 0 || isHeld) return;
    event.preventDefault();
    this.#held = event.pointerId;
    element.setPointerCapture(event.pointerId);
    element.focus();
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
 * Makes an element draggable by pointer, with capture and focus: `<g tabindex="0" ${drag({ move, end })}>`. Keyboard
 * support is up to the element.
 */
export const drag = directive(DragDirective);

/** The pointer's position in the view box units of the SVG around its target. */
export function pointInSvg(event: PointerEvent): DOMPoint {
  const target = event.currentTarget as SVGGraphicsElement;
  const svg = target.ownerSVGElement ?? (target as SVGSVGElement);
  const toPicture = svg.getScreenCTM()!.inverse();
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(toPicture);
}
