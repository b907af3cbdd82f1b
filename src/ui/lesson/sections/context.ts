import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Matrix } from '../../../lessons/matrix';
import { MOST_WORDS } from '../../../lessons/words';
import { Glide } from '../glide';
import { LessonSection } from '../lesson-section';
import '../number-table';
import type { TablePlace } from '../number-table';
import { chainOf } from '../plane/arrows';
import { renderChain } from '../plane/chain';
import { type Context, contextOf } from '../plane/context';
import { contextStyles } from '../plane/context.css';
import { contextCaption, sumFormula } from '../plane/context-caption';
import { renderContextPlane } from '../plane/context-plane';
import { planeStyles } from '../plane/plane.css';
import { renderSentence } from '../plane/sentence';
import { sentenceStyles } from '../plane/sentence.css';
import { renderSentenceChoice } from '../plane/sentence-choice';
import '../tex-formula';

/** Row 7 of the deck: the sentence moves the word *cell*, by a weighted sum of its words. */
@customElement('lesson-context')
export class LessonContext extends LessonSection {
  static override styles = [...LessonSection.styles, planeStyles, sentenceStyles, contextStyles];

  /** The word of the sentence that is pointed at; −1 for none. */
  @state() private place = -1;
  private readonly glide = new Glide(this);

  override render() {
    const context = contextOf(this.state);
    return html`
      <div class="prose">
        <p>
          Readers do not settle for a compromise: they look at the words around. So does attention.
          Each word of the sentence gets a ${this.handle('weight', 'weight')}, the larger the better
          its point goes with that of
          <em>cell</em>; the weights sum to 1. Then <em>cell</em> moves to the
          ${this.handle('output', 'weighted sum')} of the ${this.handle('value', 'points')} of all
          words.
        </p>
        <tex-formula
          .tex=${String.raw`\htmlClass{output}{\text{cell}'} = \sum_i \htmlClass{weight}{w_i}\, \htmlClass{value}{v_i}`}
          lit=${this.pointed}
        ></tex-formula>
        <p>
          Choose a sentence, and follow the arrows: each is a word’s point, made as short as its
          weight says, and laid where the one before it ends. Leave a word out and the others share
          its weight. Where the weights come from is the third chapter’s story.
        </p>
      </div>
      <figure data-lit=${this.pointed}>
        ${renderSentenceChoice(this.state.context, (text) => this.read(text))}
        ${this.renderWords(context)} ${this.renderTrouble()}
        <div class="beside">${this.renderPlane(context)} ${this.renderEnlarged(context)}</div>
        <tex-formula
          .tex=${sumFormula(context, this.state.without)}
          lit=${this.pointed}
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
    return Object.keys(this.state.moved).length > 0;
  }

  private renderWords({ names, all, mover }: Context) {
    const { without } = this.state;
    return renderSentence({
      label: 'Words of the sentence; press one to leave it out, or to take it back',
      words: names.map((text, i) => ({
        text,
        weight: all[mover].weights[i],
        isOut: without.includes(i),
        isPointed: i === this.place,
      })),
      pressed: (place) => !without.includes(place),
      press: (place) => this.toggle(place),
      point: (place) => (this.place = place),
    });
  }

  private renderPlane(context: Context) {
    return renderContextPlane({
      context,
      state: this.state,
      chain: this.chain(context.all[context.mover].arrows).now,
      place: this.place,
      lit: this.pointed,
      move: (word, at) => this.move(word, at),
      settle: () => this.lesson.drop(),
    });
  }

  /** Ends of the arrows, as they are drawn now and once all is still. */
  private chain(arrows: Matrix) {
    const still = chainOf(arrows, MOST_WORDS);
    return { now: this.glide.at(still), still };
  }

  private renderEnlarged({ names, all, mover }: Context) {
    const { without } = this.state;
    return html`
      <svg
        class="plane enlarged"
        data-lit=${this.pointed}
        viewBox="0 0 400 400"
        role="img"
        aria-label="The weighted sum, enlarged: arrows head to tail"
        aria-describedby="caption"
      >
        ${renderChain({
          names: names.map((name, i) => (without.includes(i) ? '' : name)),
          ...this.chain(all[mover].arrows),
          pointed: this.place,
          label: `${names[mover]}′`,
        })}
      </svg>
    `;
  }

  private renderTable({ names, words, all, mover }: Context) {
    const { weights, arrows } = all[mover];
    return html`
      <number-table
        name="The sum for ${names[mover]}"
        corner="word"
        .rowNames=${names}
        .columnNames=${['weight', 'x', 'y', 'weight · x', 'weight · y']}
        .values=${words.map(({ point: v }, i) => [weights[i], v[0], v[1], ...arrows[i]])}
        .lit=${this.place < 0 ? null : { row: this.place }}
        @cell-point=${({ detail }: CustomEvent<TablePlace | null>) =>
          (this.place = detail?.row ?? -1)}
      ></number-table>
    `;
  }

  private read(context: string) {
    if (context === this.state.context) return;
    this.place = -1;
    this.attempt(() => this.lesson.set({ context, without: [] }));
  }

  private toggle(place: number) {
    const { without } = this.state;
    const next = without.includes(place)
      ? without.filter((one) => one !== place)
      : [...without, place].toSorted((a, b) => a - b);
    this.lesson.set({ without: next });
  }

  private move(word: string, at: [number, number]) {
    this.attempt(() => this.lesson.set({ moved: { ...this.state.moved, [word]: at } }, 'drag'));
  }

  private readonly putBack = () => this.lesson.set({ moved: {} });
}

declare global {
  interface HTMLElementTagNameMap {
    'lesson-context': LessonContext;
  }
}
