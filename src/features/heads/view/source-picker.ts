import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../../numeric/format';
import { radio, select } from '../../../ui/controls/fields';
import '../../../ui/controls/ui-number';
import { emit } from '../../../ui/emit';
import { UiElement } from '../../../ui/element';
import { MAX_TEXT_CHARACTERS, sentences } from '../model/sources/words';
import { defaultHeadsState, type HeadsState, type SourceKind } from '../model/state';

const sourceKinds: readonly { readonly kind: SourceKind; readonly label: string }[] = [
  { kind: 'planted', label: 'Planted structure' },
  { kind: 'sentence', label: 'Sentences' },
  { kind: 'text', label: 'Your text' },
  { kind: 'file', label: 'Your tensors' },
];

const lengths = [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];
const headCounts = [1, 2, 4, 8, 12, 16, 24, 32];

const sentenceOptions = sentences.map(({ name, text }) => ({ value: name, label: text }));

/** Longer sequences have fewer heads at first, so that all of them are computed within a minute or so. */
const headsFor = (length: number) => (length <= 4096 ? 12 : length <= 16384 ? 4 : 1);

/** How long typing must pause before a text is read. */
const TYPING_PAUSE_MS = 250;

const valueOf = (event: Event) => (event.target as HTMLInputElement).value;

/**
 * Chooses the source: planted structure, a sentence of the lesson, the user's own text or tensors.
 *
 * @fires {CustomEvent<Partial<HeadsState>>} source-change
 * @fires {CustomEvent<{ files: readonly File[] }>} files-choose
 */
@customElement('source-picker')
export class SourcePicker extends UiElement {
  static override styles = css`
    .source {
      gap: var(--space-3) var(--space-6);
    }

    .pills {
      margin-left: calc(-1 * var(--space-3));
    }

    .pills label:has(:checked) {
      font-weight: 550;
    }

    .fields {
      flex: 1;
      column-gap: var(--space-5);
    }

    #sentence,
    .wide {
      flex: 1 1 20rem;
      max-width: var(--measure);
    }

    .drop {
      max-width: var(--measure);
      padding: var(--space-3) var(--space-4);
      border: 1px dashed var(--edge);
      border-radius: var(--radius);
    }

    input[type='file'] {
      max-width: 100%;
    }
  `;

  @property({ attribute: false }) state: HeadsState = defaultHeadsState;
  /** Names of the files that are shown; empty where none are. */
  @property({ attribute: false }) fileNames: readonly string[] = [];
  /** Whether the fields for files are shown before any were chosen. */
  @state() private showsFileFields = false;
  private typing: ReturnType<typeof setTimeout> | undefined;

  override render() {
    const chosen = this.showsFileFields ? 'file' : this.state.source;
    return html`
      <div class="source row">
        <fieldset class="pills">
          <legend class="visually-hidden">Source</legend>
          ${sourceKinds.map(({ kind, label }) =>
            radio('kind', label, kind === chosen, () => this.chooseKind(kind), kind),
          )}
        </fieldset>
        <div class="fields row">
          ${this.renderFields(chosen)} ${chosen === 'file' ? nothing : this.renderSeed()}
        </div>
      </div>
    `;
  }

  private renderFields(kind: SourceKind) {
    const { state } = this;
    switch (kind) {
      case 'planted':
        return html`
          ${renderNumbers('length', 'Tokens', lengths, state.length, (length) =>
            this.change({ length, heads: Math.min(this.state.heads, headsFor(length)) }),
          )}
          ${renderNumbers('heads', 'Heads', headCounts, state.heads, (heads) =>
            this.change({ heads }),
          )}
        `;
      case 'sentence':
        return select(
          'Sentence',
          sentenceOptions,
          state.sentence,
          (sentence) => this.change({ sentence }),
          { id: 'sentence', inline: true },
        );
      case 'text':
        return html`<div class="wide">
          <label class="field-label" for="text">Text, split into words and punctuation</label>
          <textarea
            id="text"
            maxlength=${MAX_TEXT_CHARACTERS}
            spellcheck="false"
            .value=${state.text}
            @input=${this.type}
          ></textarea>
        </div>`;
      case 'file':
        return this.renderFiles();
    }
  }

  private renderSeed() {
    return html`<ui-number
      id="seed"
      inline
      short
      whole
      label="Seed"
      min="0"
      max=${2 ** 32 - 1}
      error-text="The seed is a whole number from 0 to 4294967295."
      .value=${this.state.seed}
      @change=${(event: Event) => this.change({ seed: Number(valueOf(event)) })}
    ></ui-number>`;
  }

  private renderFiles() {
    const { fileNames } = this;
    return html`
      <div class="drop">
        <label class="field-label" for="files">
          Queries and keys; values and tokens if you have them
        </label>
        <p class="mt-1">
          <input
            id="files"
            type="file"
            multiple
            accept=".npy,.npz,.safetensors,.json"
            @change=${this.chooseFiles}
          />
        </p>
        <p class="soft small mt-1">
          .npy, .npz or .safetensors, tokens as .json; or drop them anywhere on this page. They stay
          on this machine.
          ${fileNames.length > 0 ? html`Shown now: ${fileNames.join(', ')}.` : nothing}
        </p>
      </div>
    `;
  }

  private chooseKind(kind: SourceKind) {
    // Until there are files, the current source stays.
    this.showsFileFields = kind === 'file' && this.fileNames.length === 0;
    if (!this.showsFileFields) this.change({ source: kind });
  }

  private chooseFiles(event: Event) {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // The same file may be chosen again after it was changed.
    input.value = '';
    if (files.length > 0) emit(this, 'files-choose', { files });
  }

  private type(event: Event) {
    const text = valueOf(event);
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.change({ text }), TYPING_PAUSE_MS);
  }

  private change(change: Partial<HeadsState>) {
    emit(this, 'source-change', change);
  }
}

/** A choice among numbers. A link may contain one that is not listed. */
function renderNumbers(
  id: string,
  label: string,
  choices: readonly number[],
  value: number,
  choose: (value: number) => void,
) {
  const all = [...new Set([...choices, value])].sort((a, b) => a - b);
  const options = all.map((one) => ({ value: String(one), label: formatCount(one) }));
  return select(label, options, String(value), (text) => choose(Number(text)), {
    id,
    inline: true,
  });
}

declare global {
  interface HTMLElementEventMap {
    'source-change': CustomEvent<Partial<HeadsState>>;
    'files-choose': CustomEvent<{ readonly files: readonly File[] }>;
  }
}
