import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { memoizeLast } from '../../../../ui/memoize-last';
import { kernelTask } from '../../engine/kernels';
import { sentenceProblem } from '../../model/attention-problems';
import { type LessonState, type MatrixName, withNumber, withSentence } from '../../model/state';
import '../../parts/computed-by';
import { numberNames } from '../../parts/number-table';
import '../../parts/number-table';
import { LessonSection, type Section } from '../../parts/section';
import '../../parts/tex-formula';
import {
  cellFor,
  cellExists,
  stepValuesOf,
  valuesOf,
  formulaOf,
  type StepValues,
  highlightedBy,
  highlightedByName,
  type HighlightedTables,
  type StepCell,
  type StepTable,
  describeOutput,
  describeWordWeights,
} from './cells';
import {
  renderStepBar,
  type StepContext,
  editableTables,
  tableStyles,
  neighbouringStep,
  type StepView,
  stepViews,
} from './step-views';
import { stepsStyles } from './styles';

interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** What attention follows from. */
const DEPENDS = ['x', 'wq', 'wk', 'wv', 'hidden', 'causal', 'scaled', 'temperature'] as const;

const WHOLE = String.raw`\htmlClass{output}{O} = \htmlClass{weight}{\operatorname{softmax}\!\left(\frac{\htmlClass{query}{Q}\,\htmlClass{key}{K}^{\mathsf T}}{\sqrt d \cdot T} + M\right)} \htmlClass{value}{V}`;

/** The observer has reported a scrolled page by then. */
const SCROLL_MS = 300;

/** All of attention for the sentence: every table of it, each number editable or traced to what made it. */
@customElement('lesson-steps')
export class LessonSteps extends LessonSection {
  static override styles = [...LessonSection.styles, stepsStyles];

  /** The number pointed at last. */
  @state() private cell: StepCell | null = null;
  @state() private stage = stepViews[0].id;
  private shown!: StepValues;
  private highlighted: HighlightedTables = {};
  private readonly litOf = memoizeLast(
    (hovered: string, cell: StepCell | null): HighlightedTables =>
      hovered ? highlightedByName(hovered) : cell ? highlightedBy(cell) : {},
  );
  private readonly kernel = kernelTask(this, () => this.lesson.kernels);
  private computed: LessonState | null = null;

  /** Until then, steps that are crossed on the way to a chosen one do not count. */
  private scrollsUntil = 0;
  /** The line that counts is a quarter of the way down: the stage that crosses it is being read. */
  private readonly watch = new IntersectionObserver(
    (entries) => {
      const entered = entries.find(({ isIntersecting }) => isIntersecting);
      if (!entered || performance.now() <= this.scrollsUntil) return;
      this.stage = entered.target.id.replace('stage-', '');
    },
    { rootMargin: '-25% 0px -74% 0px' },
  );

  override firstUpdated() {
    for (const stage of this.renderRoot.querySelectorAll('li')) this.watch.observe(stage);
  }

  override willUpdate() {
    if (this.shown?.state !== this.state) this.shown = stepValuesOf(this.state, this.shown);
    if (this.cell && !cellExists(this.cell, this.shown)) this.cell = null;
    this.highlighted = this.litOf(this.hovered, this.cell);
    if (this.viewport.hasBeenInView) this.compute();
  }

  /** Again only when something that attention follows from has changed. */
  private compute() {
    const { computed, state: now } = this;
    if (computed && DEPENDS.every((key) => computed[key] === now[key])) return;
    this.computed = now;
    this.kernel.run(sentenceProblem(now));
  }

