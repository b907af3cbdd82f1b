import { noChange } from 'lit';
import { setCommittedValue } from 'lit/directive-helpers.js';
import { Directive, directive, type PropertyPart } from 'lit/directive.js';

/**
 * The value of a text field that is read when it is left: pictures beside it may be drawn again at any
 * time, and must not take away what is being typed. Another value replaces it all the same.
 */
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
    // Lit compares with what it set last, and the field may have changed since.
    setCommittedValue(part);
    return value;
  }
}

export const keepWhileFocused = directive(KeepWhileFocused);
