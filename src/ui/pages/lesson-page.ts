import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { toCsv, tablesOf } from '../../lessons/csv';
import { describeLinkProblem } from '../../lessons/link';
import { download } from '../components/attention-map/download';
import { chapters, sections } from '../lesson/chapters';
import { Lesson } from '../lesson/lesson';
import { Settling } from '../lesson/settling';
import { LinkCopy } from '../link-copy';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';
import { lessonPageStyles } from './lesson-page.css';
import '../components/notice-banner';

/** What is attention? An essay in three chapters with one state running through it. */
@customElement('lesson-page')
export class LessonPage extends LitElement {
  static override styles = [...shared, forms, lessonPageStyles];

  private readonly lesson = new Lesson();
  /** The section that is being read. */
  @state() private current = sections[0].id;
  private readonly linkCopy = new LinkCopy(this);
  private watch: IntersectionObserver | null = null;
  private readonly settling = new Settling();
  /** Counts what readers do: who has begun to read is not taken elsewhere by a link that is still on its way. */
  private acts = 0;

  constructor() {
    super();
    this.lesson.addEventListener('change', () => this.requestUpdate());
    this.lesson.addEventListener('place', () => void this.goTo(this.lesson.place));
  }

  override connectedCallback() {
    super.connectedCallback();
    this.lesson.connect();
    document.addEventListener('keydown', this.press);
    for (const act of ACTS) document.addEventListener(act, this.stay, STAY_OPTIONS);
    // The line that counts is a third of the way down: what crosses it is being read.
    this.watch = new IntersectionObserver(this.follow, { rootMargin: '-33% 0px -66% 0px' });
    void this.drawn().then(() => {
      for (const section of this.renderRoot.querySelectorAll('section')) {
        this.watch?.observe(section);
      }
      if (this.lesson.place) void this.goTo(this.lesson.place);
    });
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.lesson.disconnect();
    document.removeEventListener('keydown', this.press);
    for (const act of ACTS) document.removeEventListener(act, this.stay, STAY_OPTIONS);
    this.watch?.disconnect();
  }

  override render() {
    return html`
      <header class="opening">
        <h1>What is attention?</h1>
        <p>
          Three chapters, about twenty minutes. Every number is computed here, from one state that
          you can change anywhere: what follows from it changes along. Some numbers come from a
          slide deck, with its mistakes; they stand beside the computed ones, for you to find.
        </p>
      </header>
      ${this.renderProblems()}
      <div class="essay">
        ${this.renderRail()}
        <div class="chapters">${chapters.map((chapter, i) => this.renderChapter(chapter, i))}</div>
      </div>
    `;
  }

  private renderChapter(chapter: (typeof chapters)[number], index: number) {
    return html`
      <h2><span class="count">Chapter ${index + 1}</span> ${chapter.title}</h2>
      ${chapter.sections.map(
        ({ id, title, render }) => html`
          <section id=${id} aria-labelledby="title-${id}">
            <h3 id="title-${id}" tabindex="-1">${title}</h3>
            ${render(this.lesson)}
          </section>
        `,
      )}
    `;
  }

  private renderRail() {
    return html`
      <div class="rail">
        <nav aria-label="Sections">
          ${chapters.map(
            (chapter) => html`
              <p>${chapter.title}</p>
              <ol>
                ${chapter.sections.map(
                  ({ id, title }) => html`
                    <li>
                      <a
                        href="#lesson&at=${id}"
                        aria-current=${id === this.current ? 'step' : nothing}
                        @click=${(event: Event) => {
                          event.preventDefault();
                          void this.goTo(id);
                        }}
                        >${title}</a
                      >
                    </li>
                  `,
                )}
              </ol>
            `,
          )}
        </nav>
        ${this.renderTools()}
      </div>
    `;
  }

  /** Where one is, on screens too small for the rail: leads to the list of sections. */
  private renderPlace() {
    const at = sections.findIndex(({ id }) => id === this.current);
    return html`
      <button
        type="button"
        class="place"
        @click=${() => {
          const list = this.renderRoot.querySelector('nav')!;
          list.scrollIntoView();
          list.querySelector<HTMLElement>('[aria-current]')?.focus({ preventScroll: true });
        }}
      >
        ${at + 1} of ${sections.length}<span class="spoken"
          >: ${sections[at].title}; to all sections</span
        >
      </button>
    `;
  }

