import { formatCount } from '../../../numeric/format';
import { css, html, nothing, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { forms } from '../../../ui/styles/forms';
import { shared } from '../../../ui/styles/shared';
import { sentences } from '../model/sources/sentences';
import { defaultHeadsState, type HeadsState, type SourceKind } from '../model/state';
import { SeedField } from './seed-field';
import { TextInput } from './text-input';

/** Kinds of sources in a row, and the fields of the one that is chosen. */
const pickerStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-3) var(--space-6);
    align-items: center;
  }

  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1);
    margin-left: calc(-1 * var(--space-3));
  }

  .kinds label {
    position: relative;
    padding: var(--space-1) var(--space-3);
    border-radius: var(--radius);
    color: var(--ink-soft);
    cursor: pointer;
  }

  .kinds label:hover {
    color: var(--ink);
  }

  .kinds label:has(:checked) {
    background: var(--surface);
    color: var(--ink);
    font-weight: 550;
  }

  .kinds label:has(:focus-visible) {
    outline: 2px solid var(--accent);
  }

  .kinds input {
    position: absolute;
    inset: 0;
    width: auto;
    height: auto;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .fields {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: var(--space-2) var(--space-5);
    align-items: center;
  }

  .field {
    display: flex;
    gap: var(--space-2);
    align-items: center;
  }

  .field label {
    color: var(--ink-soft);
    font-size: var(--text-small);
  }

  .field select {
    width: auto;
  }

  .field input[type='text'] {
    width: 5rem;
  }

  .field.wide {
    flex: 1 1 20rem;
    max-width: var(--measure);
  }

  .field.wide select {
    flex: 1;
    width: 100%;
  }

  .field.tall {
    display: block;
  }

  textarea {
    width: 100%;
    min-height: 4rem;
    padding: var(--space-2);
    border: 1px solid transparent;
    border-bottom-color: var(--edge);
    border-radius: var(--radius) var(--radius) 0 0;
    background: var(--surface);
    color: inherit;
    font: inherit;
    resize: vertical;
  }

  .drop {
    max-width: var(--measure);
    padding: var(--space-3) var(--space-4);
    border: 1px dashed var(--edge);
    border-radius: var(--radius);
  }

  .drop p {
    margin-top: var(--space-1);
  }

  input[type='file'] {
    max-width: 100%;
  }
`;

/** Templates for what a source is made of, one field each. */

const lengths = [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];
const headCounts = [1, 2, 4, 8, 12, 16, 24, 32];

const lengthField = (length: number, take: (length: number) => void) =>
  numberChoice('length', 'Tokens', lengths, length, take);

const headsField = (heads: number, take: (heads: number) => void) =>
  numberChoice('heads', 'Heads', headCounts, heads, take);

/** A link may have a number that is none of ours. */
function numberChoice(
  id: string,
  label: string,
  choices: readonly number[],
  value: number,
  take: (value: number) => void,
) {
  const all = [...new Set([...choices, value])].sort((a, b) => a - b);
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <select
        id=${id}
        @change=${(event: Event) => take(Number((event.target as HTMLSelectElement).value))}
      >
        ${all.map(
          (one) =>
            html`<option value=${one} .selected=${live(one === value)}>
              ${formatCount(one)}
            </option>`,
        )}
      </select>
    </div>
  `;
}

/** One of the lesson's sentences, by its name. */
function sentenceField(sentence: string, take: (sentence: string) => void) {
  return html`
    <div class="field wide">
      <label for="sentence">Sentence</label>
      <select
        id="sentence"
        @change=${(event: Event) => take((event.target as HTMLSelectElement).value)}
      >
        ${sentences.map(
          ({ name, text }) =>
            html`<option value=${name} .selected=${live(name === sentence)}>${text}</option>`,
        )}
      </select>
    </div>
  `;
}

