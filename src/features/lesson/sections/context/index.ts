import { html, nothing, svg } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { formatDecimal } from '../../../../numeric/format';
import { button, radio } from '../../../../ui/controls/fields';
import { keepWhileFocused } from '../../../../ui/keep-while-focused';
import type { Matrix, Vector } from '../../model/matrix';
import { MAX_WORDS, toggled } from '../../model/sentence';
import { cellSentences, placedWords, pointOf } from '../../model/word-points';
import type { TableCell } from '../../parts/number-table';
import { chainOf, contextStyles, renderArrow } from '../../parts/plane/arrows';
import { type SentenceContext, contextOf, firstPositions } from '../../parts/plane/context';
import { dragPoint, fittingFrame, type PlaneFrame } from '../../parts/plane/frame';
import type { LabelPosition } from '../../parts/plane/labels';
import { renderSentence, sentenceStyles } from '../../parts/plane/sentence';
import {
  labelPositions,
  planeFrame,
  renderAxes,
  renderLabel,
  renderRegions,
  topicMark,
} from '../../parts/plane/word-plane';
import { PointTween } from '../../parts/point-tween';
import { LessonSection, type Section } from '../../parts/section';
import { contextCaption, sumFormula } from './captions';

/** Row 7 of the deck: attention moves the word *cell* to a weighted sum of the sentence's words. */
@customElement('lesson-context')
export class LessonContext extends LessonSection {
  static override styles = [sentenceStyles, contextStyles];

  /** Position of the hovered word; −1 for none. */
  @state() private hoveredWord = -1;
  /** Of the ends of the sum's arrows. */
  private readonly tween = new PointTween(this);

