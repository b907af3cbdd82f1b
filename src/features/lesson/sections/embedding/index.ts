import { greatest } from 'd3-array';
import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatFixed } from '../../../../numeric/format';
import { button } from '../../../../ui/controls/fields';
import { memoizeLast } from '../../../../ui/memoize-last';
import {
  wordSimilarities,
  madeUpNeighbours,
  madeUpVector,
  statisticsOf,
  withEdits,
  deckStatistics,
} from './vectors';
import type { Vector } from '../../model/matrix';
import type { CellEdit } from '../../parts/number-table';
import { LessonSection, type Section } from '../../parts/section';
import { cosineFormula, renderCosines, describeChanges, embeddingStyles } from './cosines';
import type { ValueChange } from './vector-bars';
import './vector-bars';
import type { Claim } from '../../model/claims';
import { field, valuesByPosition } from '../../model/link-fields';

const claim: Claim = {
  row: 5,
  id: 'vector',
  title: 'The vector of 100 values',
  names: () => ['values', 'length', 'negative', 'smallest', 'largest'],
  printed: Object.values(deckStatistics),
  computed: ({ seed, vectorEdits: edits }) =>
    Object.values(statisticsOf(withEdits(madeUpVector(seed), edits))),
  note: 'Only the statistics of the printed vector are left; the one here is made up to have them.',
};

const ROW = 10;

/** Row 5 of the deck: a word as a hundred numbers, and what they are good for. */
@customElement('lesson-embedding')
export class LessonEmbedding extends LessonSection {
  static override styles = embeddingStyles;

  @state() private index = 0;
  /** The one under the pointer; −1 for none. */
  @state() private hoveredValue = -1;
  @state() private other = 0;

  private readonly made = memoizeLast((seed: number) => {
    const vector = madeUpVector(seed);
    return { vector, neighbours: madeUpNeighbours(vector, seed) };
  });
  private readonly edited = memoizeLast(withEdits);

  override render() {
    return html`
      <div class="prose">
        <p>
          A network cannot read letters. It looks each word up in a table and finds a list of
          numbers there, the word’s <em>embedding</em>: a hundred of them in the deck, thousands in
          today’s models. A single number of these means nothing by itself. What counts is how one
          list lies to another: words that are used alike get lists that point alike.
        </p>
        <p>
          The deck prints one such list. Its values are lost, and five
          ${this.term('facts', 'facts')} about them are not. Take the ${this.term('bars', 'bars')}
          below for the word <em>cell</em>, pull at one, and see what becomes of the facts and of
          the ${this.term('likeness', 'likeness')} to other words.
        </p>
        <p class="soft small">
          The lists are made up here from a seed: this one to have the deck’s five facts, the others
          at angles that we chose. No model learned them.
        </p>
      </div>
      ${this.renderVector()} ${this.renderSimilarities()}
    `;
  }

  private get original(): Vector {
    return this.made(this.state.seed).vector;
  }

  private get vector(): Vector {
    return this.edited(this.original, this.state.vectorEdits);
  }

  private highlightFor(name: string): string {
    return this.hovered === name ? 'highlighted' : '';
  }

