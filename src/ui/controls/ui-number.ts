import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { parseTypedNumber } from '../../numeric/format';
import { fieldHost } from '../styles/fields';
import { UiElement } from '../element';

export interface NumberLimits {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** The typed number; null if it is not a number or not within the limits. */
export function parseWithin(text: string, { min, max, whole }: NumberLimits): number | null {
  const value = parseTypedNumber(text) ?? NaN;
  return value >= min && value <= max && (!whole || Number.isInteger(value)) ? value : null;
}

const numbers = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 5, useGrouping: false });

/**
 * A number field, read when it loses the focus or Enter is pressed. Invalid text stays in the field with an error message,
 * and `value` keeps the last valid number.
 *
 * @fires {Event} change - `value` has a new valid number.
 * @csspart label
 * @csspart input
 */
@customElement('ui-number')
export class UiNumber extends UiElement implements NumberLimits {
  static override shadowRootOptions = { ...UiElement.shadowRootOptions, delegatesFocus: true };

  static override styles = [
    fieldHost,
    css`
      :host([short]) input {
        width: 5.5rem;
      }
    `,
  ];

  @property() label = '';
  @property({ type: Boolean, attribute: 'label-hidden' }) labelHidden = false;
  /** Null for an empty field. */
  @property({ type: Number }) value: number | null = null;
  @property({ type: Number }) min = -Infinity;
  @property({ type: Number }) max = Infinity;
  @property({ type: Boolean }) whole = false;
  /** Puts the label before the field. */
  @property({ type: Boolean, reflect: true }) inline = false;
  /** As wide as a few digits. */
  @property({ type: Boolean, reflect: true }) short = false;
  @property({ type: Boolean }) disabled = false;
  /** Error message; by default it gives the limits. */
  @property({ attribute: 'error-text' }) errorText = '';
  @state() private invalidText: string | null = null;

  override willUpdate(changed: PropertyValues<this>) {
    // A new value replaces what was typed.
    if (changed.has('value')) this.invalidText = null;
  }

  override render() {
    const { label, labelHidden, invalidText } = this;
    return html`
      ${labelHidden ? nothing : html`<label for="input" part="label">${label}</label>`}
      <input
        id="input"
        part="input"
        type="text"
        inputmode=${this.whole ? 'numeric' : 'decimal'}
        autocomplete="off"
        spellcheck="false"
        ?disabled=${this.disabled}
        aria-label=${labelHidden ? label : nothing}
        aria-invalid=${invalidText === null ? 'false' : 'true'}
        aria-describedby="error"
        .value=${live(invalidText ?? this.format())}
        @change=${this.read}
      />
      <span id="error" class="error" ?hidden=${invalidText === null}>${this.describeError()}</span>
    `;
  }

  private format(): string {
    if (this.value === null) return '';
    return this.whole ? String(this.value) : numbers.format(this.value);
  }

  private describeError(): string {
    const { errorText, whole, min, max } = this;
    const kind = whole ? 'a whole number' : 'a number';
    return errorText || `“${this.invalidText}” is not ${kind} from ${min} to ${max}.`;
  }

  private read(event: Event) {
    const text = (event.target as HTMLInputElement).value.trim();
    const value = parseWithin(text, this);
    this.invalidText = value === null ? text : null;
    if (value === null || value === this.value) return;
    this.value = value;
    this.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-number': UiNumber;
  }
}
