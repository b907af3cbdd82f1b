import { sum } from 'd3-array';
import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { capitalised, formatDecimal } from '../../../../numeric/format';
import { checkbox, textField } from '../../../../ui/controls/fields';
import { memoizeLast } from '../../../../ui/memoize-last';
import { kernelTask } from '../../engine/kernels';
import { sentenceProblem } from '../../model/attention-problems';
import { toggled } from '../../model/sentence';
import { type MatrixName, withNumber, withSentence } from '../../model/state';
import { numberNames } from '../../model/tables';
import type { CellEdit, TableCell } from '../../parts/number-table';
import { LessonSection, type Section } from '../../parts/section';
import {
  cellFor,
  cellExists,
  stepValuesOf,
  numbersOf,
  formulaOf,
  type StepValues,
  highlightedBy,
  highlightedByName,
  type HighlightedTables,
  type StepCell,
  type StepTable,
  describeOutput,
  describeWordWeights,
  PAIR_TABLES,
  stepTables,
} from './cells';
import { editableTables, renderStepBar, type Step, steps } from './steps';
import { stepsStyles } from './styles';

/** The keys of the state that attention depends on. */
const INPUTS = ['x', 'wq', 'wk', 'wv', 'hidden', 'causal', 'scaled', 'temperature'] as const;

const FORMULA = String.raw`\htmlClass{output}{O} = \htmlClass{weight}{\operatorname{softmax}\!\left(\frac{\htmlClass{query}{Q}\,\htmlClass{key}{K}^{\mathsf T}}{\sqrt d \cdot T} + M\right)} \htmlClass{value}{V}`;

/** The observer has reported a scrolled page by then. */
const SCROLL_MS = 300;

const sideBySide = (first: unknown, second: unknown) => html`
  <div class="paths auto-columns">
    <div class="stack">${first}</div>
    <div class="stack">${second}</div>
  </div>
`;

/** All of attention for the sentence, table by table; each number can be edited or traced to what made it. */
@customElement('lesson-steps')
export class LessonSteps extends LessonSection {
  static override styles = stepsStyles;

  @state() private cell: StepCell | null = null;
  @state() private step: Step = 'words';
  private values!: StepValues;
  private highlighted: HighlightedTables = {};
  private readonly tablesToHighlight = memoizeLast(
    (hovered: string, cell: StepCell | null): HighlightedTables =>
      hovered ? highlightedByName(hovered) : cell ? highlightedBy(cell) : {},
  );
  private readonly kernel = kernelTask(this, () => this.lesson.kernels);
  private readonly problem = memoizeLast((..._inputs: unknown[]) => sentenceProblem(this.state));

  /** Until then, steps that are passed on the way to a chosen one do not count. */
  private scrollsUntil = 0;
  /** The step that crosses a line a quarter of the way down is the current one. */
  private readonly observer = new IntersectionObserver(
    (entries) => {
      const entered = entries.find(({ isIntersecting }) => isIntersecting);
      if (!entered || performance.now() <= this.scrollsUntil) return;
      this.step = entered.target.id.replace('step-', '') as Step;
    },
    { rootMargin: '-25% 0px -74% 0px' },
  );

  override firstUpdated() {
    for (const step of this.renderRoot.querySelectorAll('li')) this.observer.observe(step);
  }

  override willUpdate() {
    if (this.values?.state !== this.state) this.values = stepValuesOf(this.state, this.values);
    if (this.cell && !cellExists(this.cell, this.values)) this.cell = null;
    this.highlighted = this.tablesToHighlight(this.hovered, this.cell);
    if (!this.viewport.hasBeenInView) return;
    this.kernel.run(this.problem(...INPUTS.map((key) => this.state[key])));
  }

  override render() {
    return html`
      ${this.renderProse()}
      <figure aria-labelledby="caption">
        ${renderStepBar(this.values, this.step, (query) => this.patch({ query }), this.goTo)}
        <ol class="steps plain-list stack gap-6">
          ${steps.map(
            ({ id, title }, i) => html`
              <li id="step-${id}" class="stack ${id === this.step ? 'current' : ''}">
                <h4><span class="count soft">${i + 1}</span>${title}</h4>
                ${this.views[id]()}
              </li>
            `,
          )}
        </ol>
        ${this.renderError()}
        <figcaption id="caption">
          ${describeWordWeights(this.state.query, this.values)}
          ${describeOutput(this.state.query, this.values)}
        </figcaption>
        ${this.computedBy(this.kernel.value, this.kernel.message)}
      </figure>
    `;
  }

  private renderProse() {
    return html`
      <div class="prose">
        <p>
          Here is everything so far, in order, with nothing left out. Each word is a row of X. Three
          matrices make three vectors of it: a ${this.term('query', 'query')}, what the word asks
          for; a ${this.term('key', 'key')}, what it answers to; a ${this.term('value', 'value')},
          what it hands over. Every query meets every key in a ${this.term('score', 'score')};
          scores that may not count become −∞; the softmax makes ${this.term('weight', 'weights')}
          of each row; and the weights mix the values into the ${this.term('output', 'output')}.
        </p>
        <tex-formula .tex=${FORMULA} highlighted=${this.hovered}></tex-formula>
        <p>
          Change any number: all that follows from it changes along. Point at one, and the numbers
          that made it light up, with the arithmetic underneath (terms of 0 are left out).
        </p>
      </div>
    `;
  }

