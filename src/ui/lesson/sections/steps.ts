import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { problemOfState } from '../../../lessons/problems';
import {
  type LessonState,
  type MatrixName,
  withNumber,
  withSentence,
} from '../../../lessons/state';
import { KernelRun } from '../kernel-run';
import { LessonSection } from '../lesson-section';
import { numberNames } from '../number-names';
import { remember } from '../remember';
import { renderBar } from '../steps/bar';
import type { StagesView } from '../steps/bodies';
import { cellFor, isThere, shownOf, valuesOf } from '../steps/cells';
import { formulaOf, type Shown } from '../steps/formulas';
import { given, looks } from '../steps/looks';
import { Settling } from '../settling';
import { neighbourOf, type Stage, stages } from '../steps/stages';
import { stepsStyles } from '../steps/steps.css';
import { litBy, litByName, type LitTables, type StepCell, type StepTable } from '../steps/trace';
import { outputInWords, weightsInWords } from '../steps/words';
import '../computed-by';
import '../number-table';
import '../setting-slider';
import '../tex-formula';

interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** What attention follows from. */
const DEPENDS = ['x', 'wq', 'wk', 'wv', 'hidden', 'causal', 'scaled', 'temperature'] as const;

const WHOLE = String.raw`\htmlClass{output}{O} = \htmlClass{weight}{\operatorname{softmax}\!\left(\frac{\htmlClass{query}{Q}\,\htmlClass{key}{K}^{\mathsf T}}{\sqrt d \cdot T} + M\right)} \htmlClass{value}{V}`;

/** All of attention for the sentence: every table of it, each number editable or traced to what made it. */
@customElement('lesson-steps')
export class LessonSteps extends LessonSection {
  static override styles = [...LessonSection.styles, stepsStyles];

  /** The number pointed at last. */
  @state() private cell: StepCell | null = null;
  @state() private stage = stages[0].id;
  private shown!: Shown;
  private lit: LitTables = {};
  private readonly litOf = remember((pointed: string, cell: StepCell | null): LitTables =>
    pointed ? litByName(pointed) : cell ? litBy(cell) : {},
  );
  private readonly run = new KernelRun(this, () => this.lesson.kernels);
  private computed: LessonState | null = null;

  private readonly settling = new Settling();
  /** The line that counts is a quarter of the way down: the stage that crosses it is being read. */
  private readonly watch = new IntersectionObserver(
    (entries) => {
      const entered = entries.find(({ isIntersecting }) => isIntersecting);
      if (entered && this.settling.isOver) this.stage = entered.target.id.replace('stage-', '');
    },
    { rootMargin: '-25% 0px -74% 0px' },
  );

  override firstUpdated() {
    for (const stage of this.renderRoot.querySelectorAll('li')) this.watch.observe(stage);
  }

  override willUpdate() {
    if (this.shown?.state !== this.state) this.shown = shownOf(this.state, this.shown);
    if (this.cell && !isThere(this.cell, this.shown)) this.cell = null;
    this.lit = this.litOf(this.pointed, this.cell);
    if (this.near.isReached) this.compute();
  }

  /** Again only when something that attention follows from has changed. */
  private compute() {
    const { computed, state: now } = this;
    if (computed && DEPENDS.every((key) => computed[key] === now[key])) return;
    this.computed = now;
    this.run.want(problemOfState(now));
  }

  override render() {
    return html`
      ${this.renderProse()}
      <figure aria-labelledby="caption">
        ${renderBar(this.shown, this.stage, {
          ask: (query) => this.lesson.set({ query }),
          goTo: this.goTo,
          goBy: (by) => {
            this.goTo(neighbourOf(this.stage, by));
            return this.stage;
          },
        })}
        <ol>
          ${stages.map((stage, i) => this.renderStage(stage, i))}
        </ol>
        ${this.renderTrouble()} ${this.renderCaption()}
      </figure>
    `;
  }

  private renderProse() {
    return html`
      <div class="prose">
        <p>
          Here is everything so far, in order, with nothing left out. Each word is a row of X. Three
          matrices make three vectors of it: a ${this.handle('query', 'query')}, what the word asks
          for; a ${this.handle('key', 'key')}, what it answers to; a
          ${this.handle('value', 'value')}, what it hands over. Every query meets every key in a
          ${this.handle('score', 'score')}; scores that may not count become −∞; the softmax makes
          ${this.handle('weight', 'weights')} of each row; and the weights mix the values into the
          ${this.handle('output', 'output')}.
        </p>
        <tex-formula .tex=${WHOLE} lit=${this.pointed}></tex-formula>
        <p>
          Change any number: all that follows from it changes along. Point at one, and the numbers
          that made it light up, with the arithmetic underneath (terms of 0 are left out).
        </p>
      </div>
    `;
  }

  private renderStage(stage: Stage, index: number) {
    return html`
      <li id="stage-${stage.id}" class=${stage.id === this.stage ? 'now' : ''}>
        <h4><span class="count">${index + 1}</span>${stage.title}</h4>
        ${stage.body(this.view)}
      </li>
    `;
  }

  private renderCaption() {
    const { shown, run } = this;
    const { query } = shown.state;
    return html`
      <figcaption id="caption">
        ${weightsInWords(query, shown)} ${outputInWords(query, shown)}
      </figcaption>
      <computed-by
        .answer=${run.answer}
        .trouble=${run.trouble}
        .unavailable=${this.lesson.kernels.unavailable}
      ></computed-by>
    `;
  }

  private readonly table = (table: StepTable) => {
    const { shown } = this;
    const { name, concept, shading, places } = looks[table];
    const values = valuesOf(table, shown);
    const isGiven = given.has(table);
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
        .concept=${concept}
        .shading=${shading}
        .lit=${this.lit[table] ?? null}
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
      lit=${this.pointed}
    ></tex-formula>`;
  };

  private get view(): StagesView {
    const { lesson, shown, table, formula } = this;
    return {
      lesson,
      shown,
      table,
      formula,
      setSentence: (text) =>
        this.attempt(() => lesson.change(withSentence(lesson.state, text.trim()))),
    };
  }

  private edit(table: MatrixName, { row, column, value }: CellPlace & { value: number }) {
    const { lesson } = this;
    this.attempt(() => lesson.change(withNumber(lesson.state, table, row, column, value)));
  }

  private readonly goTo = (stage: string) => {
    this.stage = stage;
    this.settling.begin();
    this.renderRoot.querySelector(`#stage-${stage}`)?.scrollIntoView({ block: 'start' });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-steps': LessonSteps;
  }
}
