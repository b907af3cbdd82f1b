/** A handle of a picture is taken: it has the pointer until that is let go, and the focus. */
export function grab(event: PointerEvent): void {
  event.preventDefault();
  const handle = event.currentTarget as SVGElement;
  handle.setPointerCapture(event.pointerId);
  handle.focus();
}
