import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { keepWhileFocused } from '../keep-while-focused';
import './ui-select';
import type { SelectOption, UiSelect } from './ui-select';

export const checkbox = (
  label: string,
  checked: boolean,
  toggle: () => void,
  id?: string,
  name?: string,
) => html`
  <label class="check">
    <input
      id=${id ?? nothing}
      name=${name ?? nothing}
      type="checkbox"
      .checked=${live(checked)}
      @change=${toggle}
    />
    ${label}
  </label>
`;

/** A text that counts once it has been entered. Changes from elsewhere do not disturb the typing. */
export const textField = (
  id: string,
  label: string,
  value: string,
  enter: (text: string) => void,
) => html`
  <label class="field">
    ${label}
    <input
      id=${id}
      type="text"
      autocomplete="off"
      .value=${keepWhileFocused(value)}
      @change=${(event: Event) => enter((event.target as HTMLInputElement).value.trim())}
    />
  </label>
`;

export const radio = (
  name: string,
  label: string,
  checked: boolean,
  choose: () => void,
  value?: string,
) => html`
  <label class="check">
    <input
      type="radio"
      name=${name}
      value=${value ?? nothing}
      .checked=${live(checked)}
      @change=${choose}
    />
    ${label}
  </label>
`;

interface ButtonOptions {
  readonly id?: string;
  /** Tooltip and accessible name, where the label is short. */
  readonly title?: string;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
}

export const button = (label: unknown, click: () => void, options: ButtonOptions = {}) => html`
  <button
    type="button"
    id=${options.id ?? nothing}
    title=${options.title ?? nothing}
    aria-label=${options.title ?? nothing}
    ?disabled=${options.disabled}
    aria-pressed=${options.pressed ?? nothing}
    @click=${click}
  >
    ${label}
  </button>
`;

interface SelectAttributes {
  readonly id?: string;
  readonly inline?: boolean;
  readonly disabled?: boolean;
  readonly note?: string;
}

export const select = <Value extends string>(
  label: string,
  options: readonly SelectOption[],
  value: Value,
  choose: (value: Value) => void,
  { id, inline = false, disabled = false, note = '' }: SelectAttributes = {},
) => html`
  <ui-select
    id=${id ?? nothing}
    label=${label}
    note=${note}
    ?inline=${inline}
    ?disabled=${disabled}
    .options=${options}
    .value=${value}
    @change=${(event: Event) => choose((event.target as UiSelect).value as Value)}
  ></ui-select>
`;
