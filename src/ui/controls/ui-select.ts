import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { fieldHost } from '../styles/fields';
import { UiElement } from '../element';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
  /** Consecutive options of one group form an `optgroup`. */
  readonly group?: string;
}

export function groupedOptions(
  options: readonly SelectOption[],
): { readonly group: string; readonly options: readonly SelectOption[] }[] {
  const groups: { group: string; options: SelectOption[] }[] = [];
  for (const option of options) {
    const { group = '' } = option;
    const last = groups.at(-1);
    if (last && last.group === group) last.options.push(option);
    else groups.push({ group, options: [option] });
  }
  return groups;
}

/**
 * A labelled select.
 *
 * @fires {Event} change - read `value`.
 * @csspart label
 * @csspart select
 */
@customElement('ui-select')
export class UiSelect extends UiElement {
  static override shadowRootOptions = { ...UiElement.shadowRootOptions, delegatesFocus: true };

  static override styles = fieldHost;

  @property() label = '';
  @property({ type: Boolean, attribute: 'label-hidden' }) labelHidden = false;
  @property() value = '';
  @property({ attribute: false }) options: readonly SelectOption[] = [];
  @property({ type: Boolean }) disabled = false;
  /** Puts the label before the field. */
  @property({ type: Boolean, reflect: true }) inline = false;
  /** Explanation below the field. */
  @property() note = '';

  override render() {
    const { label, labelHidden, note } = this;
    return html`
      ${labelHidden ? nothing : html`<label for="select" part="label">${label}</label>`}
      <select
        id="select"
        part="select"
        ?disabled=${this.disabled}
        aria-label=${labelHidden ? label : nothing}
        aria-describedby=${note ? 'note' : nothing}
        @change=${this.choose}
      >
        ${groupedOptions(this.options).map(({ group, options }) =>
          group
            ? html`<optgroup label=${group}>${options.map(this.renderOption)}</optgroup>`
            : options.map(this.renderOption),
        )}
      </select>
      ${note ? html`<p id="note" class="note">${note}</p>` : nothing}
    `;
  }

  private readonly renderOption = ({ value, label, disabled = false }: SelectOption) =>
    html`<option value=${value} .selected=${live(value === this.value)} ?disabled=${disabled}>
      ${label}
    </option>`;

  private choose(event: Event) {
    this.value = (event.target as HTMLSelectElement).value;
    this.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ui-select': UiSelect;
  }
}
