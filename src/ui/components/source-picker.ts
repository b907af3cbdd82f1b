import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { defaultHeadsState, type HeadsState, type SourceKind } from '../../heads/link-state';
import { sentences } from '../../heads/sources/sentences';
import { MOST_CHARACTERS } from '../../heads/sources/split-words';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';

const kinds: readonly { readonly kind: SourceKind; readonly label: string }[] = [
  { kind: 'planted', label: 'Planted structure' },
  { kind: 'sentence', label: 'Sentences' },
  { kind: 'text', label: 'Your text' },
  { kind: 'file', label: 'Your tensors' },
];

/** Longer sequences have fewer heads to begin with: all of them should come within a minute or so. */
const headsFor = (length: number) => (length <= 4096 ? 12 : length <= 16384 ? 4 : 1);

const lengths = [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];
const headCounts = [1, 2, 4, 8, 12, 16, 24, 32];
const group = new Intl.NumberFormat('en-US');

/** How long typing may pause before a text is taken. */
const TYPING_MS = 250;

/**
 * Chooses what is looked at: planted structure, a sentence of the lesson, the user's own text or tensors.
 *
 * @fires {CustomEvent<Partial<HeadsState>>} source-change
 * @fires {CustomEvent<{ files: readonly File[] }>} files-choose
 */
@customElement('source-picker')
export class SourcePicker extends LitElement {
  static override styles = [
    ...shared,
    forms,
    css`
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
    `,
  ];

  @property({ attribute: false }) state: HeadsState = defaultHeadsState;
  /** Names of the files that are looked at; empty where none are. */
  @property({ attribute: false }) fileNames: readonly string[] = [];
  /** Whether the fields for files are shown, before any were chosen. */
  @state() private wantsFiles = false;
  @state() private wrongSeed: string | null = null;
  private typing: ReturnType<typeof setTimeout> | undefined;

  override render() {
    const chosen = this.wantsFiles ? 'file' : this.state.source;
    return html`
      <fieldset class="kinds">
        <legend class="spoken">What to look at</legend>
        ${kinds.map(
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
    switch (kind) {
      case 'planted':
        return html`${this.renderLength()} ${this.renderHeads()} ${this.renderSeed()}`;
      case 'sentence':
        return html`${this.renderSentence()} ${this.renderSeed()}`;
      case 'text':
        return html`${this.renderText()} ${this.renderSeed()}`;
      case 'file':
        return this.renderFiles();
    }
  }

  private renderLength() {
    const take = (event: Event) => {
      const length = Number((event.target as HTMLSelectElement).value);
      this.tell({ length, heads: Math.min(this.state.heads, headsFor(length)) });
    };
    return this.renderSelect('length', 'Tokens', lengths, this.state.length, take);
  }

  private renderHeads() {
    const take = (event: Event) =>
      this.tell({ heads: Number((event.target as HTMLSelectElement).value) });
    return this.renderSelect('heads', 'Heads', headCounts, this.state.heads, take);
  }

  /** A link may have a number that is none of ours. */
  private renderSelect(
    id: string,
    label: string,
    choices: readonly number[],
    value: number,
    take: (event: Event) => void,
  ) {
    const all = [...new Set([...choices, value])].sort((a, b) => a - b);
    return html`
      <div class="field">
        <label for=${id}>${label}</label>
        <select id=${id} @change=${take}>
          ${all.map(
            (one) =>
              html`<option value=${one} .selected=${live(one === value)}>
                ${group.format(one)}
              </option>`,
          )}
        </select>
      </div>
    `;
  }

  private renderSeed() {
    const take = (event: Event) => {
      const text = (event.target as HTMLInputElement).value.trim();
      const seed = Number(text);
      const isSeed = /^\d+$/.test(text) && seed < 2 ** 32;
      this.wrongSeed = isSeed ? null : text;
      if (isSeed) this.tell({ seed });
    };
    return html`
      <div class="field">
        <label for="seed">Seed</label>
        <input
          id="seed"
          type="text"
          inputmode="numeric"
          autocomplete="off"
          .value=${live(this.wrongSeed ?? String(this.state.seed))}
          aria-invalid=${this.wrongSeed === null ? 'false' : 'true'}
          aria-describedby="seed-error"
          @change=${take}
        />
      </div>
      <span id="seed-error" class="error" ?hidden=${this.wrongSeed === null}>
        The seed is a whole number from 0 to 4294967295.
      </span>
    `;
  }

  private renderSentence() {
    return html`
      <div class="field wide">
        <label for="sentence">Sentence</label>
        <select
          id="sentence"
          @change=${(event: Event) =>
            this.tell({ sentence: (event.target as HTMLSelectElement).value })}
        >
          ${sentences.map(
            ({ name, text }) =>
              html`<option value=${name} .selected=${live(name === this.state.sentence)}>
                ${text}
              </option>`,
          )}
        </select>
      </div>
    `;
  }

  private renderText() {
    const take = (event: Event) => {
      const { value } = event.target as HTMLTextAreaElement;
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.tell({ text: value }), TYPING_MS);
    };
    return html`
      <div class="field wide tall">
        <label for="text">Text, split into words and marks</label>
        <textarea
          id="text"
          maxlength=${MOST_CHARACTERS}
          spellcheck="false"
          .value=${this.state.text}
          @input=${take}
        ></textarea>
      </div>
    `;
  }

  private renderFiles() {
    const take = (event: Event) => {
      const input = event.target as HTMLInputElement;
      const files = [...(input.files ?? [])];
      // The same file may be chosen again after it was changed.
      input.value = '';
      if (files.length > 0)
        this.dispatchEvent(new CustomEvent('files-choose', { detail: { files } }));
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
            @change=${take}
          />
        </p>
        <p class="soft small">
          .npy, .npz or .safetensors, tokens as .json; or drop them anywhere on this page. They stay
          on this machine.
          ${this.fileNames.length > 0 ? html`Shown now: ${this.fileNames.join(', ')}.` : nothing}
        </p>
      </div>
    `;
  }

  private chooseKind(kind: SourceKind) {
    // Files are shown once there are some: until then, what is there stays.
    this.wantsFiles = kind === 'file' && this.fileNames.length === 0;
    if (!this.wantsFiles) this.tell({ source: kind });
  }

  private tell(change: Partial<HeadsState>) {
    this.dispatchEvent(new CustomEvent('source-change', { detail: change, bubbles: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'source-picker': SourcePicker;
  }
}
