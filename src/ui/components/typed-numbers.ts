import { html, type ReactiveControllerHost } from 'lit';
import { live } from 'lit/directives/live.js';
import { controlLimits } from '../../heads/controls';

export type NumberField = keyof typeof controlLimits;

const wholeFields: readonly NumberField[] = ['window', 'prefix', 'sinks'];

const numbers = new Intl.NumberFormat('en-US', {
  maximumSignificantDigits: 5,
  useGrouping: false,
});

export const formatNumber = (value: number): string => numbers.format(value);

/** The number that a text means in this field; null where it means none that is allowed. */
export function parseNumber(field: NumberField, text: string): number | null {
  const { min, max } = controlLimits[field];
  const value = Number(text);
  const fits = !wholeFields.includes(field) || Number.isInteger(value);
  return text !== '' && fits && value >= min && value <= max ? value : null;
}

/** Numbers as they are or as they were typed: what is none stays in its field, with what is wrong with it. */
export class TypedNumbers {
  /** Texts that are no number of their field. */
  private readonly wrong = new Map<NumberField, string>();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly take: (field: NumberField, value: number) => void,
  ) {}

  renderInput(field: NumberField, value: number | null, name: string) {
    const typed = this.wrong.get(field);
    return html`<input
      class="short"
      type="text"
      inputmode="decimal"
      autocomplete="off"
      data-field=${field}
      aria-label=${name}
      aria-invalid=${typed === undefined ? 'false' : 'true'}
      aria-describedby="${field}-error"
      .value=${live(typed ?? (value === null ? '' : formatNumber(value)))}
      @change=${(event: Event) => this.change(field, event)}
    />`;
  }

  renderError(field: NumberField) {
    const { min, max } = controlLimits[field];
    const text = this.wrong.get(field);
    return html`<span id="${field}-error" class="error" ?hidden=${text === undefined}>
      “${text}” is no number from ${min} to ${max}.
    </span>`;
  }

  private change(field: NumberField, event: Event): void {
    const text = (event.target as HTMLInputElement).value.trim();
    const value = parseNumber(field, text);
    if (value === null) this.wrong.set(field, text);
    else {
      this.wrong.delete(field);
      this.take(field, value);
    }
    this.host.requestUpdate();
  }
}
