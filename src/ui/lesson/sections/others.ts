import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { distance, dot, type Matrix } from '../../../lessons/matrix';
import { contextProblem } from '../../../lessons/problems';
import '../computed-by';
import { digits } from '../digits';
import { Glide } from '../glide';
import { KernelRun } from '../kernel-run';
import { LessonSection } from '../lesson-section';
import { listOf } from '../list-of';
import '../number-table';
import type { TablePlace } from '../number-table';
import { type Context, contextOf } from '../plane/context';
import { contextStyles } from '../plane/context.css';
import { othersStyles } from '../plane/others.css';
import { renderOthersPlane } from '../plane/others-plane';
import { planeStyles } from '../plane/plane.css';
import { pointText } from '../plane/point-text';
import { renderSentence } from '../plane/sentence';
import { sentenceStyles } from '../plane/sentence.css';
import { remember } from '../remember';

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
  private readonly glide = new Glide(this);
  private readonly kernel = new KernelRun(this, () => this.lesson.kernels);
  private readonly problem = remember(contextProblem);

  override render() {
    const context = contextOf(this.state);
    const { moved, context: text, without, temperature } = this.state;
    const target = this.target(context);
    this.kernel.want(this.problem(text, moved, without, temperature));
    return html`
      <div class="prose">
        <p>
          Nothing in this is special to <em>cell</em>. Every word is a
          ${this.handle('query', 'query')} in its turn: it asks all words, itself among them, and
          gets ${this.handle('weight', 'weights')} of its own. All points
          ${this.handle('output', 'move')} at once, each from where it was, and none waits for
          another. That is why attention runs well on a machine that does thousands of things at a
          time.
        </p>
        <p>
          Choose the word that asks. Words that say little by themselves go along with the sentence.
          Words far from the middle draw most of the weight: long vectors have large dot products.
        </p>
      </div>
      <figure data-lit=${this.pointed}>
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
            place: this.place,
            lit: this.pointed,
          })}
          ${this.renderWeights(context)}
        </div>
        <computed-by
          .answer=${this.kernel.answer}
          .trouble=${this.kernel.trouble}
          .unavailable=${this.lesson.kernels.unavailable}
        ></computed-by>
        <figcaption id="caption">${this.caption(context)}</figcaption>
      </figure>
    `;
  }

  private renderWords({ names, all }: Context) {
    const { asks, without } = this.state;
    return renderSentence({
      label: 'Words of the sentence; press the one that asks',
      words: names.map((text, i) => ({
        text,
        weight: all[asks].weights[i],
        isOut: without.includes(i),
        isPointed: i === this.place,
      })),
      pressed: (place) => place === asks,
      press: (asks) => this.lesson.set({ asks }),
      point: (place) => (this.place = place),
    });
  }

  /** Where the words are shown once all is still. */
  private target({ words, all }: Context): Matrix {
    return this.isAfter ? all.map(({ point }) => point) : words.map(({ point }) => point);
  }

  private renderWeights({ names, all }: Context) {
    const { asks } = this.state;
    return html`
      <number-table
        name="Weights: a row for each word that asks"
        corner="asks"
        shading="share"
        concept="weight"
        .rowNames=${names}
        .columnNames=${names}
        .values=${all.map(({ weights }) => weights)}
        .lit=${this.place < 0 ? { row: asks } : { row: asks, column: this.place }}
        @cell-point=${({ detail }: CustomEvent<TablePlace | null>) =>
          (this.place = detail?.column ?? -1)}
      ></number-table>
    `;
  }

  private caption(context: Context) {
    const { names, words, all } = context;
    const { asks, temperature, without } = this.state;
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
      ${digits(weights[first])}${rest.map(
        (i) => html`, to ${toWhom(names, asks, i)} with ${digits(weights[i])}`,
      )},
      and goes from ${pointText(words[asks].point)} to ${pointText(point)}. Farthest goes
      <em>${names[farthest]}</em>, by ${digits(steps[farthest], 2)}.
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
  private sayPair({ names, words, all }: Context, place: number) {
    const { asks } = this.state;
    const score = dot(words[asks].point, words[place].point);
    return html`<strong>${names[asks]} and ${names[place]}</strong>: the dot product of their points
      is ${digits(score, 2)}, which is a weight of ${digits(all[asks].weights[place])} where
      ${names[asks]} asks, and of ${digits(all[place].weights[asks])} where ${names[place]} does.`;
  }
}

const toWhom = (names: readonly string[], asks: number, place: number) =>
  asks === place ? 'itself' : html`<em>${names[place]}</em>`;

declare global {
  interface HTMLElementTagNameMap {
    'lesson-others': LessonOthers;
  }
}
