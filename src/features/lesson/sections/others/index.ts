import { css, html, nothing, svg } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatFixed } from '../../../../numeric/format';
import { button } from '../../../../ui/controls/fields';
import { memoizeLast } from '../../../../ui/memoize-last';
import { kernelTask } from '../../engine/kernels';
import { contextProblem } from '../../model/attention-problems';
import { distance, dot, type Matrix } from '../../model/matrix';
import { listOf } from '../../model/sentence';
import type { CellSelector } from '../../parts/number-table';
import { renderArrow } from '../../parts/plane/arrows';
import { type SentenceContext, contextOf, firstPositions } from '../../parts/plane/context';
import { fittingFrame, planeLine, pointText } from '../../parts/plane/frame';
import { renderSentence, sentenceStyles } from '../../parts/plane/sentence';
import {
  labelPositions,
  renderAxes,
  renderLabel,
  renderRegions,
  topicMark,
} from '../../parts/plane/word-plane';
import { PointTween } from '../../parts/point-tween';
import { LessonSection, type Section } from '../../parts/section';

const othersStyles = css`
  /* The table is the wider one. */
  @media (min-width: 75rem) {
    .beside {
      grid-template-columns: 3fr 4fr;
    }
  }

  :is(.row, .sentence) button[aria-pressed='true'] {
    box-shadow: inset 0 -2px var(--accent);
    background: var(--surface);
  }

  .sentence button[aria-pressed='true'] {
    box-shadow: inset 0 2px var(--query);
  }

  .arrow.output line {
    stroke-width: 1.5;
  }

  .plane[data-highlighted='output'] .arrow.output line {
    stroke-width: 3;
  }
`;

/** Row 8 of the deck: every word is a query, and all points move at once. */
@customElement('lesson-others')
export class LessonOthers extends LessonSection {
  static override styles = [sentenceStyles, othersStyles];

  @state() private isAfter = true;
  /** Position of the hovered key; −1 for none. */
  @state() private hoveredKey = -1;
  private readonly tween = new PointTween(this);
  private readonly kernel = kernelTask(this, () => this.lesson.kernels);
  private readonly problem = memoizeLast(contextProblem);

