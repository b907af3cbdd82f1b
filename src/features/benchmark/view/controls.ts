import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { findImplementation } from '../../../bench/implementations';
import { isWindowed } from '../../../bench/masks';
import { customPreset, findPreset, presets } from '../../../bench/presets';
import {
  type ChoiceSetting,
  type Settings,
  settingFields,
  shapeFields,
  windowField,
  type SettingField,
  type FormState,
  defaultSettings,
  editField,
  fieldText,
  formStateOf,
  sameSettings,
} from '../../../bench/settings';
import { emit } from '../../../ui/emit';
import { UiElement } from '../../../ui/element';
import './series';

const controlStyles = css`
  .preset {
    gap: var(--space-1) var(--space-5);
  }

  .preset label {
    flex-basis: 100%;
  }

  .preset select {
    flex: 0 1 22rem;
    height: 2.75rem;
    font-size: var(--text-large);
  }

  .preset p,
  .action div {
    flex: 1 1 18rem;
  }

  .fields {
    --columns: 7;
    display: grid;
    grid-template-columns: repeat(var(--columns), minmax(0, 1fr));
    gap: var(--space-3);
    align-items: start;
  }

  /* Its longest word is wider than a number; with a window beside it, the row is full. */
  .field:has(#mask) {
    grid-column: span 2;
  }

  .quiet input {
    color: var(--ink-soft);
  }

  .choices {
    --column: 14rem;
    gap: var(--space-3) var(--space-5);
  }

  .choice {
    column-gap: var(--space-2);
    cursor: pointer;
  }

  .choice input {
    position: relative;
    top: 0.15rem;
    flex: none;
  }

  .choice .name {
    display: block;
    font-size: var(--text);
  }

  /* Where the page is narrow, or the preview beside the form leaves little room. */
  @media (max-width: 52rem), (min-width: 60rem) and (max-width: 72rem) {
    .fields {
      --columns: 4;
    }
  }

  @media (max-width: 40rem) {
    .fields {
      --columns: 3;
    }

    .field:has(#mask) {
      grid-column: auto;
    }

    .fields select {
      padding: 0;
      font-size: var(--text-small);
    }

    button.primary {
      width: 100%;
    }
  }
`;

const presetGroups = [
  { label: 'Suites', members: presets.filter(({ sized }) => sized) },
  { label: 'Models and single shapes', members: presets.filter(({ sized }) => !sized) },
];

/** Whether the preset has several shapes, so that the shape fields do not count. */
function isSuite({ preset }: Settings): boolean {
  return (findPreset(preset)?.cases.length ?? 1) > 1;
}

const option = (value: string, label: string, chosen: string) =>
  html`<option value=${value} .selected=${value === chosen}>${label}</option>`;

function presetControl(settings: Settings, take: (event: Event) => void) {
  const { preset } = settings;
  const description = findPreset(preset)?.description ?? 'One case with the shape below.';
  const hint = isSuite(settings) ? 'Editing the shape below switches to a custom shape.' : '';
  return html`
    <div class="row preset">
      <label class="small strong" for="preset">Preset</label>
      <select id="preset" aria-describedby="preset-help" @change=${take}>
        ${presetGroups.map(
          ({ label, members }) => html`
            <optgroup label=${label}>
              ${members.map((member) => option(member.name, member.label, preset))}
            </optgroup>
          `,
        )}
        ${option(customPreset, 'Custom shape', preset)}
      </select>
      <p id="preset-help" class="soft">${description} ${hint}</p>
    </div>
  `;
}

/** A setting with one value: a number, or one of several words. */
function valueControl(
  field: SettingField,
  text: string,
  error: string | undefined,
  take: (event: Event) => void,
) {
  const { name, label, help } = field;
  return html`
    <div class="stack gap-1 field">
      <label class="field-label" for=${name} title=${help}>${label}</label>
      ${
        field.kind === 'number'
          ? html`
              <input
                id=${name}
                type="text"
                inputmode="numeric"
                autocomplete="off"
                spellcheck="false"
                .value=${live(text)}
                aria-invalid=${error ? 'true' : 'false'}
                aria-describedby="${name}-help"
                @input=${take}
              />
              <span id="${name}-help" class=${error ? 'error' : 'visually-hidden'}>
                ${error ?? help}
              </span>
            `
          : html`<select id=${name} @change=${take}>
              ${field.choices.map((choice) => option(choice.value, choice.label, text))}
            </select>`
      }
    </div>
  `;
}

