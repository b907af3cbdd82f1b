import { html, type TemplateResult, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { formatDecimal } from '../../../../ui/format-number';
import { keepWhileFocused } from '../../../../ui/keep-while-focused';
import type { Lesson } from '../../parts/lesson';
import type { Shading } from '../../parts/number-table';
import type { StepTable, StepValues } from './cells';

/** How a table of the steps is titled and shaded. */
interface TableStyle {
  readonly name: string;
  readonly role: string;
  readonly shading: Shading;
  readonly places: number;
}

const tableStyle = (
  name: string,
  role = '',
  shading: Shading = 'signed',
  places = 2,
): TableStyle => ({
  name,
  role,
  shading,
  places,
});

export const tableStyles: Readonly<Record<StepTable, TableStyle>> = {
  x: tableStyle('X'),
  wq: tableStyle('W_Q', 'query'),
  wk: tableStyle('W_K', 'key'),
  wv: tableStyle('W_V', 'value'),
  query: tableStyle('Q = X · W_Q', 'query'),
  key: tableStyle('K = X · W_K', 'key'),
  value: tableStyle('V = X · W_V', 'value'),
  scores: tableStyle('Scores', 'score'),
  masked: tableStyle('Scores, masked', 'score'),
  weights: tableStyle('Weights', 'weight', 'share', 3),
  output: tableStyle('Output', 'output'),
};

/** Tables that are given; all others follow from them. */
export const editableTables: ReadonlySet<StepTable> = new Set(['x', 'wq', 'wk', 'wv']);

/** What the steps are drawn with. */
export interface StepContext {
  readonly lesson: Lesson;
  readonly shown: StepValues;
  readonly table: (table: StepTable) => TemplateResult;
  readonly formula: (table: StepTable) => TemplateResult;
  readonly temperatureSlider: TemplateResult;
  readonly setSentence: (text: string) => void;
}

function wordsView({ shown, table, formula, setSentence }: StepContext) {
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
            .value=${keepWhileFocused(shown.state.sentence)}
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

function projectionsView({ table, formula }: StepContext) {
  const path = (role: string, what: string, matrix: StepTable, result: StepTable) => html`
    <div class="path">
      <h5 class=${role}>${role[0].toUpperCase()}${role.slice(1)} <span>${what}</span></h5>
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

function scoresView({ lesson, shown, table, formula, temperatureSlider }: StepContext) {
  const { scaled, wq } = shown.state;
  return html`
    <div class="paths">
      <div class="path">${table('scores')} ${formula('scores')}</div>
      <div class="path">
        <label class="check">
          <input
            id="scaled"
            type="checkbox"
            .checked=${live(scaled)}
            @change=${() => lesson.patch({ scaled: !scaled })}
          />
          Divide by √d = ${formatDecimal(Math.sqrt(wq[0].length))}
        </label>
        ${temperatureSlider}
      </div>
    </div>
  `;
}

function maskView({ lesson, shown, table, formula }: StepContext) {
  const { hidden, causal } = shown.state;
  const toggle = (place: number) => {
    const next = hidden.includes(place)
      ? hidden.filter((one) => one !== place)
      : [...hidden, place].sort((a, b) => a - b);
    lesson.patch({ hidden: next });
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
            @change=${() => lesson.patch({ causal: !causal })}
          />
          Causal: a word sees itself and what stands before it
        </label>
      </div>
    </div>
  `;
}

function weightsView({ shown, table, formula }: StepContext) {
  const sums = shown.steps.weights.map((row) => row.reduce((a, b) => a + b, 0));
  const blind = sums.filter((sum) => sum === 0).length;
  const isOne = sums.every((sum) => sum === 0 || Math.abs(sum - 1) < 1e-9);
  return html`
    <div class="paths">
      <div class="path">${table('weights')}</div>
      <div class="path">
        <p class="badge ${isOne && blind === 0 ? 'on' : 'off'}">
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

function outputView({ table, formula }: StepContext) {
  return html`
    <div class="paths">
      <div class="path">${table('output')}</div>
      <div class="path">${formula('output')}</div>
    </div>
  `;
}

/** A step of attention, as the section shows it. */
export interface StepView {
  readonly id: string;
  /** In a row of all of them. */
  readonly short: string;
  readonly title: string;
  readonly render: (view: StepContext) => TemplateResult;
}

export const stepViews: readonly StepView[] = [
  { id: 'words', short: 'X', title: 'Words as vectors', render: wordsView },
  {
    id: 'projections',
    short: 'Q, K, V',
    title: 'Three vectors of each word',
    render: projectionsView,
  },
  { id: 'scores', short: 'scores', title: 'Each query meets each key', render: scoresView },
  { id: 'mask', short: 'mask', title: 'What may not be seen', render: maskView },
  { id: 'weights', short: 'softmax', title: 'Scores become shares', render: weightsView },
  { id: 'output', short: 'output', title: 'Values, mixed by shares', render: outputView },
];

/** The stage before or after one; itself at the ends. */
export function neighbouringStep(id: string, by: number): string {
  const at = stepViews.findIndex((stage) => stage.id === id);
  return stepViews[Math.min(stepViews.length - 1, Math.max(0, at + by))].id;
}

interface StepBarEvents {
  /** Another word asks. */
  readonly ask: (place: number) => void;
  readonly goTo: (stage: string) => void;
  /** So many stages on, from where one is now; tells which that is. */
  readonly goBy: (by: number) => string;
}

/** Stays in view over all steps: which word asks, and which step one is at. */
export function renderStepBar(
  { words, state }: StepValues,
  stage: string,
  { ask, goTo, goBy }: StepBarEvents,
) {
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = goBy(by);
    const bar = event.currentTarget as HTMLElement;
    bar.querySelector<HTMLElement>(`[data-stage=${next}]`)?.focus({ preventScroll: true });
  };
  return html`
    <div class="bar">
      <fieldset class="words">
        <legend>Asking:</legend>
        ${words.map(
          (word, place) => html`
            <label
              ><input
                type="radio"
                name="query"
                .checked=${live(place === state.query)}
                @change=${() => ask(place)}
              />${word}</label
            >
          `,
        )}
      </fieldset>
      <div
        class="stages"
        role="toolbar"
        aria-label="Steps: arrow keys go forwards and back"
        @keydown=${press}
      >
        ${stepViews.map(
          ({ id, short }) => html`
            <button
              type="button"
              data-stage=${id}
              tabindex=${id === stage ? 0 : -1}
              aria-current=${id === stage ? 'step' : nothing}
              @click=${() => goTo(id)}
            >
              ${short}
            </button>
          `,
        )}
      </div>
    </div>
  `;
}
