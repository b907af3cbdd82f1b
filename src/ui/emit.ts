type Events = HTMLElementEventMap;

/** The detail of a custom event that is declared in `HTMLElementEventMap`; nothing for events without one. */
type DetailOf<Type extends keyof Events> =
  Events[Type] extends CustomEvent<infer Detail>
    ? [undefined] extends [Detail]
      ? [detail?: Detail]
      : [detail: Detail]
    : [];

/**
 * Sends a component's event to whoever listens around it, in whichever shadow root. Its name and detail are declared
 * where the component is: `interface HTMLElementEventMap { 'map-cursor': CustomEvent<Cell> }`.
 *
 * @returns false where a listener prevented the default.
 */
export function emit<Type extends keyof Events>(
  from: EventTarget,
  type: Type,
  ...[detail]: DetailOf<Type>
): boolean {
  const options = { detail, bubbles: true, composed: true, cancelable: true };
  return from.dispatchEvent(new CustomEvent(type, options));
}