  private renderTools() {
    const { lesson } = this;
    return html`
      <div class="tools" role="toolbar" aria-label="The lesson's state">
        ${this.renderPlace()}
        <button
          type="button"
          id="back"
          ?disabled=${!lesson.canGoBack}
          @click=${() => lesson.back()}
        >
          Undo
        </button>
        <button
          type="button"
          id="forth"
          ?disabled=${!lesson.canGoForth}
          @click=${() => lesson.forth()}
        >
          Redo
        </button>
        <button
          type="button"
          id="reset"
          ?disabled=${!lesson.isChanged}
          @click=${() => lesson.reset()}
        >
          Reset
        </button>
        <button type="button" id="copy-link" @click=${() => this.linkCopy.copy(this.lesson.link)}>
          Copy link
        </button>
        <button type="button" id="all-csv" @click=${this.saveTables}>All tables (CSV)</button>
        <span class="small" role="status">${this.linkCopy.told}</span>
      </div>
    `;
  }

  private renderProblems() {
    const { problems } = this.lesson;
    if (problems.length === 0) return nothing;
    return html`
      <notice-banner
        kind="caution"
        heading="Part of the link could not be followed."
        dismissible
        @notice-dismiss=${() => this.lesson.dismissProblems()}
      >
        <ul>
          ${problems.map((problem) => html`<li>${describeLinkProblem(problem)}</li>`)}
        </ul>
      </notice-banner>
    `;
  }

  private async goTo(id: string) {
    if (!sections.some((section) => section.id === id)) return;
    // At once, so that a key that is pressed again goes on from there.
    this.arriveAt(id);
    this.settling.wait();
    const { acts } = this;
    await this.drawn();
    if (this.current !== id || this.acts !== acts) return;
    const title = this.renderRoot.querySelector<HTMLElement>(`#title-${id}`)!;
    // From here on what is scrolled to counts: the reader may go on at once.
    this.settling.giveUp();
    title.scrollIntoView({ block: 'start' });
    title.focus({ preventScroll: true });
  }

  private readonly stay = () => {
    this.acts++;
    this.settling.giveUp();
  };

  /** All sections have their height: places keep to where they are. */
  private async drawn() {
    await this.updateComplete;
    const all = this.renderRoot.querySelectorAll<LitElement>('section > :last-child');
    await Promise.all([...all].map((section) => section.updateComplete));
  }

  private arriveAt(id: string) {
    this.current = id;
    this.lesson.arrive(id === sections[0].id ? '' : id);
  }

  private readonly follow = (entries: IntersectionObserverEntry[]) => {
    const entered = entries.find(({ isIntersecting }) => isIntersecting);
    if (entered && this.settling.isOver) this.arriveAt(entered.target.id);
  };

  /** Ctrl+Z and Ctrl+Shift+Z go through the state's history, Alt with up or down through the sections. */
  private readonly press = (event: KeyboardEvent) => {
    const isText = event
      .composedPath()
      .some((node) => node instanceof HTMLInputElement && node.type === 'text' && !node.readOnly);
    const { key, altKey, shiftKey } = event;
    const isHistory = (event.ctrlKey || event.metaKey) && !altKey && key.toLowerCase() === 'z';
    const by = altKey ? { ArrowUp: -1, ArrowDown: 1 }[key] : undefined;
    if (isHistory && !isText) {
      event.preventDefault();
      if (shiftKey) this.lesson.forth();
      else this.lesson.back();
    } else if (by) {
      event.preventDefault();
      const at = sections.findIndex(({ id }) => id === this.current);
      const next = sections[at + by];
      if (next) void this.goTo(next.id);
    }
  };

  private readonly saveTables = () => {
    const text = tablesOf(this.lesson.state).map(toCsv).join('\r\n');
    download(new Blob([text], { type: 'text/csv' }), 'attention-lesson.csv');
  };
}

const ACTS = ['pointerdown', 'wheel', 'keydown'] as const;
/** Before anybody else hears of it, so that what they do in answer counts as after it. */
const STAY_OPTIONS = { capture: true, passive: true };

declare global {
  interface HTMLElementTagNameMap {
    'lesson-page': LessonPage;
  }
}
