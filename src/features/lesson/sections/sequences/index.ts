import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { countWords, MAX_WORDS, wordsOf } from '../../model/sentence';
import { type LessonState, withSentence } from '../../model/state';
import { LessonSection, type Section } from '../../parts/section';
import {
  describeLengths,
  matchesTask,
  type SequenceTask,
  sequenceTasks,
  withTask,
  updatedRow,
  type FullRow,
  withLength,
} from './tasks';
import './word-row';

const sequencesStyles = css`
  .tasks {
    --column: 14rem;

    gap: var(--space-3);
    align-items: stretch;
  }

  .task {
    gap: var(--space-2);
    padding: var(--space-3) var(--space-4);
    border: 1px solid var(--line);
  }

  .task[aria-pressed='true'] {
    border-color: var(--accent);
    box-shadow: inset 0 0 0 1px var(--accent);
  }

  .dots {
    gap: 3px;
  }

  .dots i {
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 2px;
    background: var(--series-4);
  }

  .dots + .dots i {
    background: var(--output);
  }

  .side input[type='text'] {
    height: 3rem;
    font-family: var(--sans);
    font-size: clamp(1.125rem, 0.9rem + 1vw, 1.5rem);
  }

  .between svg {
    flex: none;
    width: 1rem;
  }
`;

type Side = 'sentence' | 'target';

interface Draft {
  readonly side: Side;
  readonly text: string;
  /** The last valid text. */
  readonly valid: string;
}

/** Row 1: a sequence in, a sequence out; and the sentence that everything else is about. */
@customElement('lesson-sequences')
export class LessonSequences extends LessonSection {
  static override styles = sequencesStyles;

  /** The text being typed; the state keeps the last valid one. */
  @state() private draft: Draft | null = null;
  /** The state before typing began, so that half-typed words leave no vectors behind. */
  private stateBefore: LessonState | null = null;
  private source: FullRow = { words: [], x: [] };
  private target: FullRow = { words: [], x: [] };

  override willUpdate() {
    const { sentence, target, x } = this.state;
    this.source = updatedRow(this.source, wordsOf(sentence), x);
    this.target = updatedRow(this.target, wordsOf(target));
    // The state has changed elsewhere since.
    if (this.draft && this.draft.valid !== this.state[this.draft.side]) this.draft = null;
  }

  override render() {
    const [source, target] = [wordsOf(this.state.sentence), wordsOf(this.state.target)];
    return html`
      <div class="prose">
        <p>
          Much of what people do with language takes ${this.term('source', 'a sequence in')} and
          gives ${this.term('target', 'a sequence out')}: words in an order, then other words in
          another order. A translator does it, and so does whoever sums up a meeting or answers a
          question.
        </p>
        <p>
          The two lengths need not agree, and nothing says which word of the one belongs to which
          word of the other. Finding that out is what attention is for.
        </p>
        <p>
          Drag the end of either row to change its length. Better still, write a sentence of your
          own: it will run through everything that follows. Or stay with the prisoner, whose numbers
          come from a slide deck.
        </p>
      </div>
      <figure>
        <div class="tasks auto-columns" role="group" aria-label="Examples">
          ${sequenceTasks.map((task) => this.renderTask(task))}
        </div>
        ${this.renderSide('sentence', 'Your sentence goes in', source.length)}
        <div class="between row one-line gap-3 soft">
          <svg viewBox="0 0 16 40" aria-hidden="true">
            <path d="M8 0V36M3 31l5 6 5-6" fill="none" stroke="currentColor" stroke-width="1.5" />
          </svg>
          <span>What happens here is the rest of this page.</span>
        </div>
        ${this.renderSide('target', 'What should come out, in your words', target.length)}
        <figcaption>
          ${countWords(source.length)} in, ${countWords(target.length)} out.
          ${describeLengths(source.length, target.length)} The last word in is “${source.at(-1)}”,
          the last word out is “${target.at(-1)}”.
        </figcaption>
        <p class="soft small">
          The words that come out are written by hand; no model has made them.
        </p>
      </figure>
    `;
  }

  private renderTask(task: SequenceTask) {
    const [source, target] = [wordsOf(task.source).length, wordsOf(task.target).length];
    const dots = (count: number) =>
      html`<span class="dots row" aria-hidden="true"
        >${Array.from({ length: count }, () => html`<i></i>`)}</span
      >`;
    return html`
      <button
        type="button"
        class="flat task stack"
        aria-pressed=${matchesTask(this.state, task)}
        @click=${() => this.attempt(() => this.lesson.set(withTask(this.state, task)))}
      >
        <b class="strong">${task.name}</b>
        <span class="small soft">${countWords(source)} in, ${countWords(target)} out</span>
        ${dots(source)}${dots(target)}
      </button>
    `;
  }

  private renderSide(side: Side, label: string, count: number) {
    const isSource = side === 'sentence';
    const isInvalid = this.draft?.side === side && this.error !== '';
    return html`
      <div class="side stack">
        <label for=${side} class="soft small">${label}</label>
        <input
          id=${side}
          type="text"
          autocomplete="off"
          spellcheck="false"
          aria-invalid=${isInvalid}
          aria-describedby="${side}-error"
          .value=${live(this.draft?.side === side ? this.draft.text : this.state[side])}
          @input=${(event: Event) => this.type(side, (event.target as HTMLInputElement).value)}
          @change=${() => this.finish()}
          @blur=${() => this.finish()}
        />
        <p id="${side}-error" class="error" role="alert">${isInvalid ? this.error : nothing}</p>
        <word-row
          label=${isSource ? 'The input' : 'The output'}
          .words=${(isSource ? this.source : this.target).words}
          .count=${count}
          ?highlighted=${this.hovered === (isSource ? 'source' : 'target')}
          @length-slide=${(event: CustomEvent<number>) => this.setLength(side, event.detail)}
          @length-settle=${() => this.lesson.endDrag()}
        ></word-row>
      </div>
    `;
  }

  private type(side: Side, text: string) {
    const before = (this.stateBefore ??= this.state);
    const keeps = `the page keeps “${this.state[side]}”.`;
    this.attempt(() => {
      wordsOf(text);
      this.lesson.drag(
        side === 'sentence' ? withSentence(before, text) : { ...before, target: text },
      );
    });
    if (this.error) {
      const isEmpty = !/[\p{L}\p{N}]/u.test(text);
      this.error = isEmpty
        ? `No word yet: until there is one, ${keeps}`
        : `There is room for ${MAX_WORDS} words, and these are more: ${keeps}`;
    }
    this.draft = { side, text, valid: this.state[side] };
  }

  /** An invalid text stays, to be corrected. */
  private finish() {
    if (!this.error) this.draft = null;
    this.stateBefore = null;
    this.lesson.endDrag();
  }

  private setLength(side: Side, count: number) {
    const { lesson, state, source, target } = this;
    this.attempt(() => {
      if (side === 'sentence') lesson.drag(withLength(state, source, count));
      else lesson.patch({ target: target.words.slice(0, count).join(' ') }, 'drag');
    });
  }
}

export const sequencesSection: Section = {
  id: 'sequences',
  title: 'A sequence in, a sequence out',
};
