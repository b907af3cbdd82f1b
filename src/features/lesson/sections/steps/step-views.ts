import { html, nothing, type TemplateResult } from 'lit';
import { formatDecimal } from '../../../../numeric/format';
import { checkbox, radio, textField } from '../../../../ui/controls/fields';
import { arrowStep } from '../../../../ui/interaction/roving-focus';
import { toggled } from '../../model/sentence';
import type { Lesson } from '../../parts/lesson';
import type { Shading } from '../../parts/number-table';
import type { StepTable, StepValues } from './cells';

/** A table's title, the role that tints it, its shading and its decimals. */
const tableStyle = (name: string, tint = '', shading: Shading = 'signed', decimals = 2) => ({
  name,
  tint,
  shading,
  decimals,
});

export const tableStyles: Readonly<Record<StepTable, ReturnType<typeof tableStyle>>> = {
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

/** Tables the reader can edit; all others follow from them. */
export const editableTables: ReadonlySet<StepTable> = new Set(['x', 'wq', 'wk', 'wv']);

export interface StepContext {
  readonly lesson: Lesson;
  readonly values: StepValues;
  readonly table: (table: StepTable) => TemplateResult;
  readonly formula: (table: StepTable) => TemplateResult;
  readonly temperatureSlider: TemplateResult;
  readonly setSentence: (text: string) => void;
}

const sideBySide = (first: unknown, second: unknown) => html`
  <div class="paths auto-columns">
    <div class="stack">${first}</div>
    <div class="stack">${second}</div>
  </div>
`;

const wordsView = ({ values, table, formula, setSentence }: StepContext) =>
  sideBySide(
    html`${table('x')} ${formula('x')}`,
    html`
      ${textField('sentence', 'The sentence', values.state.sentence, setSentence)}
      <p class="soft small">
        The deck gives similarities, not vectors. These are ours: one choice of many whose dot
        products are its table, as near as can be to an axis for each word. Words that you add get
        vectors drawn by chance, the same for the same word.
      </p>
    `,
  );

function projectionsView({ table, formula }: StepContext) {
  const path = (role: string, what: string, matrix: StepTable, result: StepTable) => html`
    <div class="stack">
      <h5 class=${role}>
        ${role[0].toUpperCase()}${role.slice(1)} <span class="soft">${what}</span>
      </h5>
      ${table(matrix)} ${table(result)} ${formula(result)}
    </div>
  `;
  return html`
    <div class="paths three auto-columns">
      ${path('query', 'what it asks for', 'wq', 'query')}
      ${path('key', 'what it answers to', 'wk', 'key')}
      ${path('value', 'what it hands over', 'wv', 'value')}
    </div>
  `;
}

function scoresView({ lesson, values, table, formula, temperatureSlider }: StepContext) {
  const { scaled, wq } = values.state;
  const label = `Divide by √d = ${formatDecimal(Math.sqrt(wq[0].length))}`;
  return sideBySide(
    html`${table('scores')} ${formula('scores')}`,
    html`
      ${checkbox(label, scaled, () => lesson.patch({ scaled: !scaled }), 'scaled')}
      ${temperatureSlider}
    `,
  );
}

function maskView({ lesson, values, table, formula }: StepContext) {
  const { hidden, causal } = values.state;
  return sideBySide(
    html`${table('masked')} ${formula('masked')}`,
    html`
      <fieldset class="row">
        <legend>Hide from all</legend>
        ${values.words.map((word, position) => {
          const toggle = () => lesson.patch({ hidden: toggled(hidden, position) });
          return checkbox(word, hidden.includes(position), toggle, undefined, 'hidden');
        })}
      </fieldset>
      ${checkbox(
        'Causal: a word sees itself and what stands before it',
        causal,
        () => lesson.patch({ causal: !causal }),
        'causal',
      )}
    `,
  );
}

function weightsView({ values, table, formula }: StepContext) {
  const sums = values.steps.weights.map((row) => row.reduce((a, b) => a + b, 0));
  const blind = sums.filter((sum) => sum === 0).length;
  const isOne = sums.every((sum) => sum === 0 || Math.abs(sum - 1) < 1e-9);
  return sideBySide(
    table('weights'),
    html`
      <p class="badge ${isOne && blind === 0 ? 'on' : 'off'}">
        ${
          blind === 0
            ? 'Every row sums to 1'
            : `${blind} ${blind === 1 ? 'row sees' : 'rows see'} nothing: 0 all along`
        }
      </p>
      ${formula('weights')}
    `,
  );
}

const outputView = ({ table, formula }: StepContext) =>
  sideBySide(table('output'), formula('output'));

export interface StepView {
  readonly id: string;
  /** In the bar of all steps. */
  readonly short: string;
  readonly title: string;
  readonly render: (context: StepContext) => TemplateResult;
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

/** The step before or after one; the step itself at the ends. */
export function neighbouringStep(id: string, by: number): string {
  const index = stepViews.findIndex((step) => step.id === id);
  return stepViews[Math.min(stepViews.length - 1, Math.max(0, index + by))].id;
}

/** Stays in view over all steps: the word that asks, and the current step. */
export function renderStepBar(
  { words, state }: StepValues,
  current: string,
  setQuery: (position: number) => void,
  goTo: (step: string) => void,
) {
  const handleKey = (event: KeyboardEvent) => {
    const arrow = arrowStep(event);
    if (!arrow) return;
    event.preventDefault();
    const next = neighbouringStep(current, arrow[0] + arrow[1]);
    goTo(next);
    const bar = event.currentTarget as HTMLElement;
    bar.querySelector<HTMLElement>(`[data-step=${next}]`)?.focus({ preventScroll: true });
  };
  return html`
    <div class="bar row between">
      <fieldset class="pills">
        <legend class="nowrap">Asking:</legend>
        ${words.map((word, position) =>
          radio('query', word, position === state.query, () => setQuery(position)),
        )}
      </fieldset>
      <div
        class="row"
        role="toolbar"
        aria-label="Steps: arrow keys go forwards and back"
        @keydown=${handleKey}
      >
        ${stepViews.map(
          ({ id, short }) => html`
            <button
              type="button"
              class="flat small soft"
              data-step=${id}
              tabindex=${id === current ? 0 : -1}
              aria-current=${id === current ? 'step' : nothing}
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
