import { noChange } from 'lit';
import { setCommittedValue } from 'lit/directive-helpers.js';
import { Directive, directive, type PropertyPart } from 'lit/directive.js';

class KeepWhileFocused extends Directive {
  #latest: string | undefined;

  override render(value: string): unknown {
    return value;
  }

  override update(part: PropertyPart, [value]: [string]): unknown {
    const field = part.element as HTMLInputElement;
    const isTyping = value === this.#latest && field.matches(':focus');
    this.#latest = value;
    if (isTyping || field.value === value) return noChange;
    // Lit compares with the value it set last, and the field may have changed since.
    setCommittedValue(part);
    return value;
  }
}

/**
 * The value of a text field that is read on `change`: re-rendering must not overwrite what is being typed. A new value
 * replaces it all the same.
 */
export const keepWhileFocused = directive(KeepWhileFocused);
