import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatDecimal } from '../../../../numeric/format';
import { pairOf } from '../../model/scores';
import { deckSentence } from '../../model/sentence';
import {
  asymmetries,
  deckTable,
  printedRowNames,
  type Symmetrising,
  symmetric,
  withSimilarity,
  wordNames,
  vectorsExist,
} from '../../model/similarity-table';
import { withTable } from '../../model/state';
import { button } from '../../parts/fields';
import type { CellEdit, TableCell } from '../../parts/number-table';
import '../../parts/number-table';
import '../../parts/predict-first';
import { LessonSection, type Section } from '../../parts/section';
import { describeAsymmetries } from './captions';
import { renderExistence, mixBarStyles, existenceClaim } from './existence';
import { renderRoles } from './roles';
import { type Claim } from '../../model/claims';
import { type Question } from '../../model/questions';

const labels: Claim = {
  row: 11,
  id: 'labels',
  title: 'Names of the rows',
  names: ({ table }) => table.names.map((_, i) => `row ${i + 1}`),
  printed: printedRowNames,
  computed: ({ table }) => table.names,
  note: 'Row 5 is labelled The a second time; it is His.',
};

const question: Question = {
  id: 'vectors',
  row: 11,
  ask: () =>
    'Make the table symmetric, each pair taking the larger of its two numbers. Are there vectors whose dot products it is?',
  answer: ({ table }) => ({
    kind: 'choice',
    value: vectorsExist(symmetric(table)).exists ? 'yes' : 'no',
    choices: ['yes', 'no'],
  }),
};

@customElement('lesson-table')
export class LessonTable extends LessonSection {
  static override styles = [...LessonSection.styles, mixBarStyles];

  /** The hovered or focused cell. */
  @state() private cell: TableCell | null = null;

  override render() {
    return html`
      <div class="prose">
        <p>
          The deck now writes down how alike its words are: 1 for a word and itself, 0.75 for
          <em>Prisoner</em> and <em>Cell</em>, 0.2 for <em>The</em> and <em>Prisoner</em>. Two words
          from elsewhere, <em>Tissue</em> and <em>College</em>, keep it company: a cell can also be
          part of those. Read a row as: what does this word make of each of the others?
        </p>
        <p>
          You can change any number, and all that follows changes with it. Before you do: there is a
          slip in the names of the rows, and a deeper one in the numbers.
        </p>
      </div>
      ${this.renderTable()}
      <predict-first .question=${question} .lessonState=${this.state}>
        ${renderExistence(this.state)}
        ${renderRoles({
          table: this.state.table,
          cell: this.cell,
          fallback: this.pairCell,
          hovered: this.hovered,
          terms: { query: this.term('query', 'query'), key: this.term('key', 'key') },
          onHover: (cell) => (this.cell = cell),
        })}
      </predict-first>
    `;
  }

  private renderTable() {
    const { state } = this;
    const { table } = state;
    const isDeck = String(table.names) === String(wordNames);
    const pairs = asymmetries(table);
    const marks = pairs.flatMap(({ row, column }) => [
      { row, column, why: 'not what it is the other way round' },
      { row: column, column: row, why: 'not what it is the other way round' },
    ]);
    return html`
      <figure>
        <number-table
          id="similarities"
          name="Similarities"
          corner="row"
          shading="signed"
          editable
          .otherNames=${isDeck ? printedRowNames : null}
          otherCorner="printed"
          .rowNames=${table.names}
          .columnNames=${table.names}
          .values=${table.values}
          .marks=${marks}
          .highlighted=${this.cell}
          @number-change=${({ detail }: CustomEvent<CellEdit>) => {
            const { row, column, value } = detail;
            this.attempt(() =>
              this.lesson.set(withTable(state, withSimilarity(table, row, column, value))),
            );
          }}
          @cell-point=${({ detail }: CustomEvent<TableCell | null>) => (this.cell = detail)}
        ></number-table>
        ${this.renderRepairs()}
        <figcaption>${describeAsymmetries(table, pairs)} ${this.describeCell()}</figcaption>
        ${this.renderError()}
        ${
          isDeck
            ? html`<details>
                <summary>The slip in the names</summary>
                <p>${labels.note}</p>
              </details>`
            : html`<p class="made-up">
                The deck has no table for this sentence. Words of the deck’s keep their vectors,
                others have ones that we made up: always the same for the same word.
              </p>`
        }
      </figure>
    `;
  }

  private renderRepairs() {
    const { state } = this;
    const again = button(
      'The deck’s table again',
      () => this.lesson.set(withTable(state, deckTable)),
      { id: 'deck-table', disabled: String(state.table.values) === String(deckTable.values) },
    );
    return html`<div class="controls">
      ${this.renderSymmetriser('larger', 'Make it symmetric: the larger of each pair')}
      ${this.renderSymmetriser('mean', 'The mean of each pair')}
      ${state.sentence === deckSentence ? again : nothing}
    </div>`;
  }

  private renderSymmetriser(how: Symmetrising, label: string) {
    const { state } = this;
    const isSymmetric = asymmetries(state.table).length === 0;
    return button(label, () => this.lesson.set(withTable(state, symmetric(state.table, how))), {
      id: how,
      disabled: isSymmetric,
    });
  }

  /** The cell of the deck's pair of words. */
  private get pairCell(): TableCell {
    const [row, column] = pairOf(this.state).positions;
    return { row, column };
  }

  private describeCell(): string {
    const { names, values } = this.state.table;
    const { row, column } = this.cell ?? this.pairCell;
    const value = values[row]?.[column];
    if (value === undefined) return '';
    if (row === column) return `${names[row]} with itself: ${formatDecimal(value)}.`;
    return `${names[row]} to ${names[column]}: ${formatDecimal(value)}; ${names[column]} to ${names[row]}: ${formatDecimal(values[column][row])}.`;
  }
}

export const tableSection: Section = {
  id: 'table',
  title: 'A table of similarities',
  render: (lesson) => html`<lesson-table .lesson=${lesson}></lesson-table>`,
  claims: [labels, existenceClaim],
  question,
};