  override render() {
    const context = contextOf(this.state);
    const { pointOverrides, context: text, excluded, temperature } = this.state;
    this.kernel.run(this.problem(text, pointOverrides, excluded, temperature));
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
        <div class="row gap-1" role="group" aria-label="The plane shows the words">
          ${button('Before', () => (this.isAfter = false), { pressed: !this.isAfter })}
          ${button('After attention', () => (this.isAfter = true), { pressed: this.isAfter })}
        </div>
        <div class="beside auto-columns">
          ${this.renderPlane(context)} ${this.renderWeights(context)}
        </div>
        ${this.computedBy(this.kernel.value, this.kernel.message)}
        <figcaption id="caption">${this.caption(context)}</figcaption>
      </figure>
    `;
  }

  private renderWords(context: SentenceContext) {
    const { queryPosition, excluded } = this.state;
    return renderSentence({
      label: 'Words of the sentence; press the one that asks',
      context,
      query: queryPosition,
      excluded,
      hovered: this.hoveredKey,
      isPressed: (position) => position === queryPosition,
      press: (queryPosition) => this.patch({ queryPosition }),
      hover: (position) => (this.hoveredKey = position),
    });
  }

  private renderPlane(context: SentenceContext) {
    const { hovered } = this;
    const { words, byQuery } = context;
    const { pointOverrides, queryPosition, context: text } = this.state;
    const before: Matrix = words.map(({ point }) => point);
    const after: Matrix = byQuery.map(({ point }) => point);
    const target = this.isAfter ? after : before;
    const now = this.tween.at(target, text);
    const frame = fittingFrame([...before, ...after]);
    const positions = firstPositions(context);
    const labels = labelPositions(
      frame,
      positions.map((i) => ({ text: words[i].word, at: target[i] })),
      this.isAfter ? before : [],
    );
    return svg`
      <svg class="plane boxed" data-highlighted=${hovered} viewBox=${frame.viewBox} role="img" aria-label="The words of the sentence in the plane, ${this.isAfter ? 'after' : 'before'} attention" aria-describedby="caption">
        ${renderAxes(frame)}${renderRegions(frame, pointOverrides)}
        ${before.map((point, i) => {
          // As thick as the weight of the word that is attended to.
          const weight = byQuery[queryPosition].weights[i];
          if (weight < 0.001) return nothing;
          const opacity = hovered === 'weight' ? 0.75 : i === this.hoveredKey ? 0.85 : 0.3;
          return svg`<g stroke="var(--weight)" stroke-linecap="round" stroke-width=${(weight * 16).toFixed(2)} opacity=${opacity}>
            ${planeLine(frame, before[queryPosition], point, '')}
          </g>`;
        })}
        ${positions.map((i) =>
          distance(before[i], now[i]) < 0.02
            ? nothing
            : svg`
              <g class=${words[i].topic} transform=${frame.translate(before[i])}>
                <circle r="2.5" fill="var(--topic)" opacity="0.5" />
              </g>
              ${renderArrow(frame, before[i], now[i], 'output', 4)}`,
        )}
        ${positions.map((i, n) => {
          const isQuery = words[i].word === words[queryPosition].word;
          const [fill, weight] = isQuery ? ['var(--query)', 600] : [nothing, nothing];
          return svg`<g class="word ${words[i].topic}" fill=${fill} font-weight=${weight} transform=${frame.translate(now[i])}>
            ${isQuery ? svg`<circle fill="none" stroke="var(--query)" stroke-width=${hovered === 'query' ? 5 : 2} r="9" />` : nothing}
            ${topicMark(words[i].topic, 4.5)}${renderLabel(words[i].word, labels[n])}
          </g>`;
        })}
      </svg>
    `;
  }

  private renderWeights({ names, byQuery }: SentenceContext) {
    const { queryPosition } = this.state;
    return html`
      <number-table
        name="Weights: a row for each word that asks"
        corner="asks"
        shading="share"
        class="weight"
        .rowNames=${names}
        .columnNames=${names}
        .values=${byQuery.map(({ weights }) => weights)}
        .highlighted=${this.hoveredKey < 0 ? { row: queryPosition } : { row: queryPosition, column: this.hoveredKey }}
        @cell-point=${({ detail }: CustomEvent<CellSelector | null>) =>
          (this.hoveredKey = detail?.column ?? -1)}
      ></number-table>
    `;
  }

  private caption(context: SentenceContext) {
    const { names, words, byQuery } = context;
    const { queryPosition, temperature, excluded } = this.state;
    const { weights, point } = byQuery[queryPosition];
    const moves = byQuery.map((one, i) => distance(one.point, words[i].point));
    const farthest = moves.indexOf(Math.max(...moves));
    if (weights.every((weight) => weight === 0)) {
      return html`All words are left out: there is nothing to attend to.`;
    }
    const order = weights.map((_, i) => i).toSorted((a, b) => weights[b] - weights[a]);
    const [first, ...rest] = order.slice(0, 3);
    return html`
      <em>${names[queryPosition]}</em> attends to ${attended(names, queryPosition, first)} with
      ${formatFixed(weights[first])}${rest.map(
        (i) => html`, to ${attended(names, queryPosition, i)} with ${formatFixed(weights[i])}`,
      )},
      and goes from ${pointText(words[queryPosition].point)} to ${pointText(point)}. Farthest goes
      <em>${names[farthest]}</em>, by ${formatFixed(moves[farthest], 2)}.
      ${
        excluded.length === 0
          ? nothing
          : html`Left out, so that nobody sees ${excluded.length === 1 ? 'it' : 'them'}:
            ${listOf(excluded.map((i) => names[i]))}.`
      }
      ${temperature === 1 ? nothing : html`The temperature is ${temperature}.`}
      ${this.hoveredKey < 0 || this.hoveredKey === queryPosition ? nothing : this.describePair(context, this.hoveredKey)}
    `;
  }

  /** The product behind a weight, and the weight the other way round. */
  private describePair({ names, words, byQuery }: SentenceContext, position: number) {
    const { queryPosition } = this.state;
    const score = dot(words[queryPosition].point, words[position].point);
    return html`<strong>${names[queryPosition]} and ${names[position]}</strong>: the dot product of
      their points is ${formatFixed(score, 2)}, which is a weight of
      ${formatFixed(byQuery[queryPosition].weights[position])} where ${names[queryPosition]} asks,
      and of ${formatFixed(byQuery[position].weights[queryPosition])} where ${names[position]} does.`;
  }
}

const attended = (names: readonly string[], query: number, key: number) =>
  query === key ? 'itself' : html`<em>${names[key]}</em>`;

export const othersSection: Section = {
  id: 'others',
  title: 'What about the other words?',
};
