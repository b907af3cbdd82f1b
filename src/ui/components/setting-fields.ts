import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { contestants } from '../../bench/contestants';
import type { ChoiceField, ListField, NumberField } from '../../bench/fields';
import { customPreset, findPreset, presets } from '../../bench/presets';
import type { Settings } from '../../bench/settings';
import './series-mark';

/** Templates for one setting each: a label, a native control, its help or what is wrong with it. */

const presetGroups = [
  { label: 'Suites', members: presets.filter(({ sized }) => sized) },
  { label: 'Models and single shapes', members: presets.filter(({ sized }) => !sized) },
];

/** Whether the shape fields say nothing, because the preset has several shapes of its own. */
export function isSuite({ preset }: Settings): boolean {
  return (findPreset(preset)?.cases.length ?? 1) > 1;
}

export function presetControl(settings: Settings, take: (event: Event) => void) {
  const description = findPreset(settings.preset)?.description ?? 'One case of the shape below.';
  const hint = isSuite(settings) ? 'Editing the shape below makes it a case of its own.' : '';
  const option = (name: string, label: string) =>
    html`<option value=${name} .selected=${name === settings.preset}>${label}</option>`;
  return html`
    <div class="preset">
      <label for="preset">Preset</label>
      <select id="preset" aria-describedby="preset-help" @change=${take}>
        ${presetGroups.map(
          ({ label, members }) => html`
            <optgroup label=${label}>
              ${members.map((member) => option(member.name, member.label))}
            </optgroup>
          `,
        )}
        ${option(customPreset, 'Custom shape')}
      </select>
      <p id="preset-help" class="soft">${description} ${hint}</p>
    </div>
  `;
}

export function numberControl(
  field: NumberField,
  text: string,
  error: string | undefined,
  take: (event: Event) => void,
) {
  return html`
    <div class="field">
      <label for=${field.name} title=${field.help}>${field.label}</label>
      <input
        id=${field.name}
        type="text"
        inputmode="numeric"
        autocomplete="off"
        spellcheck="false"
        .value=${live(text)}
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby="${field.name}-help"
        @input=${take}
      />
      <span id="${field.name}-help" class=${error ? 'error' : 'spoken'}>
        ${error ?? field.help}
      </span>
    </div>
  `;
}

export function choiceControl(field: ChoiceField, text: string, take: (event: Event) => void) {
  return html`
    <div class="field">
      <label for=${field.name} title=${field.help}>${field.label}</label>
      <select id=${field.name} @change=${take}>
        ${field.choices.map(
          ({ value, label }) =>
            html`<option value=${value} .selected=${value === text}>${label}</option>`,
        )}
      </select>
    </div>
  `;
}

export function listControl(
  field: ListField,
  text: string,
  error: string | undefined,
  take: () => void,
) {
  const chosen = text.split(',');
  return html`
    <fieldset class="list" aria-describedby="${field.name}-error">
      <legend>${field.label}</legend>
      <div class="choices">
        ${field.choices.map(
          ({ value, label }) => html`
            <label class="choice">
              <input
                type="checkbox"
                name=${field.name}
                value=${value}
                .checked=${live(chosen.includes(value))}
                aria-invalid=${error ? 'true' : 'false'}
                @change=${take}
              />
              <span>
                <span class="name"><series-mark contestant=${value}></series-mark> ${label}</span>
                <span class="soft small">${summaryOf(value)}</span>
              </span>
            </label>
          `,
        )}
      </div>
      <span id="${field.name}-error" class="error">${error ?? nothing}</span>
    </fieldset>
  `;
}

function summaryOf(contestant: string) {
  return contestants.find(({ name }) => name === contestant)?.summary ?? '';
}