  private readonly views: Readonly<Record<Step, () => TemplateResult>> = {
    words: () =>
      sideBySide(
        this.explained('x'),
        html`
          ${textField('sentence', 'The sentence', this.state.sentence, (text) =>
            this.attempt(() => this.lesson.set(withSentence(this.state, text))),
          )}
          <p class="soft small">
            The deck gives similarities, not vectors. These are ours: one choice of many whose dot
            products are its table, as near as can be to an axis for each word. Words that you add
            get vectors drawn by chance, the same for the same word.
          </p>
        `,
      ),
    projections: () => html`
      <div class="paths three auto-columns">
        ${this.renderProjection('query', 'what it asks for', 'wq')}
        ${this.renderProjection('key', 'what it answers to', 'wk')}
        ${this.renderProjection('value', 'what it hands over', 'wv')}
      </div>
    `,
    scores: () => sideBySide(this.explained('scores'), this.renderDivisors()),
    mask: () => sideBySide(this.explained('masked'), this.renderMask()),
    weights: () =>
      sideBySide(this.table('weights'), html`${this.renderSums()} ${this.formula('weights')}`),
    output: () => sideBySide(this.table('output'), this.formula('output')),
  };

  private renderProjection(role: 'query' | 'key' | 'value', what: string, matrix: StepTable) {
    return html`
      <div class="stack">
        <h5 class=${role}>${capitalised(role)} <span class="soft">${what}</span></h5>
        ${this.table(matrix)} ${this.explained(role)}
      </div>
    `;
  }

  private renderDivisors() {
    const { scaled, wq, temperature } = this.state;
    const label = `Divide by √d = ${formatDecimal(Math.sqrt(wq[0].length))}`;
    return html`
      ${checkbox(label, scaled, () => this.patch({ scaled: !scaled }), 'scaled')}
      ${this.slider(
        'Temperature T, which divides too',
        temperature,
        (temperature) => ({ temperature }),
        { min: 0.1, max: 10, step: 0.1, logarithmic: true },
      )}
    `;
  }

  private renderMask() {
    const { hidden, causal } = this.state;
    return html`
      <fieldset class="row">
        <legend>Hide from all</legend>
        ${this.values.words.map((word, position) => {
          const toggle = () => this.patch({ hidden: toggled(hidden, position) });
          return checkbox(word, hidden.includes(position), toggle, undefined, 'hidden');
        })}
      </fieldset>
      ${checkbox(
        'Causal: a word sees itself and what stands before it',
        causal,
        () => this.patch({ causal: !causal }),
        'causal',
      )}
    `;
  }

  private renderSums() {
    const sums = this.values.steps.weights.map((row) => sum(row));
    const blind = sums.filter((total) => total === 0).length;
    const isOne = sums.every((total) => Math.abs(total - 1) < 1e-9);
    return html`
      <p class="badge ${isOne ? 'on' : 'off'}">
        ${
          blind === 0
            ? 'Every row sums to 1'
            : `${blind} ${blind === 1 ? 'row sees' : 'rows see'} nothing: 0 all along`
        }
      </p>
    `;
  }

  private table(table: StepTable) {
    const { state, words } = this.values;
    const { name, tint, shading, decimals } = stepTables[table];
    const numbers = numbersOf(table, this.values);
    const isEditable = editableTables.has(table);
    const isProjection = isEditable && table !== 'x';
    const isPair = PAIR_TABLES.includes(table);
    return html`
      <number-table
        data-table=${table}
        compact
        .name=${name}
        .rowNames=${isProjection ? numberNames(numbers.length) : words}
        .columnNames=${isPair ? words : numberNames(numbers[0].length)}
        .values=${numbers}
        .decimals=${decimals}
        class=${tint}
        .shading=${shading}
        .highlighted=${this.highlighted[table] ?? null}
        .chosen=${isProjection ? -1 : state.query}
        ?editable=${isEditable}
        @cell-point=${({ detail }: CustomEvent<TableCell | null>) => {
          if (detail) this.cell = { table, ...detail };
        }}
        @number-change=${({ detail }: CustomEvent<CellEdit>) => {
          const { row, column, value } = detail;
          const name = table as MatrixName;
          this.attempt(() => this.lesson.set(withNumber(this.state, name, row, column, value)));
        }}
      ></number-table>
    `;
  }

  private formula(table: StepTable) {
    const cell = cellFor(table, this.cell, this.values);
    return html`<tex-formula
      inline
      data-of=${table}
      .tex=${formulaOf(cell, this.values)}
      highlighted=${this.hovered}
    ></tex-formula>`;
  }

  /** A table, and how one of its numbers was computed. */
  private explained(table: StepTable) {
    return html`${this.table(table)} ${this.formula(table)}`;
  }

  private readonly goTo = (step: Step) => {
    this.step = step;
    this.scrollsUntil = performance.now() + SCROLL_MS;
    this.renderRoot.querySelector(`#step-${step}`)?.scrollIntoView({ block: 'start' });
  };
}

export const stepsSection: Section = {
  id: 'steps',
  title: 'All of it at once',
};
