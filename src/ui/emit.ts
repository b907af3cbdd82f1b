/** Sends a component's event to whoever listens around it, in whichever shadow root. */
export function emit(from: EventTarget, type: string, detail: unknown): void {
  from.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
}
