import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { sentences } from '../../heads/sources/sentences';

/** Templates for what a source is made of, one field each. */

const lengths = [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];
const headCounts = [1, 2, 4, 8, 12, 16, 24, 32];
const group = new Intl.NumberFormat('en-US');

export const lengthField = (length: number, take: (length: number) => void) =>
  numberChoice('length', 'Tokens', lengths, length, take);

export const headsField = (heads: number, take: (heads: number) => void) =>
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
              ${group.format(one)}
            </option>`,
        )}
      </select>
    </div>
  `;
}

/** One of the lesson's sentences, by its name. */
export function sentenceField(sentence: string, take: (sentence: string) => void) {
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
export function filesField(shown: readonly string[], take: (files: readonly File[]) => void) {
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
