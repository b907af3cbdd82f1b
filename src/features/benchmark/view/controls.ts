import { css, html, nothing, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { implementations } from '../../../bench/implementations';
import { isWindowed } from '../../../bench/masks';
import { customPreset, findPreset, presets } from '../../../bench/presets';
import {
  type ChoiceSetting,
  type ListSetting,
  type NumberSetting,
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
import { shared } from '../../../ui/styles/shared';
import './series';

const controlStyles = css`
  form {
    gap: var(--space-5);
  }

  .preset {
    gap: var(--space-1) var(--space-5);
  }

  .preset label {
    flex-basis: 100%;
    font-weight: 600;
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
  }

  .fields,
  .choices {
    margin-top: var(--space-2);
  }

  .field {
    align-content: start;
    gap: var(--space-1);
  }

  /* Its longest word is wider than a number; with a window beside it, the row is full. */
  .field:has(#mask) {
    grid-column: span 2;
  }

  .quiet input {
    color: var(--ink-soft);
  }

  .choices {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
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

  .action {
    gap: var(--space-5);
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

function presetControl(settings: Settings, take: (event: Event) => void) {
  const description = findPreset(settings.preset)?.description ?? 'One case with the shape below.';
  const hint = isSuite(settings) ? 'Editing the shape below switches to a custom shape.' : '';
  const option = (name: string, label: string) =>
    html`<option value=${name} .selected=${name === settings.preset}>${label}</option>`;
  return html`
    <div class="row preset">
      <label class="small" for="preset">Preset</label>
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

function numberControl(
  field: NumberSetting,
  text: string,
  error: string | undefined,
  take: (event: Event) => void,
) {
  return html`
    <div class="stack field">
      <label class="field-label" for=${field.name} title=${field.help}>${field.label}</label>
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
      <span id="${field.name}-help" class=${error ? 'error' : 'visually-hidden'}>
        ${error ?? field.help}
      </span>
    </div>
  `;
}

function choiceControl(field: ChoiceSetting, text: string, take: (event: Event) => void) {
  return html`
    <div class="stack field">
      <label class="field-label" for=${field.name} title=${field.help}>${field.label}</label>
      <select id=${field.name} @change=${take}>
        ${field.choices.map(
          ({ value, label }) =>
            html`<option value=${value} .selected=${value === text}>${label}</option>`,
        )}
      </select>
    </div>
  `;
}

function listControl(
  field: ListSetting,
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
            <label class="row one-line baseline choice small">
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
                <span class="soft">${summaryOf(value)}</span>
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
  return implementations.find(({ name }) => name === contestant)?.summary ?? '';
}

const single = settingFields.filter(
  (field) =>
    field.name !== 'preset' && field.kind !== 'list' && !shapeFields.some((own) => own === field),
);
const lists = settingFields.filter((field) => field.kind === 'list');

/**
 * All settings of a benchmark, as labelled native controls.
 *
 * @fires {CustomEvent<Settings>} settings-change - other valid settings.
 * @fires run-request - Run was pressed and every field is valid.
 * @fires cancel-request - Cancel was pressed.
 * @slot - progress, beside the button.
 */
@customElement('benchmark-controls')
export class BenchmarkControls extends LitElement {
  static override styles = [...shared, controlStyles];

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
      <form class="stack" novalidate @submit=${this.submit}>
        ${presetControl(settings, this.take)}
        <fieldset class=${isSuite(settings) ? 'quiet' : ''}>
          <legend>Shape</legend>
          <div class="fields">${shapeFields.map((field) => this.renderField(field))}</div>
        </fieldset>
        <fieldset>
          <legend>Inputs and budget</legend>
          <div class="fields">${single.filter(counts).map((field) => this.renderField(field))}</div>
        </fieldset>
        ${lists.map((field) => this.renderField(field))}
        <div class="row action">
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
    if (field.kind === 'number') return numberControl(field, text, error, this.take);
    if (field.kind === 'choice') return choiceControl(field, text, this.take);
    return listControl(field, text, error, () => this.takeList(field));
  }

  private get complaint() {
    const count = this.form.issues.length;
    return `Not started: ${count === 1 ? 'one field is' : `${count} fields are`} invalid.`;
  }

  private readonly take = (event: Event) => {
    const { id, value } = event.target as HTMLInputElement | HTMLSelectElement;
    this.change(id, value);
  };

  private takeList({ name }: ListSetting) {
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
    if (this.running) return this.cancel();
    this.blocked = this.form.issues.length > 0;
    if (!this.blocked) return void emit(this, 'run-request');
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  /** Enter in a field submits as well, but it means "run", which is under way already. */
  private cancel() {
    const focused = (this.renderRoot as ShadowRoot).activeElement;
    if (!(focused instanceof HTMLInputElement)) emit(this, 'cancel-request');
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
