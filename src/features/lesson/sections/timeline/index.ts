import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatAddress } from '../../../../ui/address';
import '../../../../ui/controls/ui-data-table';
import type { DataColumn } from '../../../../ui/controls/ui-data-table';
import { formatFixed } from '../../../../numeric/format';
import { WidthController } from '../../../../ui/interaction/redraw';
import { listOf } from '../../model/sentence';
import { nearestTopic, placedWords } from '../../model/word-points';
import { topicLabels } from '../../parts/plane/word-plane';
import { pointText } from '../../parts/plane/frame';
import { PointTween } from '../../parts/point-tween';
import { LessonSection, type Section } from '../../parts/section';
import {
  type Milestone,
  milestoneAt,
  representationAt,
  timeline,
  type CellPoint,
  cellPoints,
  describeSizes,
  describeYear,
  yearsOf,
} from './milestones';
import { renderCellPlane, renderOneHot } from './pictures';
import { renderYearAxis } from './year-axis';
import { whole } from '../../model/link-fields';

const timelineStyles = css`
  .milestones li {
    padding-left: var(--space-3);
    border-left: 3px solid var(--line);
  }

  .milestones li.current {
    border-left-color: var(--accent);
  }

  .milestones button {
    display: grid;
    grid-template-columns: 4.75rem minmax(0, 1fr);
    align-items: baseline;
    padding: var(--space-1) 0;
  }

  .milestones b {
    font-weight: 500;
  }

  .milestones .current b {
    font-weight: 650;
  }

  .milestones .missing {
    margin-left: var(--space-2);
    color: var(--caution);
  }

  .end {
    padding-top: var(--space-4);
    border-top: 2px solid var(--ink);
    font-size: var(--text-large);
  }
`;

const sizeText = (size: number | undefined) => (size === undefined ? '–' : formatFixed(size, 0));

const claimColumns: readonly DataColumn<Milestone>[] = [
  { label: 'Year', value: yearsOf, isRowName: true },
  { label: 'As printed', value: ({ deck }) => `“${deck}”` },
  { label: 'Axes, one-hot', value: ({ sizes }) => sizeText(sizes?.words), numeric: true },
  { label: 'Values learned', value: ({ sizes }) => sizeText(sizes?.values), numeric: true },
];

const inDeck = timeline.filter(({ deck }) => deck !== null);
const missing = timeline.filter(({ deck }) => deck === null);

/** Row 17: how words became vectors, and vectors began to move; and the end of the essay. */
@customElement('lesson-timeline')
export class LessonTimeline extends LessonSection {
  static override styles = timelineStyles;

  private readonly width = new WidthController(this);
  private readonly tween = new PointTween(this);

  override render() {
    const { year } = this.state;
    const representation = representationAt(year);
    const cells = cellPoints(this.state, representation);
    return html`
      <div class="prose">
        <p>
          It took a generation until the word <em>cell</em> could move. At first a program gave it
          ${this.term('one-hot', 'an axis of its own')}: zeros with a single 1, as far from
          <em>tissue</em> as from <em>jail</em>. Then ${this.term('fixed', 'one learned vector')},
          near its neighbours, the same in every sentence. Then
          ${this.term('contextual', 'a vector in context')}. Drag the year.
        </p>
      </div>
      <figure>
        ${renderYearAxis({
          width: this.width.value,
          year,
          hovered: this.hovered,
          move: (next) => this.patch({ year: next }, 'drag'),
          settle: () => this.lesson.endDrag(),
        })}
        <div class="auto-columns">
          ${
            representation === 'one-hot'
              ? renderOneHot()
              : renderCellPlane(
                  this.state,
                  cells,
                  this.tween.at(cells.map(({ point }) => point)),
                  representation === 'contextual',
                )
          }
          <ol class="milestones plain-list stack gap-1">
            ${timeline.map((one) => this.renderMilestone(one))}
          </ol>
        </div>
        <figcaption id="timeline-caption">${describeYear(year)} ${this.caption(cells)}</figcaption>
        <p class="soft small">We placed the words by hand; the years are the papers’ own.</p>
      </figure>
      ${this.renderClaims()} ${this.renderEnd()}
    `;
  }

  private renderMilestone(one: Milestone) {
    const isCurrent = milestoneAt(this.state.year) === one;
    return html`
      <li class="stack gap-1 ${isCurrent ? 'current' : ''}">
        <button
          type="button"
          class="flat"
          aria-pressed=${isCurrent}
          @click=${() => this.patch({ year: one.year })}
        >
          <span class="number">${yearsOf(one)}</span>
          <span
            ><b>${one.title}</b>${
              one.deck === null
                ? html`<span class="missing small nowrap">not in the deck</span>`
                : nothing
            }</span
          >
        </button>
        ${
          isCurrent
            ? html`<p class="mb-2">${one.fact}</p>
                <p class="soft mb-2">${one.who}. ${describeSizes(one)}</p>`
            : nothing
        }
      </li>
    `;
  }

  private caption(cells: readonly CellPoint[]) {
    const representation = representationAt(this.state.year);
    if (representation === 'one-hot') {
      const { length } = placedWords;
      return `${length} words need ${length} axes, and any two of them are √2 = ${formatFixed(Math.SQRT2)} apart: cell has no neighbours.`;
    }
    const at = ({ point }: CellPoint) => pointText(point);
    if (representation === 'fixed') {
      return `cell is at ${at(cells[0])} in each of ${cells.length} sentences: it stays put, whatever stands around it.`;
    }
    const positions = cells.map(
      (cell) =>
        `at ${at(cell)} in “${cell.text}”, nearest to ${topicLabels[nearestTopic(cell.point, this.state.pointOverrides)]}`,
    );
    return `cell is ${positions.join('; ')}.`;
  }

  /** The deck's "higher" and "lower" dimensions beside the sizes. */
  private renderClaims() {
    return html`
      <div class="prose">
        <p>
          The deck calls the space of 1986 a higher dimension and that of 2013 lower dimensions.
          Which is it?
        </p>
      </div>
      <ui-data-table
        caption="As printed, beside the sizes"
        .columns=${claimColumns}
        .rows=${inDeck}
      ></ui-data-table>
      <div class="prose">
        <p>
          Both are far lower than an axis a word, and of the two 2013’s is the higher. That
          attention updates the embeddings by context is right, but began before 2017. The deck
          leaves out ${listOf(missing.map(yearsOf))}: without ${yearsOf(missing[1])}, attention
          seems to come from nowhere.
        </p>
      </div>
    `;
  }

  private renderEnd() {
    const entries = { source: 'text', text: this.state.sentence, panel: 'lines' };
    const heads = formatAddress({
      page: 'heads',
      document: new URLSearchParams(entries).toString(),
    });
    return html`
      <div class="prose end">
        <p>
          You have followed attention from a score to a vector that moves; now
          <a id="to-heads" href=${heads}>watch many heads attend to “${this.state.sentence}”</a>, or
          bring the queries and keys of a model of your own. And since each word looks at every
          other, length is what it costs: <a id="to-benchmark" href="#">measure that here</a>, with
          the same kernels, on your machine.
        </p>
      </div>
    `;
  }
}

export const timelineSection: Section = {
  id: 'timeline',
  title: 'How it came about',
  fields: [whole('year', 'year', 1900, 2100)],
};
