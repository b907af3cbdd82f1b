import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatHeadsLink, headsRoute } from '../../../heads/link';
import { defaultHeadsState } from '../../../heads/link-state';
import { nearestTopic, placedWords } from '../../../lessons/plane';
import { type Milestone, milestoneAt, representationAt, timeline } from '../../../lessons/timeline';
import { formatAddress } from '../../address';
import { axisHandleStyles } from '../axis-handle.css';
import { digits } from '../digits';
import { Glide } from '../glide';
import { LessonSection } from '../lesson-section';
import { MeasuredWidth } from '../measured-width';
import { planeStyles } from '../plane/plane.css';
import { topicLabels } from '../plane/word-plane';
import { cellPlane, cellPlaneStyles } from '../timeline/cell-plane';
import { type CellPoint, cellPoints, tellSizes, tellYear, yearsOf } from '../timeline/eras';
import { oneHotPicture, oneHotStyles } from '../timeline/one-hot';
import { timelineStyles } from '../timeline/timeline.css';
import { yearAxis, yearAxisStyles } from '../timeline/year-axis';

/** Row 17: how words became vectors, and vectors began to move; and the end of the essay. */
@customElement('lesson-timeline')
export class LessonTimeline extends LessonSection {
  static override styles = [
    ...LessonSection.styles,
    planeStyles,
    axisHandleStyles,
    yearAxisStyles,
    oneHotStyles,
    cellPlaneStyles,
    timelineStyles,
  ];

  private readonly measured = new MeasuredWidth(this);
  private readonly glide = new Glide(this);

  override render() {
    const { year } = this.state;
    const how = representationAt(year);
    const cells = cellPoints(this.state, how);
    return html`
      <div class="prose">
        <p>
          It took a generation until the word <em>cell</em> could move. At first a program gave it
          ${this.handle('one-hot', 'an axis of its own')}: zeros with a single 1, as far from
          <em>tissue</em> as from <em>jail</em>. Then ${this.handle('fixed', 'one learned vector')},
          near its neighbours, the same in every sentence. Then
          ${this.handle('contextual', 'a vector in context')}. Drag the year.
        </p>
      </div>
      <figure>
        ${yearAxis({
          width: this.measured.value,
          year,
          pointed: this.pointed,
          move: (next) => this.attempt(() => this.lesson.set({ year: next }, 'drag')),
          settle: () => this.lesson.drop(),
        })}
        <div class="beside">
          ${
            how === 'one-hot'
              ? oneHotPicture()
              : cellPlane(
                  this.state,
                  cells,
                  this.glide.at(cells.map(({ point }) => point)),
                  how === 'contextual',
                )
          }
          <ol class="milestones">
            ${timeline.map((one) => this.renderMilestone(one))}
          </ol>
        </div>
        <figcaption id="timeline-told">${tellYear(year)} ${this.caption(cells)}</figcaption>
        <p class="made-up">We placed the words by hand; the years are the papers’ own.</p>
      </figure>
      ${this.renderClaims()} ${this.renderEnd()}
    `;
  }

  private renderMilestone(one: Milestone) {
    const isCurrent = milestoneAt(this.state.year) === one;
    return html`
      <li class=${isCurrent ? 'current' : ''}>
        <button
          type="button"
          aria-pressed=${isCurrent}
          @click=${() => this.lesson.set({ year: one.year })}
        >
          <span class="number">${yearsOf(one)}</span>
          <span
            ><b>${one.title}</b>${
              one.deck === null ? html`<span class="missing">not in the deck</span>` : nothing
            }</span
          >
        </button>
        ${
          isCurrent
            ? html`<p>${one.fact}</p>
                <p class="soft">${one.who}. ${tellSizes(one)}</p>`
            : nothing
        }
      </li>
    `;
  }

  private caption(cells: readonly CellPoint[]) {
    const how = representationAt(this.state.year);
    if (how === 'one-hot') {
      const { length } = placedWords;
      return `${length} words need ${length} axes, and any two of them are √2 = ${digits(Math.SQRT2)} apart: cell has no neighbours.`;
    }
    const at = ({ point }: CellPoint) => `(${digits(point[0], 2)}, ${digits(point[1], 2)})`;
    if (how === 'fixed') {
      return `cell is at ${at(cells[0])} in each of ${cells.length} sentences: it stays put, whatever stands around it.`;
    }
    const places = cells.map(
      (cell) =>
        `at ${at(cell)} in “${cell.text}”, nearest to ${topicLabels[nearestTopic(cell.point, this.state.moved)]}`,
    );
    return `cell is ${places.join('; ')}.`;
  }

  /** "Higher" and "lower", as printed, beside what the sizes say. */
  private renderClaims() {
    const claimed = timeline.filter(({ deck }) => deck !== null);
    const missing = timeline.filter(({ deck }) => deck === null);
    return html`
      <div class="prose">
        <p>
          The deck calls the space of 1986 a higher dimension and that of 2013 lower dimensions.
          Which is it?
        </p>
      </div>
      <div class="scroll">
        <table>
          <caption>
            As printed, beside the sizes
          </caption>
          <thead>
            <tr>
              <th scope="col">Year</th>
              <th scope="col">As printed</th>
              <th scope="col">Axes, one-hot</th>
              <th scope="col">Values learned</th>
            </tr>
          </thead>
          <tbody>
            ${claimed.map(
              (one) => html`
                <tr>
                  <th scope="row">${yearsOf(one)}</th>
                  <td>“${one.deck}”</td>
                  <td class="number">${one.sizes ? digits(one.sizes.words, 0) : '–'}</td>
                  <td class="number">${one.sizes ? digits(one.sizes.values, 0) : '–'}</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
      <div class="prose">
        <p>
          Both are far lower than an axis a word, and of the two 2013’s is the higher. That
          attention updates the embeddings by context is right, but began before 2017. The deck
          leaves out ${listYears(missing)}: without ${yearsOf(missing[1])}, attention seems to come
          from nowhere.
        </p>
      </div>
    `;
  }

  private renderEnd() {
    const entries = new URLSearchParams(
      formatHeadsLink({
        ...defaultHeadsState,
        source: 'text',
        text: this.state.sentence,
        panel: 'lines',
      }),
    );
    const heads = formatAddress({ page: headsRoute, document: entries.toString() });
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

const listYears = (all: readonly Milestone[]): string => {
  const years = all.map(yearsOf);
  return `${years.slice(0, -1).join(', ')} and ${years[years.length - 1]}`;
};

declare global {
  interface HTMLElementTagNameMap {
    'lesson-timeline': LessonTimeline;
  }
}
