type Events = HTMLElementEventMap;

/** The detail of a custom event declared in `HTMLElementEventMap`. */
type DetailOf<Type extends keyof Events> =
  Events[Type] extends CustomEvent<infer Detail>
    ? [undefined] extends [Detail]
      ? [detail?: Detail]
      : [detail: Detail]
    : [];

/**
 * Dispatches a component's event: bubbling, composed and cancelable. Its name and detail are declared beside the
 * component: `interface HTMLElementEventMap { 'map-cursor': CustomEvent<Cell> }`.
 *
 * @returns false if a listener prevented the default.
 */
export function emit<Type extends keyof Events>(
  from: EventTarget,
  type: Type,
  ...[detail]: DetailOf<Type>
): boolean {
  const options = { detail, bubbles: true, composed: true, cancelable: true };
  return from.dispatchEvent(new CustomEvent(type, options));
}
