import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { fields, shapeFields, windowField, type Field, type ListField } from '../../bench/fields';
import { isWindowed } from '../../bench/masks';
import { defaultSettings, type Settings } from '../../bench/settings';
import { draftOf, edit, sameSettings, textOf, type Draft } from '../draft';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { controlStyles } from './benchmark-controls.css';
import {
  choiceControl,
  isSuite,
  listControl,
  numberControl,
  presetControl,
} from './setting-fields';

const single = fields.filter(
  (field) =>
    field.name !== 'preset' && field.kind !== 'list' && !shapeFields.some((own) => own === field),
);
const lists = fields.filter((field) => field.kind === 'list');

/**
 * Everything a benchmark can be told, as labelled native controls drawn from `fields.ts`.
 *
 * @fires {CustomEvent<Settings>} settings-change - the settings changed to others that are right.
 * @fires run-request - Run was pressed and every field is right.
 * @fires cancel-request - Cancel was pressed.
 * @slot - beside the button: progress.
 */
@customElement('benchmark-controls')
export class BenchmarkControls extends LitElement {
  static override styles = [...shared, forms, controlStyles];

  @property({ attribute: false }) settings: Settings = defaultSettings;
  /** While a run is under way its button says Cancel. */
  @property({ type: Boolean }) running = false;

  @state() private draft: Draft = draftOf(this.settings);
  /** Run was pressed while something was wrong. */
  @state() private blocked = false;

  override willUpdate(changed: PropertyValues) {
    // Our own change comes back from the page; only another one ends what is being edited.
    if (!changed.has('settings') || sameSettings(this.settings, this.draft.settings)) return;
    this.draft = draftOf(this.settings);
    this.blocked = false;
  }

  override render() {
    const { settings } = this.draft;
    const counts = (field: Field) => field !== windowField || isWindowed(settings.mask);
    return html`
      <form novalidate @submit=${this.submit}>
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
        <div class="action">
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

  private renderField(field: Field) {
    const text = textOf(this.draft, field);
    const problem = this.draft.problems.find((candidate) => candidate.field === field.name);
    const error = problem && `Expected ${problem.allowed}.`;
    if (field.kind === 'number') return numberControl(field, text, error, this.take);
    if (field.kind === 'choice') return choiceControl(field, text, this.take);
    return listControl(field, text, error, () => this.takeList(field));
  }

  private get complaint() {
    const count = this.draft.problems.length;
    return `Not started: ${count === 1 ? 'one field needs' : `${count} fields need`} another value.`;
  }

  private readonly take = (event: Event) => {
    const { id, value } = event.target as HTMLInputElement | HTMLSelectElement;
    this.change(id, value);
  };

  private takeList({ name }: ListField) {
    const boxes = this.renderRoot.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`);
    const chosen = [...boxes].filter(({ checked }) => checked);
    this.change(name, chosen.map(({ value }) => value).join(','));
  }

  private change(name: string, text: string) {
    const before = this.draft.settings;
    this.draft = edit(this.draft, name, text);
    this.blocked &&= this.draft.problems.length > 0;
    if (sameSettings(before, this.draft.settings)) return;
    this.settings = this.draft.settings;
    this.emit('settings-change', this.settings);
  }

  private submit(event: Event) {
    event.preventDefault();
    if (this.running) return this.cancel();
    this.blocked = this.draft.problems.length > 0;
    if (!this.blocked) return this.emit('run-request');
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  /** Enter in a field submits too; that says "run", and it runs already. */
  private cancel() {
    const focused = (this.renderRoot as ShadowRoot).activeElement;
    if (!(focused instanceof HTMLInputElement)) this.emit('cancel-request');
  }

  private emit(type: string, detail?: Settings) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

/** A double click is one press: its second half would undo what the first began. */
function ignoreSecondClick(event: MouseEvent) {
  if (event.detail > 1) event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'benchmark-controls': BenchmarkControls;
  }
}
