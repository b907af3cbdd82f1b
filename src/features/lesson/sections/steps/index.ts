import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { memoizeLast } from '../../../../ui/memoize-last';
import { kernelTask } from '../../engine/kernels';
import { sentenceProblem } from '../../model/attention-problems';
import { type MatrixName, withNumber, withSentence } from '../../model/state';
import { numberNames } from '../../model/tables';
import type { CellEdit, TableCell } from '../../parts/number-table';
import '../../parts/number-table';
import { LessonSection, type Section } from '../../parts/section';
import '../../parts/tex-formula';
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
} from './cells';
import {
  renderStepBar,
  type StepContext,
  editableTables,
  tableStyles,
  type StepView,
  stepViews,
} from './step-views';
import { stepsStyles } from './styles';

/** The keys of the state that attention depends on. */
const INPUTS = ['x', 'wq', 'wk', 'wv', 'hidden', 'causal', 'scaled', 'temperature'] as const;

const FORMULA = String.raw`\htmlClass{output}{O} = \htmlClass{weight}{\operatorname{softmax}\!\left(\frac{\htmlClass{query}{Q}\,\htmlClass{key}{K}^{\mathsf T}}{\sqrt d \cdot T} + M\right)} \htmlClass{value}{V}`;

/** The observer has reported a scrolled page by then. */
const SCROLL_MS = 300;

/** All of attention for the sentence, table by table; each number can be edited or traced to what made it. */
@customElement('lesson-steps')
export class LessonSteps extends LessonSection {
  static override styles = stepsStyles;

  @state() private cell: StepCell | null = null;
  @state() private step = stepViews[0].id;
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
      this.step = entered.target.id.replace('step-', '');
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
        <ol class="steps plain-list stack">
          ${stepViews.map((step, i) => this.renderStep(step, i))}
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

  private renderStep({ id, title, render }: StepView, index: number) {
    return html`
      <li id="step-${id}" class="stack ${id === this.step ? 'current' : ''}">
        <h4><span class="count soft">${index + 1}</span>${title}</h4>
        ${render(this.context)}
      </li>
    `;
  }

  private readonly table = (table: StepTable) => {
    const { state, words } = this.values;
    const { name, tint, shading, decimals } = tableStyles[table];
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
        @number-change=${({ detail }: CustomEvent<CellEdit>) =>
          this.edit(table as MatrixName, detail)}
      ></number-table>
    `;
  };

  private readonly formula = (table: StepTable) => {
    const cell = cellFor(table, this.cell, this.values);
    return html`<tex-formula
      inline
      data-of=${table}
      .tex=${formulaOf(cell, this.values)}
      highlighted=${this.hovered}
    ></tex-formula>`;
  };

  private get context(): StepContext {
    const { lesson, values, table, formula } = this;
    return {
      lesson,
      values,
      table,
      formula,
      temperatureSlider: this.slider(
        'Temperature T, which divides too',
        lesson.state.temperature,
        (temperature) => ({ temperature }),
        { min: 0.1, max: 10, step: 0.1, logarithmic: true },
      ),
      setSentence: (text) => this.attempt(() => lesson.set(withSentence(lesson.state, text))),
    };
  }

  private edit(table: MatrixName, { row, column, value }: CellEdit) {
    const { lesson } = this;
    this.attempt(() => lesson.set(withNumber(lesson.state, table, row, column, value)));
  }

  private readonly goTo = (step: string) => {
    this.step = step;
    this.scrollsUntil = performance.now() + SCROLL_MS;
    this.renderRoot.querySelector(`#step-${step}`)?.scrollIntoView({ block: 'start' });
  };
}

export const stepsSection: Section = {
  id: 'steps',
  title: 'All of it at once',
  render: (lesson) => html`<lesson-steps .lesson=${lesson}></lesson-steps>`,
};
