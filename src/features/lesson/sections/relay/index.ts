import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { button } from '../../../../ui/controls/fields';
import { type AnalogyPoint, analogyList, analogyListStyles } from '../../parts/analogy-list';
import { LessonSection, type Section } from '../../parts/section';
import { renderRelay, relayStyles, relaySteps } from './picture';

const STEP_MS = 1600;

const ANALOGY: readonly AnalogyPoint[] = [
  {
    name: 'Something stands for it',
    holds: true,
    why: 'The signal stays outside. Proteins that are switched on stand for it, as an encoder’s numbers stand for a sentence.',
  },
  {
    name: 'Another kind comes out',
    holds: true,
    why: 'A molecule arrives and a gene is read, as English goes in and French comes out.',
  },
  {
    name: 'A sequence',
    holds: false,
    why: 'There are no words here and no order to keep: one signal, more of it or less.',
  },
  {
    name: 'Looking back',
    holds: false,
    why: 'Each protein meets only its neighbour. What came first reaches the end through every hand in between, or not at all.',
  },
];

/** Row 3: signal transduction, which the deck has as a picture only. */
@customElement('lesson-relay')
export class LessonRelay extends LessonSection {
  static override styles = [
    analogyListStyles,
    relayStyles,
    css`
      ol li {
        padding: var(--space-1) var(--space-3);
        border-left: 3px solid var(--line);
        color: var(--ink-soft);
      }

      ol li[aria-current] {
        border-left-color: var(--accent);
        color: var(--ink);
        font-weight: 550;
      }

      /* The text changes in length, the buttons stay. */
      figcaption {
        min-height: 4.5em;
      }
    `,
  ];

  @state() private step = 0;
  @state() private timer: ReturnType<typeof setInterval> | null = null;
  private readonly motion = matchMedia('(prefers-reduced-motion: reduce)');

  override connectedCallback() {
    super.connectedCallback();
    this.motion.addEventListener('change', this.handleMotionChange);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.motion.removeEventListener('change', this.handleMotionChange);
    this.stop();
  }

  override render() {
    return html`
      <div class="prose">
        <p>
          The deck knows one more encoder and decoder, and it is alive. In
          <em>signal transduction</em> a cell answers to something outside that never gets in: a
          relay of proteins, kinases among them, carries the news to the nucleus. In one of the best
          known relays they are called RAF, MEK and ERK.
        </p>
        <p>
          This is a picture and no computation: nothing here has numbers. It is also the first of
          three kinds of <em>cell</em> that this lesson will have to tell apart.
        </p>
      </div>
      <figure>
        <div class="auto-columns">
          ${renderRelay(this.step)}
          <div class="stack gap-4">
            ${this.renderButtons()}
            <ol class="plain-list stack gap-1">
              ${relaySteps.map(
                ({ name }, i) =>
                  html`<li aria-current=${i === this.step ? 'step' : nothing}>
                    <span class="number">${i}</span>&emsp; ${name}
                  </li>`,
              )}
            </ol>
            <figcaption id="relay-caption" aria-live=${this.timer === null ? 'polite' : 'off'}>
              ${relaySteps[this.step].description}
            </figcaption>
          </div>
        </div>
        <p class="soft small">Our drawing, simplified; the deck’s own is lost.</p>
      </figure>
      ${analogyList(ANALOGY)}
    `;
  }

  private renderButtons() {
    const last = relaySteps.length - 1;
    return html`<div class="controls">
      ${button('Step back', () => this.go(this.step - 1), { id: 'relay-back', disabled: this.step === 0 })}
      ${button('Next step', () => this.go(this.step + 1), { id: 'relay-next', disabled: this.step === last })}
      ${
        this.motion.matches
          ? nothing
          : button(
              this.timer === null ? 'Play' : 'Pause',
              () => (this.timer === null ? this.play() : this.stop()),
              { id: 'relay-play' },
            )
      }
    </div>`;
  }

  private go(step: number) {
    this.stop();
    this.step = step;
  }

  private play() {
    const last = relaySteps.length - 1;
    this.step = this.step === last ? 0 : this.step + 1;
    this.timer = setInterval(() => {
      this.step = Math.min(last, this.step + 1);
      if (this.step === last) this.stop();
    }, STEP_MS);
  }

  private stop() {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  /** With reduced motion there is no automatic play. */
  private readonly handleMotionChange = () => {
    if (this.motion.matches) this.stop();
    this.requestUpdate();
  };
}

export const relaySection: Section = {
  id: 'relay',
  title: 'Cells do it too',
};