  override render() {
    return html`
      ${this.renderProse()}
      <figure aria-labelledby="caption">
        ${renderStepBar(this.shown, this.stage, {
          ask: (query) => this.patch({ query }),
          goTo: this.goTo,
          goBy: (by) => {
            this.goTo(neighbouringStep(this.stage, by));
            return this.stage;
          },
        })}
        <ol>
          ${stepViews.map((stage, i) => this.renderStage(stage, i))}
        </ol>
        ${this.renderError()} ${this.renderCaption()}
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
        <tex-formula .tex=${WHOLE} highlighted=${this.hovered}></tex-formula>
        <p>
          Change any number: all that follows from it changes along. Point at one, and the numbers
          that made it light up, with the arithmetic underneath (terms of 0 are left out).
        </p>
      </div>
    `;
  }

  private renderStage(stage: StepView, index: number) {
    return html`
      <li id="stage-${stage.id}" class=${stage.id === this.stage ? 'now' : ''}>
        <h4><span class="count">${index + 1}</span>${stage.title}</h4>
        ${stage.render(this.view)}
      </li>
    `;
  }

  private renderCaption() {
    const { shown, kernel } = this;
    const { query } = shown.state;
    return html`
      <figcaption id="caption">
        ${describeWordWeights(query, shown)} ${describeOutput(query, shown)}
      </figcaption>
      <computed-by
        .answer=${kernel.value}
        .error=${kernel.message}
        .unavailable=${this.lesson.kernels.unavailable}
      ></computed-by>
    `;
  }

  private readonly table = (table: StepTable) => {
    const { shown } = this;
    const { name, role, shading, places } = tableStyles[table];
    const values = valuesOf(table, shown);
    const isGiven = editableTables.has(table);
    const isWeight = table.startsWith('w') && isGiven;
    const isPair = table === 'scores' || table === 'masked' || table === 'weights';
    return html`
      <number-table
        data-table=${table}
        compact
        .name=${name}
        .rowNames=${isWeight ? numberNames(values.length) : shown.words}
        .columnNames=${isPair ? shown.words : numberNames(values[0].length)}
        .values=${values}
        .places=${places}
        .tint=${role}
        .shading=${shading}
        .highlighted=${this.highlighted[table] ?? null}
        .chosen=${isWeight ? -1 : shown.state.query}
        ?editable=${isGiven}
        @cell-point=${({ detail }: CustomEvent<CellPlace | null>) => {
          if (detail) this.cell = { table, ...detail };
        }}
        @number-change=${({ detail }: CustomEvent<CellPlace & { value: number }>) =>
          this.edit(table as MatrixName, detail)}
      ></number-table>
    `;
  };

  private readonly formula = (table: StepTable) => {
    const cell = cellFor(table, this.cell, this.shown);
    return html`<tex-formula
      inline
      data-of=${table}
      .tex=${formulaOf(cell, this.shown)}
      highlighted=${this.hovered}
    ></tex-formula>`;
  };

  private get view(): StepContext {
    const { lesson, shown, table, formula } = this;
    return {
      lesson,
      shown,
      table,
      formula,
      temperatureSlider: this.slider(
        'Temperature T, which divides too',
        lesson.state.temperature,
        (temperature) => ({ temperature }),
        { min: 0.1, max: 10, step: 0.1, logarithmic: true },
      ),
      setSentence: (text) =>
        this.attempt(() => lesson.set(withSentence(lesson.state, text.trim()))),
    };
  }

  private edit(table: MatrixName, { row, column, value }: CellPlace & { value: number }) {
    const { lesson } = this;
    this.attempt(() => lesson.set(withNumber(lesson.state, table, row, column, value)));
  }

  private readonly goTo = (stage: string) => {
    this.stage = stage;
    this.scrollsUntil = performance.now() + SCROLL_MS;
    this.renderRoot.querySelector(`#stage-${stage}`)?.scrollIntoView({ block: 'start' });
  };
}

export const stepsSection: Section = {
  id: 'steps',
  title: 'All of it at once',
  render: (lesson) => html`<lesson-steps .lesson=${lesson}></lesson-steps>`,
};

declare global {
  interface HTMLElementTagNameMap {
    'lesson-steps': LessonSteps;
  }
}
