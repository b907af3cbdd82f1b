import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { button } from '../../../ui/controls/fields';
import { emit } from '../../../ui/emit';
import {
  capitalised,
  formatFixed,
  formatPercent,
  formatDecimal,
  parseTypedNumber,
} from '../../../numeric/format';
import { UiElement } from '../../../ui/element';
import { type Answer, isRight, type Question } from '../model/questions';
import { defaultLessonState, type LessonState } from '../model/state';
import { inputErrorMessage } from './lesson';

/**
 * A question to answer before its content is shown. The content stays hidden until the learner has guessed or asked
 * to see; then the guess and the answer stand above it.
 *
 * @fires {CustomEvent} revealed
 */
@customElement('predict-first')
export class PredictFirst extends UiElement {
  static override styles = css`
    :host {
      display: grid;
      gap: var(--space-5);
      min-width: 0;
    }

    form {
      padding: var(--space-4) var(--space-5) var(--space-5);
      border-radius: var(--radius);
      background: var(--surface);
    }

    h4 {
      color: var(--accent);
    }

    form button {
      background: var(--paper);
    }

    input[type='text'] {
      width: 7rem;
      background: var(--paper);
    }

    .verdict {
      font-weight: 550;
    }

    .verdict.right {
      color: var(--good);
    }
  `;

  @property({ attribute: false }) question!: Question;
  @property({ attribute: false }) lessonState: LessonState = defaultLessonState;
  /** As the learner typed it; empty until then. */
  @state() private guess = '';
  private isRight = false;
  @state() private isOpen = false;
  @state() private error = '';
  /** The state that the question was asked about; the verdict belongs to it. */
  private askedState: LessonState = defaultLessonState;
  /** Computed once for that state, as it may take a while. */
  private answer!: Answer;
  @query('.verdict') private verdict!: HTMLElement | null;

  override willUpdate(changed: PropertyValues<this>) {
    if (this.isOpen || !(changed.has('lessonState') || changed.has('question'))) return;
    this.askedState = this.lessonState;
    this.answer = this.question.answer(this.askedState);
  }

  override render() {
    return html`
      <form class="stack measure" @submit=${this.submit}>
        <h4 class="small strong">Predict first</h4>
        <p id="ask">${this.question.ask(this.askedState)}</p>
        ${this.isOpen ? this.renderVerdict() : this.renderAnswer()}
      </form>
      <div class="stack gap-5" ?hidden=${!this.isOpen}><slot></slot></div>
    `;
  }

  private renderAnswer() {
    const { answer } = this;
    return html`
      <div class="answer row gap-3" role="group" aria-labelledby="ask">
        ${
          answer.kind === 'choice'
            ? answer.choices.map((choice) => button(choice, () => this.answerWith(choice, choice)))
            : html`
                <input
                  id="guess"
                  type="text"
                  inputmode="decimal"
                  autocomplete="off"
                  aria-labelledby="ask"
                  aria-invalid=${this.error !== ''}
                  aria-describedby="error"
                />
                <button type="submit">Guess</button>
              `
        }
        ${button('Show me', () => this.open())}
      </div>
      <p id="error" class="error" role="alert">${this.error}</p>
    `;
  }

  private renderVerdict() {
    const { answer, guess } = this;
    const what = answer.kind === 'choice' ? 'the answer' : 'it';
    const is = `${what} is ${this.format(answer.value)}.`;
    return html`
      <p class="verdict ${this.isRight ? 'right' : ''}" role="status" tabindex="-1">
        ${guess ? `${this.isRight ? 'Yes. ' : ''}You said ${guess}; ${is}` : capitalised(is)}
      </p>
      ${
        answer.kind === 'number' && 'factor' in answer.within
          ? html`<p class="soft small">
              Within a factor of ${answer.within.factor} counts as right.
            </p>`
          : nothing
      }
    `;
  }

  /** Accepts shares as learners write them: 0.84 or 84 %. */
  private submit(event: Event) {
    event.preventDefault();
    if (this.isOpen) return;
    const text = this.renderRoot.querySelector<HTMLInputElement>('#guess')?.value ?? '';
    const isPercent = text.trim().endsWith('%');
    const value = parseTypedNumber(text.replace('%', ''));
    if (value === undefined) {
      this.error = text.trim() ? `“${text}” is no number.` : 'A number, please: any guess will do.';
      return;
    }
    this.answerWith(isPercent ? value / 100 : value, text.trim());
  }

  private answerWith(guess: number | string, text: string) {
    this.error = inputErrorMessage(() => {
      this.isRight = isRight(this.answer, guess);
    });
    if (this.error) return;
    this.guess = text;
    this.open();
  }

  private open() {
    this.isOpen = true;
    // The focused button is gone.
    void this.updateComplete.then(() => this.verdict?.focus());
    emit(this, 'revealed');
  }

  private format(value: number | string): string {
    if (typeof value === 'string') return value;
    const { answer } = this;
    const isShare = answer.kind === 'number' && answer.max === 1;
    if (isShare) return `${formatFixed(value, value < 0.01 ? 4 : 3)} (${formatPercent(value)})`;
    return formatDecimal(value);
  }
}

declare global {
  interface HTMLElementEventMap {
    revealed: CustomEvent<undefined>;
  }

  interface HTMLElementTagNameMap {
    'predict-first': PredictFirst;
  }
}