function listControl(
  { name, label, choices }: ChoiceSetting,
  text: string,
  error: string | undefined,
  take: () => void,
) {
  const chosen = text.split(',');
  return html`
    <fieldset class="list" aria-describedby="${name}-error">
      <legend>${label}</legend>
      <div class="auto-columns choices mt-2">
        ${choices.map(
          ({ value, label }) => html`
            <label class="row one-line baseline choice small">
              <input
                type="checkbox"
                name=${name}
                value=${value}
                .checked=${live(chosen.includes(value))}
                aria-invalid=${error ? 'true' : 'false'}
                @change=${take}
              />
              <span>
                <span class="name"><series-mark contestant=${value}></series-mark> ${label}</span>
                <span class="soft">${findImplementation(value)?.summary}</span>
              </span>
            </label>
          `,
        )}
      </div>
      <span id="${name}-error" class="error">${error ?? nothing}</span>
    </fieldset>
  `;
}

const isShape = (field: SettingField) => shapeFields.some((own) => own === field);
const others = settingFields.filter(
  (field) => field.name !== 'preset' && field.kind !== 'list' && !isShape(field),
);
const lists = settingFields.filter(({ kind }) => kind === 'list');

/**
 * All settings of a benchmark, as labelled native controls.
 *
 * @fires {CustomEvent<Settings>} settings-change - other valid settings.
 * @fires run-request - Run was pressed and every field is valid.
 * @fires cancel-request - Cancel was pressed.
 * @slot - progress, beside the button.
 */
@customElement('benchmark-controls')
export class BenchmarkControls extends UiElement {
  static override styles = controlStyles;

  @property({ attribute: false }) settings: Settings = defaultSettings;
  /** While a benchmark runs, the button cancels it. */
  @property({ type: Boolean }) running = false;

  @state() private form: FormState = formStateOf(this.settings);
  /** Run was pressed while a field was invalid. */
  @state() private blocked = false;

  override willUpdate(changed: PropertyValues) {
    // The page passes our own change back; only another one discards what is being edited.
    if (!changed.has('settings') || sameSettings(this.settings, this.form.settings)) return;
    this.form = formStateOf(this.settings);
    this.blocked = false;
  }

  override render() {
    const { settings } = this.form;
    const counts = (field: SettingField) => field !== windowField || isWindowed(settings.mask);
    return html`
      <form class="stack gap-5" novalidate @submit=${this.submit}>
        ${presetControl(settings, this.take)}
        <fieldset class=${isSuite(settings) ? 'quiet' : ''}>
          <legend>Shape</legend>
          <div class="fields mt-2">${shapeFields.map((field) => this.renderField(field))}</div>
        </fieldset>
        <fieldset>
          <legend>Inputs and budget</legend>
          <div class="fields mt-2">
            ${others.filter(counts).map((field) => this.renderField(field))}
          </div>
        </fieldset>
        ${lists.map((field) => this.renderField(field))}
        <div class="row gap-5 action">
          <button
            class=${this.running ? 'primary stop' : 'primary'}
            type="submit"
            @click=${ignoreSecondClick}
          >
            ${this.running ? 'Cancel' : 'Run'}
          </button>
          <div>
            <p class="error" role="alert">${this.blocked ? this.complaint : ''}</p>
            <slot></slot>
          </div>
        </div>
      </form>
    `;
  }

  private renderField(field: SettingField) {
    const text = fieldText(this.form, field);
    const issue = this.form.issues.find(({ field: name }) => name === field.name);
    const error = issue && `Expected ${issue.allowed}.`;
    return field.kind === 'list'
      ? listControl(field, text, error, () => this.takeList(field.name))
      : valueControl(field, text, error, this.take);
  }

  private get complaint() {
    const count = this.form.issues.length;
    return `Not started: ${count === 1 ? 'one field is' : `${count} fields are`} invalid.`;
  }

  private readonly take = (event: Event) => {
    const { id, value } = event.target as HTMLInputElement | HTMLSelectElement;
    this.change(id, value);
  };

  private takeList(name: string) {
    const boxes = this.renderRoot.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`);
    const chosen = [...boxes].filter(({ checked }) => checked);
    this.change(name, chosen.map(({ value }) => value).join(','));
  }

  private change(name: string, text: string) {
    const before = this.form.settings;
    this.form = editField(this.form, name, text);
    this.blocked &&= this.form.issues.length > 0;
    if (sameSettings(before, this.form.settings)) return;
    this.settings = this.form.settings;
    emit(this, 'settings-change', this.settings);
  }

  private submit(event: Event) {
    event.preventDefault();
    if (this.running) {
      // Enter in a field submits as well, but it means "run", which is under way already.
      const focused = (this.renderRoot as ShadowRoot).activeElement;
      if (!(focused instanceof HTMLInputElement)) emit(this, 'cancel-request');
      return;
    }
    this.blocked = this.form.issues.length > 0;
    if (!this.blocked) return void emit(this, 'run-request');
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }
}

/** A double click counts as one: its second click would cancel what the first started. */
function ignoreSecondClick(event: MouseEvent) {
  if (event.detail > 1) event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'benchmark-controls': BenchmarkControls;
  }

  interface HTMLElementEventMap {
    'settings-change': CustomEvent<Settings>;
    'run-request': CustomEvent;
    'cancel-request': CustomEvent;
  }
}
