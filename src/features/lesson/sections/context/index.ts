import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { button, radio } from '../../../../ui/controls/fields';
import { keepWhileFocused } from '../../../../ui/keep-while-focused';
import type { Matrix } from '../../model/matrix';
import { MAX_WORDS, toggled } from '../../model/sentence';
import { cellSentences } from '../../model/word-points';
import type { CellSelector } from '../../parts/number-table';
import '../../parts/number-table';
import { chainOf, contextStyles } from '../../parts/plane/arrows';
import { type SentenceContext, contextOf } from '../../parts/plane/context';
import { renderSentence, sentenceStyles } from '../../parts/plane/sentence';
import { PointTween } from '../../parts/point-tween';
import { LessonSection, type Section } from '../../parts/section';
import '../../parts/tex-formula';
import { contextCaption, sumFormula } from './captions';
import { renderChain, renderContextPlane } from './picture';

const renderSentenceSelect = (context: string, set: (text: string) => void) => html`
  <fieldset class="sentences stack tight">
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

/** Row 7 of the deck: attention moves the word *cell* to a weighted sum of the sentence's words. */
@customElement('lesson-context')
export class LessonContext extends LessonSection {
  static override styles = [sentenceStyles, contextStyles];

  /** Position of the hovered word; −1 for none. */
  @state() private hoveredWord = -1;
  private readonly tween = new PointTween(this);

  override render() {
    const context = contextOf(this.state);
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
        ${renderSentenceSelect(this.state.context, (text) => this.setSentence(text))}
        ${this.renderWords(context)} ${this.renderError()}
        <div class="auto-columns">${this.renderPlane(context)} ${this.renderEnlarged(context)}</div>
        <tex-formula
          .tex=${sumFormula(context, this.state.excluded)}
          highlighted=${this.hovered}
        ></tex-formula>
        <div class="controls">
          ${button('Put all words back', this.putBack, { disabled: !this.isMoved })}
        </div>
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

  private get isMoved(): boolean {
    return Object.keys(this.state.pointOverrides).length > 0;
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

  private renderPlane(context: SentenceContext) {
    return renderContextPlane({
      context,
      state: this.state,
      chain: this.chain(context.byQuery[context.subject].arrows).now,
      hovered: this.hoveredWord,
      highlighted: this.hovered,
      move: (word, at) => this.move(word, at),
      settle: () => this.lesson.endDrag(),
    });
  }

  /** Ends of the arrows, as drawn now and at rest. */
  private chain(arrows: Matrix) {
    const atRest = chainOf(arrows, MAX_WORDS);
    return { now: this.tween.at(atRest), atRest };
  }

  private renderEnlarged({ names, byQuery, subject }: SentenceContext) {
    const { excluded } = this.state;
    return html`
      <svg
        class="plane enlarged"
        data-highlighted=${this.hovered}
        viewBox="0 0 400 400"
        role="img"
        aria-label="The weighted sum, enlarged: arrows head to tail"
        aria-describedby="caption"
      >
        ${renderChain({
          names: names.map((name, i) => (excluded.includes(i) ? '' : name)),
          ...this.chain(byQuery[subject].arrows),
          hovered: this.hoveredWord,
          label: `${names[subject]}′`,
        })}
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
        @cell-point=${({ detail }: CustomEvent<CellSelector | null>) =>
          (this.hoveredWord = detail?.row ?? -1)}
      ></number-table>
    `;
  }

  private setSentence(context: string) {
    if (context === this.state.context) return;
    this.hoveredWord = -1;
    this.patch({ context, excluded: [] });
  }

  private move(word: string, at: [number, number]) {
    this.patch({ pointOverrides: { ...this.state.pointOverrides, [word]: at } }, 'drag');
  }

  private readonly putBack = () => this.patch({ pointOverrides: {} });
}

export const contextSection: Section = {
  id: 'context',
  title: 'Let the sentence decide',
  render: (lesson) => html`<lesson-context .lesson=${lesson}></lesson-context>`,
};