/** @param shown Names of the files that are looked at now. */
function filesField(shown: readonly string[], take: (files: readonly File[]) => void) {
  const choose = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // The same file may be chosen again after it was changed.
    input.value = '';
    if (files.length > 0) take(files);
  };
  return html`
    <div class="drop">
      <label for="files">Queries and keys; values and tokens if you have them</label>
      <p>
        <input
          id="files"
          type="file"
          multiple
          accept=".npy,.npz,.safetensors,.json"
          @change=${choose}
        />
      </p>
      <p class="soft small">
        .npy, .npz or .safetensors, tokens as .json; or drop them anywhere on this page. They stay
        on this machine. ${shown.length > 0 ? html`Shown now: ${shown.join(', ')}.` : nothing}
      </p>
    </div>
  `;
}

const sourceKinds: readonly { readonly kind: SourceKind; readonly label: string }[] = [
  { kind: 'planted', label: 'Planted structure' },
  { kind: 'sentence', label: 'Sentences' },
  { kind: 'text', label: 'Your text' },
  { kind: 'file', label: 'Your tensors' },
];

/** Longer sequences have fewer heads to begin with: all of them should come within a minute or so. */
const headsFor = (length: number) => (length <= 4096 ? 12 : length <= 16384 ? 4 : 1);

/**
 * Chooses what is looked at: planted structure, a sentence of the lesson, the user's own text or tensors.
 *
 * @fires {CustomEvent<Partial<HeadsState>>} source-change
 * @fires {CustomEvent<{ files: readonly File[] }>} files-choose
 */
@customElement('source-picker')
export class SourcePicker extends LitElement {
  static override styles = [...shared, forms, pickerStyles];

  @property({ attribute: false }) state: HeadsState = defaultHeadsState;
  /** Names of the files that are looked at; empty where none are. */
  @property({ attribute: false }) fileNames: readonly string[] = [];
  /** Whether the fields for files are shown, before any were chosen. */
  @state() private wantsFiles = false;
  private readonly seed = new SeedField(this, (seed) => this.changeState({ seed }));
  private readonly text = new TextInput((text) => this.changeState({ text }));

  override render() {
    const chosen = this.wantsFiles ? 'file' : this.state.source;
    return html`
      <fieldset class="kinds">
        <legend class="visually-hidden">What to look at</legend>
        ${sourceKinds.map(
          ({ kind, label }) => html`
            <label>
              <input
                type="radio"
                name="kind"
                value=${kind}
                .checked=${live(kind === chosen)}
                @change=${() => this.chooseKind(kind)}
              />
              ${label}
            </label>
          `,
        )}
      </fieldset>
      <div class="fields">${this.renderFields(chosen)}</div>
    `;
  }

  private renderFields(kind: SourceKind) {
    const { state, seed } = this;
    switch (kind) {
      case 'planted':
        return html`
          ${lengthField(state.length, (length) =>
            this.changeState({ length, heads: Math.min(this.state.heads, headsFor(length)) }),
          )}
          ${headsField(state.heads, (heads) => this.changeState({ heads }))}
          ${seed.render(state.seed)}
        `;
      case 'sentence':
        return html`${sentenceField(state.sentence, (sentence) => this.changeState({ sentence }))}
        ${seed.render(state.seed)}`;
      case 'text':
        return html`${this.text.render(state.text)} ${seed.render(state.seed)}`;
      case 'file':
        return filesField(this.fileNames, (files) =>
          this.dispatchEvent(new CustomEvent('files-choose', { detail: { files } })),
        );
    }
  }

  private chooseKind(kind: SourceKind) {
    // Files are shown once there are some: until then, what is there stays.
    this.wantsFiles = kind === 'file' && this.fileNames.length === 0;
    if (!this.wantsFiles) this.changeState({ source: kind });
  }

  private changeState(change: Partial<HeadsState>) {
    this.dispatchEvent(new CustomEvent('source-change', { detail: change, bubbles: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'source-picker': SourcePicker;
  }
}