  override render() {
    const context = contextOf(this.state);
    const { excluded, pointOverrides } = this.state;
    const atRest = chainOf(context.byQuery[context.subject].arrows, MAX_WORDS);
    const now = this.tween.at(atRest);
    const putBack = () => this.patch({ pointOverrides: {} });
    const isMoved = Object.keys(pointOverrides).length > 0;
    return html`
      <div class="prose">
        <p>
          Readers do not settle for a compromise: they look at the words around. So does attention.
          Each word of the sentence gets a ${this.term('weight', 'weight')}, the larger the better
          its point goes with that of
          <em>cell</em>; the weights sum to 1. Then <em>cell</em> moves to the
          ${this.term('output', 'weighted sum')} of the ${this.term('value', 'points')} of all
          words.
        </p>
        <tex-formula
          .tex=${String.raw`\htmlClass{output}{\text{cell}'} = \sum_i \htmlClass{weight}{w_i}\, \htmlClass{value}{v_i}`}
          highlighted=${this.hovered}
        ></tex-formula>
        <p>
          Choose a sentence, and follow the arrows: each is a word’s point, made as short as its
          weight says, and laid where the one before it ends. Leave a word out and the others share
          its weight. Where the weights come from is the third chapter’s story.
        </p>
      </div>
      <figure data-highlighted=${this.hovered}>
        ${this.renderSentenceSelect()} ${this.renderWords(context)} ${this.renderError()}
        <div class="auto-columns">
          ${this.renderPlane(context, now)} ${this.renderEnlarged(context, now, atRest)}
        </div>
        <tex-formula
          .tex=${sumFormula(context, excluded)}
          highlighted=${this.hovered}
        ></tex-formula>
        <div class="controls">${button('Put all words back', putBack, { disabled: !isMoved })}</div>
        <details>
          <summary>The numbers behind the arrows</summary>
          ${this.renderTable(context)}
        </details>
        <figcaption id="caption">
          ${contextCaption(this.state, context, this.hoveredWord)}
        </figcaption>
      </figure>
    `;
  }

  private renderSentenceSelect() {
    const { context } = this.state;
    const set = (text: string) => {
      if (text === context) return;
      this.hoveredWord = -1;
      this.patch({ context: text, excluded: [] });
    };
    return html`
      <fieldset class="sentences stack gap-1">
        <legend class="visually-hidden">The sentence</legend>
        ${cellSentences.map(({ text }) =>
          radio('context', `${text}.`, text === context, () => set(text)),
        )}
        <label class="own check"
          >Or type your own:
          <input
            id="own"
            type="text"
            autocomplete="off"
            spellcheck="false"
            .value=${keepWhileFocused(context)}
            @change=${(event: Event) => set((event.target as HTMLInputElement).value)}
          />
        </label>
      </fieldset>
    `;
  }

  private renderWords(context: SentenceContext) {
    const { excluded } = this.state;
    return renderSentence({
      label: 'Words of the sentence; press one to leave it out, or to take it back',
      context,
      query: context.subject,
      excluded,
      hovered: this.hoveredWord,
      isPressed: (position) => !excluded.includes(position),
      press: (position) => this.patch({ excluded: toggled(excluded, position) }),
      hover: (position) => (this.hoveredWord = position),
    });
  }

  private renderPlane(context: SentenceContext, now: Matrix) {
    const { words, names, byQuery, subject } = context;
    const { pointOverrides, excluded } = this.state;
    const { hoveredWord: hovered } = this;
    const { arrows, point } = byQuery[subject];
    const end = now.at(-1)!;
    const positions = firstPositions(context);
    const label = `${names[subject]}, in this sentence`;
    const named = positions.map((i) => ({ text: words[i].word, at: words[i].point }));
    const [labelAt, ...labels] = labelPositions(
      planeFrame,
      [{ text: label, at: point }, ...named],
      now,
    );
    const landmarks = placedWords.filter(
      ({ word, topic }) => topic !== 'none' && !words.some((one) => one.word === word),
    );
    return svg`
      <svg class="plane" data-highlighted=${this.hovered} viewBox=${planeFrame.viewBox} role="group" aria-label="The sentence in the plane" aria-describedby="caption">
        ${renderAxes(planeFrame)}${renderRegions(planeFrame, pointOverrides)}
        ${landmarks.map(
          (
            word,
          ) => svg`<g class="landmark ${word.topic}" opacity="0.45" transform=${planeFrame.translate(pointOf(word, pointOverrides))}>
            ${topicMark(word.topic, 3)}
          </g>`,
        )}
        ${hovered < 0 ? nothing : renderArrow(planeFrame, [0, 0], words[hovered].point, 'unscaled')}
        ${renderArrow(planeFrame, words[subject].point, end, 'output dashed', 6)}
        ${arrows.map((_, i) => (excluded.includes(i) ? nothing : this.renderSummand(planeFrame, now, i, 5)))}
        ${positions.map((i, n) => this.renderWord(context, i, labels[n]))}
        ${renderResult(planeFrame, end, label, labelAt)}
      </svg>
    `;
  }

  private renderWord({ words }: SentenceContext, i: number, label: LabelPosition) {
    const { word, topic, point } = words[i];
    const isHovered = words[this.hoveredWord]?.word === word;
    const { pointOverrides } = this.state;
    return svg`<g class="word value ${topic} ${isHovered ? 'hovered' : ''}">
      ${dragPoint({
        frame: planeFrame,
        at: point,
        label: `The word ${word}`,
        drawing: svg`${topicMark(topic)}${renderLabel(word, label)}`,
        move: (at) => this.patch({ pointOverrides: { ...pointOverrides, [word]: at } }, 'drag'),
        settle: () => this.lesson.endDrag(),
      })}
    </g>`;
  }

  /** A word's arrow, from where the one before it ends. */
  private renderSummand(frame: PlaneFrame, ends: Matrix, i: number, size: number) {
    const name = i === this.hoveredWord ? 'part value hovered' : 'part value';
    return renderArrow(frame, ends[i - 1] ?? [0, 0], ends[i], name, size);
  }

  /** Arrows head to tail from the origin, each with its word, as large as fits. */
  private renderEnlarged({ names, subject }: SentenceContext, now: Matrix, atRest: Matrix) {
    const frame = fittingFrame([[0, 0], ...atRest.slice(0, names.length)]);
    const label = `${names[subject]}′`;
    const arrows = names.flatMap((text, i) => {
      if (this.state.excluded.includes(i)) return [];
      const [from, to]: Vector[] = [atRest[i - 1] ?? [0, 0], atRest[i]];
      return [{ i, text, at: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] }];
    });
    const [labelAt, ...labels] = labelPositions(
      frame,
      [{ text: label, at: atRest.at(-1)! }, ...arrows],
      atRest,
    );
    return svg`
      <svg class="plane enlarged" data-highlighted=${this.hovered} viewBox=${frame.viewBox} role="img" aria-label="The weighted sum, enlarged: arrows head to tail" aria-describedby="caption">
        ${renderScale(frame)}
        ${arrows.map(({ i }) => this.renderSummand(frame, now, i, 6))}
        ${arrows.map(
          ({ i, text, at }, n) => svg`<g
            class="summand ${i === this.hoveredWord ? 'hovered' : ''}"
            transform=${frame.translate(at)}
          >${renderLabel(text, labels[n])}</g>`,
        )}
        ${renderResult(frame, now.at(-1)!, label, labelAt)}
      </svg>
    `;
  }

  private renderTable({ names, words, byQuery, subject }: SentenceContext) {
    const { weights, arrows } = byQuery[subject];
    return html`
      <number-table
        name="The sum for ${names[subject]}"
        corner="word"
        .rowNames=${names}
        .columnNames=${['weight', 'x', 'y', 'weight · x', 'weight · y']}
        .values=${words.map(({ point: v }, i) => [weights[i], v[0], v[1], ...arrows[i]])}
        .highlighted=${this.hoveredWord < 0 ? null : { row: this.hoveredWord }}
        @cell-point=${({ detail }: CustomEvent<TableCell | null>) =>
          (this.hoveredWord = detail?.row ?? -1)}
      ></number-table>
    `;
  }
}

/** The new point and its name. */
const renderResult = (frame: PlaneFrame, at: Vector, label: string, position: LabelPosition) => svg`
  <g class="moved" fill="var(--output)" font-weight="600" transform=${frame.translate(at)}>
    <circle stroke="var(--paper)" stroke-width="2" r="7" />${renderLabel(label, position)}
  </g>
`;

/** The largest of 1, 2 or 5 times a power of ten up to `limit`. */
export function roundUnit(limit: number): number {
  const power = 10 ** Math.floor(Math.log10(limit));
  const [unit] = [5, 2, 1].filter((times) => times * power <= limit * (1 + 1e-9));
  return unit * power;
}

/** The axes, where they cross the picture, and a bar of known length. */
function renderScale(frame: PlaneFrame) {
  const { left, right, bottom, top } = frame.range;
  const unit = roundUnit((right - left) / 3);
  const [x, y] = [frame.width - 8, frame.height - 10];
  return svg`
    <rect class="line" width=${frame.width} height=${frame.height} />
    <g stroke="var(--line)">
      ${left <= 0 && right >= 0 ? svg`<line y2=${frame.height} x1=${frame.x(0)} x2=${frame.x(0)} />` : nothing}
      ${bottom <= 0 && top >= 0 ? svg`<line x2=${frame.width} y1=${frame.y(0)} y2=${frame.y(0)} />` : nothing}
    </g>
    <text class="soft-fill" x="10" y="20">the sum, enlarged</text>
    <g class="measure">
      <path fill="none" stroke="var(--ink-soft)" d="M${x - unit * frame.unit} ${y - 4} v8 M${x} ${y - 4} v8 M${x - unit * frame.unit} ${y} H${x}" />
      <text class="soft-fill" x=${x - (unit * frame.unit) / 2} y=${y - 6} text-anchor="middle">${formatDecimal(unit)}</text>
    </g>
  `;
}

export const contextSection: Section = {
  id: 'context',
  title: 'Let the sentence decide',
};
