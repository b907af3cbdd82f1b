import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Lesson } from '../lesson';
import { plainDigits } from '../digits';
import { unlessTyping } from '../unless-typing';
import type { Shown } from './formulas';
import type { StepTable } from './trace';

/** What the steps are drawn with. */
export interface StagesView {
  readonly lesson: Lesson;
  readonly shown: Shown;
  readonly table: (table: StepTable) => TemplateResult;
  readonly formula: (table: StepTable) => TemplateResult;
  readonly setSentence: (text: string) => void;
}

export function wordsBody({ shown, table, formula, setSentence }: StagesView) {
  return html`
    <div class="paths">
      <div class="path">${table('x')} ${formula('x')}</div>
      <div class="path">
        <label class="field"
          >The sentence
          <input
            id="sentence"
            type="text"
            autocomplete="off"
            .value=${unlessTyping(shown.state.sentence)}
            @change=${(event: Event) => setSentence((event.target as HTMLInputElement).value)}
          />
        </label>
        <p class="made-up">
          The deck gives similarities, not vectors. These are ours: one choice of many whose dot
          products are its table, as near as can be to an axis for each word. Words that you add get
          vectors drawn by chance, the same for the same word.
        </p>
      </div>
    </div>
  `;
}

export function projectionsBody({ table, formula }: StagesView) {
  const path = (concept: string, what: string, matrix: StepTable, result: StepTable) => html`
    <div class="path">
      <h5 class=${concept}>${concept[0].toUpperCase()}${concept.slice(1)} <span>${what}</span></h5>
      ${table(matrix)} ${table(result)} ${formula(result)}
    </div>
  `;
  return html`
    <div class="paths three">
      ${path('query', 'what it asks for', 'wq', 'query')}
      ${path('key', 'what it answers to', 'wk', 'key')}
      ${path('value', 'what it hands over', 'wv', 'value')}
    </div>
  `;
}

export function scoresBody({ lesson, shown, table, formula }: StagesView) {
  const { scaled, temperature, wq } = shown.state;
  return html`
    <div class="paths">
      <div class="path">${table('scores')} ${formula('scores')}</div>
      <div class="path">
        <label class="check">
          <input
            id="scaled"
            type="checkbox"
            .checked=${live(scaled)}
            @change=${() => lesson.set({ scaled: !scaled })}
          />
          Divide by √d = ${plainDigits(Math.sqrt(wq[0].length))}
        </label>
        <setting-slider
          label="Temperature T, which divides too"
          logarithmic
          .least=${0.1}
          .most=${10}
          .step=${0.1}
          .value=${temperature}
          @slide=${({ detail }: CustomEvent<number>) => lesson.set({ temperature: detail }, 'drag')}
          @settle=${() => lesson.drop()}
        ></setting-slider>
      </div>
    </div>
  `;
}

export function maskBody({ lesson, shown, table, formula }: StagesView) {
  const { hidden, causal } = shown.state;
  const toggle = (place: number) => {
    const next = hidden.includes(place)
      ? hidden.filter((one) => one !== place)
      : [...hidden, place].sort((a, b) => a - b);
    lesson.set({ hidden: next });
  };
  return html`
    <div class="paths">
      <div class="path">${table('masked')} ${formula('masked')}</div>
      <div class="path">
        <fieldset class="boxes">
          <legend>Hide from all</legend>
          ${shown.words.map(
            (word, place) => html`
              <label class="check">
                <input
                  type="checkbox"
                  name="hidden"
                  .checked=${live(hidden.includes(place))}
                  @change=${() => toggle(place)}
                />
                ${word}
              </label>
            `,
          )}
        </fieldset>
        <label class="check">
          <input
            id="causal"
            type="checkbox"
            .checked=${live(causal)}
            @change=${() => lesson.set({ causal: !causal })}
          />
          Causal: a word sees itself and what stands before it
        </label>
      </div>
    </div>
  `;
}

export function weightsBody({ shown, table, formula }: StagesView) {
  const sums = shown.steps.weights.map((row) => row.reduce((a, b) => a + b, 0));
  const blind = sums.filter((sum) => sum === 0).length;
  const isOne = sums.every((sum) => sum === 0 || Math.abs(sum - 1) < 1e-9);
  return html`
    <div class="paths">
      <div class="path">${table('weights')}</div>
      <div class="path">
        <p class="lamp ${isOne && blind === 0 ? 'on' : 'off'}">
          ${
            blind === 0
              ? 'Every row sums to 1'
              : `${blind} ${blind === 1 ? 'row sees' : 'rows see'} nothing: 0 all along`
          }
        </p>
        ${formula('weights')}
      </div>
    </div>
  `;
}

export function outputBody({ table, formula }: StagesView) {
  return html`
    <div class="paths">
      <div class="path">${table('output')}</div>
      <div class="path">${formula('output')}</div>
    </div>
  `;
}
