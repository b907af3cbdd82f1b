import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatFixed } from '../../../../ui/format-number';
import { memoizeLast } from '../../../../ui/memoize-last';
import { kernelTask } from '../../engine/kernels';
import { contextProblem } from '../../model/attention-problems';
import { distance, dot, type Matrix } from '../../model/matrix';
import { listOf } from '../../model/sentence';
import '../../parts/computed-by';
import type { CellSelector } from '../../parts/number-table';
import '../../parts/number-table';
import { contextStyles } from '../../parts/plane/arrows';
import { type SentenceContext, contextOf } from '../../parts/plane/context';
import { pointText } from '../../parts/plane/frame';
import { renderSentence, sentenceStyles } from '../../parts/plane/sentence';
import { planeStyles } from '../../parts/plane/word-plane';
import { PointTween } from '../../parts/point-tween';
import { LessonSection, type Section } from '../../parts/section';
import { othersStyles, renderOthersPlane } from './picture';

/** Row 8 of the deck: every word is a query, and all points move at once. */
@customElement('lesson-others')
export class LessonOthers extends LessonSection {
  static override styles = [
    ...LessonSection.styles,
    planeStyles,
    sentenceStyles,
    contextStyles,
    othersStyles,
  ];

  /** Whether the words are shown where attention takes them. */
  @state() private isAfter = true;
  /** The key that is pointed at; −1 for none. */
  @state() private place = -1;
  private readonly glide = new PointTween(this);
  private readonly kernel = kernelTask(this, () => this.lesson.kernels);
  private readonly problem = memoizeLast(contextProblem);

  override render() {
    const context = contextOf(this.state);
    const { pointOverrides: moved, context: text, excluded: without, temperature } = this.state;
    const target = this.target(context);
    this.kernel.run(this.problem(text, moved, without, temperature));
    return html`
      <div class="prose">
        <p>
          Nothing in this is special to <em>cell</em>. Every word is a
          ${this.term('query', 'query')} in its turn: it asks all words, itself among them, and gets
          ${this.term('weight', 'weights')} of its own. All points ${this.term('output', 'move')} at
          once, each from where it was, and none waits for another. That is why attention runs well
          on a machine that does thousands of things at a time.
        </p>
        <p>
          Choose the word that asks. Words that say little by themselves go along with the sentence.
          Words far from the middle draw most of the weight: long vectors have large dot products.
        </p>
      </div>
      <figure data-highlighted=${this.hovered}>
        ${this.renderWords(context)}
        <div class="controls" role="group" aria-label="The plane shows the words">
          <button
            type="button"
            aria-pressed=${!this.isAfter}
            @click=${() => (this.isAfter = false)}
          >
            Before
          </button>
          <button type="button" aria-pressed=${this.isAfter} @click=${() => (this.isAfter = true)}>
            After attention
          </button>
        </div>
        <div class="beside">
          ${renderOthersPlane({
            context,
            state: this.state,
            target,
            now: this.glide.at(target, text),
            hovered: this.place,
            highlighted: this.hovered,
          })}
          ${this.renderWeights(context)}
        </div>
        <computed-by
          .answer=${this.kernel.value}
          .error=${this.kernel.message}
          .unavailable=${this.lesson.kernels.unavailable}
        ></computed-by>
        <figcaption id="caption">${this.caption(context)}</figcaption>
      </figure>
    `;
  }

  private renderWords({ names, byQuery: all }: SentenceContext) {
    const { queryPosition: asks, excluded: without } = this.state;
    return renderSentence({
      label: 'Words of the sentence; press the one that asks',
      words: names.map((text, i) => ({
        text,
        weight: all[asks].weights[i],
        isExcluded: without.includes(i),
        isHovered: i === this.place,
        isPressed: i === asks,
      })),
      press: (queryPosition) => this.patch({ queryPosition }),
      hover: (position) => (this.place = position),
    });
  }

  /** Where the words are shown once all is still. */
  private target({ words, byQuery: all }: SentenceContext): Matrix {
    return this.isAfter ? all.map(({ point }) => point) : words.map(({ point }) => point);
  }

  private renderWeights({ names, byQuery: all }: SentenceContext) {
    const { queryPosition: asks } = this.state;
    return html`
      <number-table
        name="Weights: a row for each word that asks"
        corner="asks"
        shading="share"
        tint="weight"
        .rowNames=${names}
        .columnNames=${names}
        .values=${all.map(({ weights }) => weights)}
        .highlighted=${this.place < 0 ? { row: asks } : { row: asks, column: this.place }}
        @cell-point=${({ detail }: CustomEvent<CellSelector | null>) =>
          (this.place = detail?.column ?? -1)}
      ></number-table>
    `;
  }

  private caption(context: SentenceContext) {
    const { names, words, byQuery: all } = context;
    const { queryPosition: asks, temperature, excluded: without } = this.state;
    const { weights, point } = all[asks];
    const steps = all.map((one, i) => distance(one.point, words[i].point));
    const farthest = steps.indexOf(Math.max(...steps));
    if (weights.every((weight) => weight === 0)) {
      return html`All words are left out: there is nothing to attend to.`;
    }
    const order = weights.map((_, i) => i).toSorted((a, b) => weights[b] - weights[a]);
    const [first, ...rest] = order.slice(0, 3);
    return html`
      <em>${names[asks]}</em> attends to ${toWhom(names, asks, first)} with
      ${formatFixed(weights[first])}${rest.map(
        (i) => html`, to ${toWhom(names, asks, i)} with ${formatFixed(weights[i])}`,
      )},
      and goes from ${pointText(words[asks].point)} to ${pointText(point)}. Farthest goes
      <em>${names[farthest]}</em>, by ${formatFixed(steps[farthest], 2)}.
      ${
        without.length === 0
          ? nothing
          : html`Left out, so that nobody sees ${without.length === 1 ? 'it' : 'them'}:
            ${listOf(without.map((i) => names[i]))}.`
      }
      ${temperature === 1 ? nothing : html`The temperature is ${temperature}.`}
      ${this.place < 0 || this.place === asks ? nothing : this.sayPair(context, this.place)}
    `;
  }

  /** Where a weight comes from, and that the other way is another one. */
  private sayPair({ names, words, byQuery: all }: SentenceContext, place: number) {
    const { queryPosition: asks } = this.state;
    const score = dot(words[asks].point, words[place].point);
    return html`<strong>${names[asks]} and ${names[place]}</strong>: the dot product of their points
      is ${formatFixed(score, 2)}, which is a weight of ${formatFixed(all[asks].weights[place])}
      where ${names[asks]} asks, and of ${formatFixed(all[place].weights[asks])} where
      ${names[place]} does.`;
  }
}

const toWhom = (names: readonly string[], asks: number, place: number) =>
  asks === place ? 'itself' : html`<em>${names[place]}</em>`;

export const othersSection: Section = {
  id: 'others',
  title: 'What about the other words?',
  render: (lesson) => html`<lesson-others .lesson=${lesson}></lesson-others>`,
};
