import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatDecimal } from '../../../../numeric/format';
import { button } from '../../../../ui/controls/fields';
import { pairOf } from '../../model/scores';
import { deckSentence } from '../../model/sentence';
import {
  asymmetries,
  deckTable,
  printedRowNames,
  type SimilarityTable,
  symmetric,
  withSimilarity,
  wordNames,
  vectorsExist,
} from '../../model/similarity-table';
import { withTable } from '../../model/state';
import type { CellEdit, TableCell } from '../../parts/number-table';
import { LessonSection, type Section } from '../../parts/section';
import { describeAsymmetries } from './captions';
import { renderExistence, mixBarStyles, existenceClaim } from './existence';
import { describeScore, factorised, mostAsymmetric, roleTable } from './roles';
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
  static override styles = mixBarStyles;

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
        ${renderExistence(this.state)} ${this.renderRoles()}
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
          @cell-point=${this.pointAtCell}
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
            : html`<p class="soft small">
                The deck has no table for this sentence. Words of the deck’s keep their vectors,
                others have ones that we made up: always the same for the same word.
              </p>`
        }
      </figure>
    `;
  }

  private renderRepairs() {
    const { sentence, table } = this.state;
    const replace = (label: string, id: string, next: () => SimilarityTable, disabled: boolean) =>
      button(label, () => this.lesson.set(withTable(this.state, next())), { id, disabled });
    const isSymmetric = asymmetries(table).length === 0;
    const isDeck = String(table.values) === String(deckTable.values);
    return html`<div class="controls">
      ${replace('Make it symmetric: the larger of each pair', 'larger', () => symmetric(table, 'larger'), isSymmetric)}
      ${replace('The mean of each pair', 'mean', () => symmetric(table, 'mean'), isSymmetric)}
      ${
        sentence === deckSentence
          ? replace('The deck’s table again', 'deck-table', () => deckTable, isDeck)
          : nothing
      }
    </div>`;
  }

  private renderRoles() {
    const { table } = this.state;
    const { names } = table;
    const { query, key, scores } = factorised(table);
    // Without a hovered cell, the one that differs most from its mirror image.
    const cell = this.cell ?? mostAsymmetric(scores, this.pairCell);
    const highlighted = (name: string, row: number) => (this.hovered === name ? {} : { row });
    return html`
      <div class="prose">
        <h4>Asking is not answering</h4>
        <p>
          The way out is not to mend the table. Let every word have two vectors: a
          ${this.term('query', 'query')}, what it looks for, and a ${this.term('key', 'key')}, what
          it offers to others. A score is one word’s query times another’s key, and nothing has to
          be symmetric: a tissue may well look for cells that do not look for it. Any table at all
          can be made so. Here are queries and keys for yours, found by a singular value
          decomposition; a model finds its own by learning.
        </p>
      </div>
      <figure>
        <div class="auto-columns">
          ${roleTable('Queries, Q', 'query', names, query, highlighted('query', cell.row))}
          ${roleTable('Keys, K', 'key', names, key, highlighted('key', cell.column))}
        </div>
        <number-table
          id="product"
          name="Scores, Q·Kᵀ"
          corner="query of ↓, key of →"
          shading="signed"
          .rowNames=${names}
          .columnNames=${names}
          .values=${scores}
          .highlighted=${cell}
          @cell-point=${this.pointAtCell}
        ></number-table>
        <figcaption id="roles">${describeScore(table, cell)}</figcaption>
      </figure>
    `;
  }

  private readonly pointAtCell = ({ detail }: CustomEvent<TableCell | null>) => {
    this.cell = detail;
  };

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
  claims: [labels, existenceClaim],
  question,
};
