import { html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { LessonState } from '../../lessons/state';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { type Lesson, problemOf } from './lesson';
import { lessonStyles } from './lesson.css';
import { NearView } from './near-view';

/** What prose names and pictures show, each in a colour of its own all through the essay. */
export type Concept = 'query' | 'key' | 'value' | 'score' | 'weight' | 'output';

/**
 * A section of the essay: prose and pictures of the lesson's state. It draws itself again whenever the
 * state changes. Words of the prose are handles: pointing at one lights up what it names.
 */
export abstract class LessonSection extends LitElement {
  static override styles = [...shared, forms, lessonStyles];

  @property({ attribute: false }) lesson!: Lesson;
  /** What the prose points at now: a concept, or any name that the section's pictures know. */
  @state() protected pointed = '';
  /** What was wrong with the last input of this section. */
  @state() protected trouble = '';

  protected readonly near = new NearView(this);
  /** When the section before has been drawn. */
  private static turn: Promise<void> = Promise.resolve();

  protected get state(): LessonState {
    return this.lesson.state;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.lesson.addEventListener('change', this.follow);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.lesson.removeEventListener('change', this.follow);
  }

  private readonly follow = () => {
    this.trouble = '';
    this.requestUpdate();
  };

  /**
   * Sections are drawn at first one after another, each in a task of its own: eighteen at once would hold the
   * page up. Later, what is far from view follows a change when there is time.
   */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await (LessonSection.turn = LessonSection.turn.then(nextTask));
    else if (!this.near.isNear) await idle();
    await super.scheduleUpdate();
  }

  /** A word of the prose that lights up what it names, by pointer and by keyboard. */
  protected handle(name: Concept | (string & {}), words: string | TemplateResult) {
    const point = () => (this.pointed = name);
    const leave = () => (this.pointed = '');
    // No button: lines would break around it as around a picture, and a comma begin the next one.
    return html`<span
      role="button"
      tabindex="0"
      class="handle ${name}"
      aria-pressed=${this.pointed === name}
      @pointerenter=${point}
      @pointerleave=${leave}
      @focus=${point}
      @blur=${leave}
      >${words}</span
    >`;
  }

  /** Changes the state, or says what is wrong with the input. */
  protected attempt(make: () => void) {
    this.trouble = problemOf(make);
  }

  /** Where `attempt` says it; announced. */
  protected renderTrouble() {
    return html`<p class="error" role="alert">${this.trouble}</p>`;
  }
}

/** A turn of the loop later, without the wait that timers have. */
const nextTask = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** The next moment when nothing else is to be done; soon, in any case. */
const idle = () =>
  new Promise<void>((resolve) => {
    // Not every browser has it.
    if ('requestIdleCallback' in globalThis) {
      requestIdleCallback(() => resolve(), { timeout: 500 });
    } else {
      setTimeout(resolve, 50);
    }
  });
