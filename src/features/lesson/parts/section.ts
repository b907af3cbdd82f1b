import { type CSSResultGroup, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { html as staticHtml, unsafeStatic } from 'lit/static-html.js';
import '../../../ui/controls/ui-slider';
import { yieldToMain } from '../../../async/yield';
import type { UiSlider } from '../../../ui/controls/ui-slider';
import { formatDecimal } from '../../../numeric/format';
import { UiElement } from '../../../ui/element';
import { axisHandleStyles } from '../../../ui/interaction/axis-handle';
import { InViewController } from '../../../ui/interaction/in-view';
import type { KernelAnswer } from '../engine/kernels';
import type { Claim } from '../model/claims';
import type { LessonField } from '../model/link-fields';
import type { Question } from '../model/questions';
import type { LessonState } from '../model/state';
import './claim-table';
import './computed-by';
import { type Lesson, inputErrorMessage } from './lesson';
import './number-table';
import { planeStyles } from './plane/word-plane';
import './predict-first';
import './share-table';
import { type AttentionRole, lessonStyles } from './styles';
import './tex-formula';
import { trackStyles } from './track';

/** Of all sections: prose, pictures, planes, bars and handles. */
const sectionStyles = [lessonStyles, planeStyles, trackStyles, axisHandleStyles];

/** A section of the essay: a row of the deck's list, and a line in the list of chapters. */
export interface Section {
  /** Its name in links and in the tag of its element. */
  readonly id: string;
  readonly title: string;
  readonly claims?: readonly Claim[];
  readonly question?: Question;
  /** What readers change in it, as entries of the link. What several sections show is in `model/link`. */
  readonly fields?: readonly LessonField[];
}

/** The element of a section: `<lesson-cipher>` for "cipher". */
export function renderSection({ id }: Section, lesson: Lesson): TemplateResult {
  const tag = unsafeStatic(`lesson-${id}`);
  return staticHtml`<${tag} .lesson=${lesson}></${tag}>`;
}

/**
 * A section of the essay: prose, formulas, tables and pictures of the lesson's state. It is rendered again whenever
 * the state changes.
 * Pointing at a term of the prose highlights what it names in the pictures.
 */
export abstract class LessonSection extends UiElement {
  protected static override finalizeStyles(own: CSSResultGroup = []) {
    return super.finalizeStyles([sectionStyles, own]);
  }

  @property({ attribute: false }) lesson!: Lesson;
  /** The term that is hovered or focused: a role, or a name that the section's pictures know. */
  @state() protected hovered = '';
  /** What was wrong with the section's last input. */
  @state() protected error = '';

  private unsubscribe: (() => void) | undefined;
  protected readonly viewport = new InViewController(this);
  /** Resolves when the previous section has been rendered. */
  private static previousDraw: Promise<void> = Promise.resolve();

  protected get state(): LessonState {
    return this.lesson.state;
  }

  override connectedCallback() {
    super.connectedCallback();
    this.unsubscribe = this.lesson.subscribe((change) => {
      if (change === 'other') return;
      this.error = '';
      this.requestUpdate();
    });
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.unsubscribe?.();
  }

  /**
   * Sections are first rendered one after another, each in a task of its own: eighteen at once would block the page.
   * Later, sections far from view are rendered when the page is idle.
   */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated)
      await (LessonSection.previousDraw = LessonSection.previousDraw.then(yieldToMain));
    else if (!this.viewport.inView) await idle();
    await super.scheduleUpdate();
  }

  /** A word of the prose that highlights what it names while it is hovered or focused. */
  protected term(name: AttentionRole | (string & {}), words: string | TemplateResult) {
    const point = () => (this.hovered = name);
    const leave = () => (this.hovered = '');
    // Not a button: a line could break before the comma that follows it.
    return html`<span
      role="button"
      tabindex="0"
      class="term ${name}"
      aria-pressed=${this.hovered === name}
      @pointerenter=${point}
      @pointerleave=${leave}
      @focus=${point}
      @blur=${leave}
      >${words}</span
    >`;
  }

  /** Runs a change of the state; what is wrong with its input becomes `error`. */
  protected attempt(make: () => void) {
    this.error = inputErrorMessage(make);
  }

  /** Changes some settings, likewise. A drag is one step of undo until it ends. */
  protected patch(some: Partial<LessonState>, how: 'set' | 'drag' = 'set') {
    this.attempt(() => this.lesson.patch(some, how));
  }

  /** A slider for a number that the state follows from. */
  protected slider(
    label: string,
    value: number,
    change: (value: number) => Partial<LessonState>,
    { id, format = formatDecimal, ...scale }: SliderOptions,
  ) {
    return html`<ui-slider
      id=${id ?? nothing}
      label=${label}
      .value=${value}
      .min=${scale.min}
      .max=${scale.max}
      .step=${scale.step}
      ?logarithmic=${scale.logarithmic}
      .format=${format}
      @input=${({ target }: Event) => this.patch(change((target as UiSlider).value), 'drag')}
      @change=${() => this.lesson.endDrag()}
    ></ui-slider>`;
  }

  /** Which kernel computed an answer, on what, and how exactly. */
  protected computedBy(answer: KernelAnswer | null, error: string) {
    return html`<computed-by
      .answer=${answer}
      .error=${error}
      .unavailable=${this.lesson.kernels.unavailable}
    ></computed-by>`;
  }

  /** `error`, as a live region. */
  protected renderError() {
    return html`<p class="error" role="alert">${this.error}</p>`;
  }
}

interface SliderOptions {
  readonly id?: string;
  readonly min: number;
  readonly max: number;
  /** On logarithmic scales the share by which values differ. */
  readonly step: number;
  readonly logarithmic?: boolean;
  readonly format?: (value: number) => string;
}

/** Resolves when the page is idle, within half a second. Safari cannot tell. */
const idle = () =>
  'requestIdleCallback' in globalThis
    ? new Promise<unknown>((resolve) => requestIdleCallback(resolve, { timeout: 500 }))
    : yieldToMain();
