import { html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { defaultHeadsState, type HeadsState, type SourceKind } from '../../heads/link-state';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { SeedField } from './seed-field';
import { filesField, headsField, lengthField, sentenceField } from './source-fields';
import { pickerStyles } from './source-picker.css';
import { TypedText } from './typed-text';

const kinds: readonly { readonly kind: SourceKind; readonly label: string }[] = [
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
  private readonly seed = new SeedField(this, (seed) => this.tell({ seed }));
  private readonly text = new TypedText((text) => this.tell({ text }));

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
    const { state, seed } = this;
    switch (kind) {
      case 'planted':
        return html`
          ${lengthField(state.length, (length) =>
            this.tell({ length, heads: Math.min(this.state.heads, headsFor(length)) }),
          )}
          ${headsField(state.heads, (heads) => this.tell({ heads }))} ${seed.render(state.seed)}
        `;
      case 'sentence':
        return html`${sentenceField(state.sentence, (sentence) => this.tell({ sentence }))}
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
