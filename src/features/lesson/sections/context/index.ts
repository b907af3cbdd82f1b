import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { keepWhileFocused } from '../../../../ui/keep-while-focused';
import type { Matrix } from '../../model/matrix';
import { MAX_WORDS } from '../../model/sentence';
import { cellSentences } from '../../model/word-points';
import type { CellSelector } from '../../parts/number-table';
import '../../parts/number-table';
import { chainOf, contextStyles } from '../../parts/plane/arrows';
import { type SentenceContext, contextOf } from '../../parts/plane/context';
import { renderSentence, sentenceStyles } from '../../parts/plane/sentence';
import { planeStyles } from '../../parts/plane/word-plane';
import { PointTween } from '../../parts/point-tween';
import { LessonSection, type Section } from '../../parts/section';
import '../../parts/tex-formula';
import { contextCaption, sumFormula } from './captions';
import { renderChain, renderContextPlane } from './picture';

/** The deck's three sentences to choose from, and a field for the reader's own. */
const renderSentenceSelect = (context: string, read: (text: string) => void) => html`
  <fieldset class="sentences stack tight">
    <legend class="visually-hidden">The sentence</legend>
    ${cellSentences.map(
      ({ text }) => html`
        <label class="check">
          <input
            type="radio"
            name="context"
            .checked=${live(text === context)}
            @change=${() => read(text)}
          />${text}.
        </label>
      `,
    )}
    <label class="own check"
      >Or type your own:
      <input
        id="own"
        type="text"
        autocomplete="off"
        spellcheck="false"
        .value=${keepWhileFocused(context)}
        @change=${(event: Event) => read((event.target as HTMLInputElement).value)}
      />
    </label>
  </fieldset>
`;

/** Row 7 of the deck: the sentence moves the word *cell*, by a weighted sum of its words. */
@customElement('lesson-context')
export class LessonContext extends LessonSection {
  static override styles = [...LessonSection.styles, planeStyles, sentenceStyles, contextStyles];

  /** The word of the sentence that is pointed at; −1 for none. */
  @state() private place = -1;
  private readonly glide = new PointTween(this);

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
        ${renderSentenceSelect(this.state.context, (text) => this.read(text))}
        ${this.renderWords(context)} ${this.renderError()}
        <div class="beside">${this.renderPlane(context)} ${this.renderEnlarged(context)}</div>
        <tex-formula
          .tex=${sumFormula(context, this.state.excluded)}
          highlighted=${this.hovered}
        ></tex-formula>
        <div class="controls">
          <button type="button" ?disabled=${!this.isMoved} @click=${this.putBack}>
            Put all words back
          </button>
        </div>
        <details>
          <summary>The numbers behind the arrows</summary>
          ${this.renderTable(context)}
        </details>
        <figcaption id="caption">${contextCaption(this.state, context, this.place)}</figcaption>
      </figure>
    `;
  }

  private get isMoved(): boolean {
    return Object.keys(this.state.pointOverrides).length > 0;
  }

  private renderWords({ names, byQuery: all, subject: mover }: SentenceContext) {
    const { excluded: without } = this.state;
    return renderSentence({
      label: 'Words of the sentence; press one to leave it out, or to take it back',
      words: names.map((text, i) => ({
        text,
        weight: all[mover].weights[i],
        isExcluded: without.includes(i),
        isHovered: i === this.place,
        isPressed: !without.includes(i),
      })),
      press: (position) => this.toggle(position),
      hover: (position) => (this.place = position),
    });
  }

  private renderPlane(context: SentenceContext) {
    return renderContextPlane({
      context,
      state: this.state,
      chain: this.chain(context.byQuery[context.subject].arrows).now,
      hovered: this.place,
      highlighted: this.hovered,
      move: (word, at) => this.move(word, at),
      settle: () => this.lesson.endDrag(),
    });
  }

  /** Ends of the arrows, as they are drawn now and once all is still. */
  private chain(arrows: Matrix) {
    const still = chainOf(arrows, MAX_WORDS);
    return { now: this.glide.at(still), still };
  }

  private renderEnlarged({ names, byQuery: all, subject: mover }: SentenceContext) {
    const { excluded: without } = this.state;
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
          names: names.map((name, i) => (without.includes(i) ? '' : name)),
          ...this.chain(all[mover].arrows),
          hovered: this.place,
          label: `${names[mover]}′`,
        })}
      </svg>
    `;
  }

  private renderTable({ names, words, byQuery: all, subject: mover }: SentenceContext) {
    const { weights, arrows } = all[mover];
    return html`
      <number-table
        name="The sum for ${names[mover]}"
        corner="word"
        .rowNames=${names}
        .columnNames=${['weight', 'x', 'y', 'weight · x', 'weight · y']}
        .values=${words.map(({ point: v }, i) => [weights[i], v[0], v[1], ...arrows[i]])}
        .highlighted=${this.place < 0 ? null : { row: this.place }}
        @cell-point=${({ detail }: CustomEvent<CellSelector | null>) =>
          (this.place = detail?.row ?? -1)}
      ></number-table>
    `;
  }

  private read(context: string) {
    if (context === this.state.context) return;
    this.place = -1;
    this.patch({ context, excluded: [] });
  }

  private toggle(place: number) {
    const { excluded: without } = this.state;
    const next = without.includes(place)
      ? without.filter((one) => one !== place)
      : [...without, place].toSorted((a, b) => a - b);
    this.patch({ excluded: next });
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
