import { noChange } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

/** `event.currentTarget` is the dragged element. */
export interface DragHandlers {
  /** Pointer down. Returning false prevents the drag. */
  readonly start?: (event: PointerEvent) => boolean | void;
  readonly move: (event: PointerEvent) => void;
  /** Pointer up, or the drag was cancelled. */
  readonly end?: (event: PointerEvent) => void;
}

class DragDirective extends AsyncDirective {
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
    // A touch drags the element instead of scrolling the page.
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