  private renderVector() {
    const { vector, original, index } = this;
    const shown = this.hoveredValue < 0 ? index : this.hoveredValue;
    const { word, vector: other } = this.made(this.state.seed).neighbours[this.other];
    return html`
      <figure>
        <vector-bars
          class=${this.highlightFor('bars')}
          label="A value of the vector; left and right go to others, up and down change it"
          .values=${vector}
          .original=${original}
          .other=${other}
          .index=${index}
          @value-point=${({ detail }: CustomEvent<number>) => (this.hoveredValue = detail)}
          @value-choose=${({ detail }: CustomEvent<number>) => (this.index = detail)}
          @value-change=${({ detail }: CustomEvent<ValueChange>) => this.patch(this.withEdit(detail.index, detail.value), 'drag')}
          @value-settle=${() => this.lesson.endDrag()}
          @value-restore=${this.restore}
        ></vector-bars>
        <div class="controls">
          ${this.slider(`Value ${index + 1}`, vector[index], (value) => this.withEdit(index, value), { min: -1.2, max: 1.2, step: 0.01, format: formatFixed })}
          ${button('Put it back', this.restore, { disabled: vector[index] === original[index] })}
        </div>
        <claim-table
          class=${this.highlightFor('facts')}
          .claim=${claim}
          .lessonState=${this.state}
        ></claim-table>
        <details>
          <summary>All hundred values</summary>
          <number-table
            name="The vector"
            corner="values"
            editable
            shading="signed"
            .rowNames=${rows.map((i) => `${i * ROW + 1}–${(i + 1) * ROW}`)}
            .columnNames=${rows.map((i) => String(i + 1))}
            .values=${rows.map((i) => vector.slice(i * ROW, (i + 1) * ROW))}
            @number-change=${this.changeCell}
          ></number-table>
        </details>
        ${this.renderError()}
        <figcaption>
          Bars: the vector. Ochre lines: that of <em>${word}</em>, chosen below. Value ${shown + 1}
          is ${formatFixed(vector[shown], 3)}, that of
          <em>${word}</em> ${formatFixed(other[shown], 3)}. ${this.describeFacts()}
        </figcaption>
      </figure>
    `;
  }

  private describeFacts() {
    const { count, norm: length, negatives, smallest, largest } = statisticsOf(this.vector);
    const edits = Object.keys(this.state.vectorEdits).length;
    return html`There are ${count} values of length ${formatFixed(length)} together, ${negatives} of
    them negative, from ${formatFixed(smallest)} to
    ${formatFixed(largest)}${
      edits === 0 ? '.' : `; ${edits} ${edits === 1 ? 'is' : 'are'} not as it was at first.`
    }`;
  }

  private renderSimilarities() {
    const { neighbours } = this.made(this.state.seed);
    const now = wordSimilarities(this.vector, neighbours);
    const before = wordSimilarities(this.original, neighbours);
    return html`
      <figure>
        <div class="auto-columns">
          <div class=${this.highlightFor('likeness')}>
            ${renderCosines(now, before, this.other, (word) => (this.other = word))}
          </div>
          <number-table
            name="Likeness to the vector"
            corner="word"
            .rowNames=${now.map(({ word }) => word)}
            .columnNames=${['dot product', 'cosine', 'distance']}
            .values=${now.map(({ dot, cosine, distance }) => [dot, cosine, distance])}
            .highlighted=${{ row: this.other }}
          ></number-table>
        </div>
        <tex-formula
          .tex=${cosineFormula(now[this.other], this.vector, neighbours[this.other].vector)}
        ></tex-formula>
        <figcaption>
          ${
            this.vector === this.original
              ? html`Of these words <em>${greatest(now, ({ cosine }) => cosine)!.word}</em> is the
                  most alike. Each word’s three numbers say how near its list is to the one above.`
              : describeChanges(now, before, Object.keys(this.state.vectorEdits).length)
          }
          What tells the three measures apart is where the third chapter begins.
        </figcaption>
      </figure>
    `;
  }

  private withEdit(index: number, value: number) {
    return { vectorEdits: { ...this.state.vectorEdits, [index]: value } };
  }

  private readonly restore = () => {
    const { [this.index]: _, ...edits } = this.state.vectorEdits;
    this.patch({ vectorEdits: edits });
  };

  private readonly changeCell = ({ detail }: CustomEvent<CellEdit>) => {
    this.index = detail.row * ROW + detail.column;
    this.patch(this.withEdit(this.index, detail.value));
  };
}

const rows = Array.from({ length: ROW }, (_, i) => i);

export const embeddingSection: Section = {
  id: 'embedding',
  title: 'Words as numbers',
  claims: [claim],
  fields: [
    field({
      name: 'edits',
      key: 'vectorEdits',
      ...valuesByPosition(deckStatistics.count),
      allowed: `places from 0 to ${deckStatistics.count - 1} with their values, as in 7:0.5, or none`,
    }),
  ],
};
