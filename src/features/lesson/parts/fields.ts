import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { keepWhileFocused } from '../../../ui/keep-while-focused';

export const checkbox = (label: string, checked: boolean, toggle: () => void, id?: string) => html`
  <label class="check">
    <input id=${id ?? nothing} type="checkbox" .checked=${live(checked)} @change=${toggle} />
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
