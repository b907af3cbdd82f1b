import { html, type ReactiveControllerHost, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { controlLimits } from '../model/controls';

type NumberField = keyof typeof controlLimits;

const wholeFields: readonly NumberField[] = ['window', 'prefix', 'sinks'];

const numbers = new Intl.NumberFormat('en-US', {
  maximumSignificantDigits: 5,
  useGrouping: false,
});

export const formatControlNumber = (value: number): string => numbers.format(value);

/** The number that a text means in this field; null where it means none that is allowed. */
export function parseControlNumber(field: NumberField, text: string): number | null {
  const { min, max } = controlLimits[field];
  const value = Number(text);
  const fits = !wholeFields.includes(field) || Number.isInteger(value);
  return text !== '' && fits && value >= min && value <= max ? value : null;
}

/** Numbers as they are or as they were typed: what is none stays in its field, with what is wrong with it. */
export class NumberInputs {
  /** Texts that are no number of their field. */
  private readonly invalidTexts = new Map<NumberField, string>();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly take: (field: NumberField, value: number) => void,
  ) {}

  renderInput(field: NumberField, value: number | null, name: string) {
    const typed = this.invalidTexts.get(field);
    return html`<input
      class="short"
      type="text"
      inputmode="decimal"
      autocomplete="off"
      data-field=${field}
      aria-label=${name}
      aria-invalid=${typed === undefined ? 'false' : 'true'}
      aria-describedby="${field}-error"
      .value=${live(typed ?? (value === null ? '' : formatControlNumber(value)))}
      @change=${(event: Event) => this.change(field, event)}
    />`;
  }

  renderError(field: NumberField) {
    const { min, max } = controlLimits[field];
    const text = this.invalidTexts.get(field);
    return html`<span id="${field}-error" class="error" ?hidden=${text === undefined}>
      “${text}” is no number from ${min} to ${max}.
    </span>`;
  }

  private change(field: NumberField, event: Event): void {
    const text = (event.target as HTMLInputElement).value.trim();
    const value = parseControlNumber(field, text);
    if (value === null) this.invalidTexts.set(field, text);
    else {
      this.invalidTexts.delete(field);
      this.take(field, value);
    }
    this.host.requestUpdate();
  }
}

/** Within this of 1, on the logarithmic scale, a slider means 1. */
const SNAP = 0.04;

/** The number that a place on the scale means, in three figures. */
export function valueAtLog(logarithm: number): number {
  return Number(Math.exp(Math.abs(logarithm) < SNAP ? 0 : logarithm).toPrecision(3));
}

interface LogSlider {
  readonly id: string;
  /** Its ends; `value` may lie beyond them. */
  readonly least: number;
  readonly most: number;
  readonly value: number;
  /** Its name, where no label gives it one. */
  readonly name?: string;
  readonly disabled?: boolean;
}

/** A slider on which equal ways are equal factors. */
export function logSlider(slider: LogSlider, take: (value: number) => void) {
  const { id, least, most, value, name, disabled: isOff = false } = slider;
  return html`<input
    id=${id}
    type="range"
    min=${Math.log(least)}
    max=${Math.log(most)}
    step="0.01"
    ?disabled=${isOff}
    .value=${live(String(Math.log(value)))}
    aria-label=${name ?? nothing}
    aria-valuetext=${formatControlNumber(value)}
    @input=${(event: Event) => take(valueAtLog(Number((event.target as HTMLInputElement).value)))}
  />`;
}
