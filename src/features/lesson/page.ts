import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '../../ui/controls/notice-banner';
import { button } from '../../ui/controls/fields';
import { describeIssue } from '../../numeric/url-state';
import { CopyLinkController } from '../../ui/copy-link';
import { downloadFile } from '../../ui/download';
import { UiElement } from '../../ui/element';
import { chapters, sections } from './chapters';
import { matrixToCsv, stateTables } from './model/tables';
import { Lesson } from './parts/lesson';
import { renderSection } from './parts/section';

const lessonPageStyles = css`
  .opening {
    font-size: 1.0625rem;
    line-height: 1.6;
  }

  .essay {
    display: grid;
    grid-template-columns: 13rem minmax(0, 60rem);
    gap: var(--space-6);
    align-items: start;
  }

  .rail {
    position: sticky;
    top: var(--space-4);
    max-height: calc(100vh - 2 * var(--space-4));
    overflow-y: auto;
  }

  .rail li a {
    display: block;
    padding: 0.15rem 0 0.15rem var(--space-3);
    border-left: 2px solid var(--line);
    color: var(--ink-soft);
    text-decoration: none;
  }

  .rail li a:hover {
    color: var(--ink);
  }

  .rail li a[aria-current] {
    border-left-color: var(--accent);
    color: var(--ink);
    font-weight: 550;
  }

  .tools {
    gap: var(--space-1) var(--space-2);
    padding-top: var(--space-3);
    border-top: 1px solid var(--line);
  }

  .tools button {
    min-height: 1.75rem;
    padding: 0 var(--space-2);
  }

  @media (width > 60rem) {
    .position {
      display: none;
    }
  }

  h2 {
    margin: var(--space-7) 0 var(--space-5);
    padding-bottom: var(--space-3);
    border-bottom: 2px solid var(--ink);
    font-size: clamp(1.75rem, 1.3rem + 1.8vw, 2.5rem);
    font-weight: 300;
    letter-spacing: -0.02em;
  }

  h2:first-child {
    margin-top: 0;
  }

  h2 .small {
    display: block;
    font-weight: 400;
    letter-spacing: 0;
  }

  section {
    padding-bottom: var(--space-7);
  }

  section > h3 {
    font-size: var(--text-title);
    font-weight: 400;
    line-height: 1.25;
    scroll-margin-top: var(--space-5);
    letter-spacing: -0.01em;
  }

  h3:focus {
    outline: none;
  }

  /* On small screens the rail becomes a list before the chapters and a bar of tools at the bottom. */
  @media (max-width: 60rem) {
    .essay {
      grid-template-columns: minmax(0, 1fr);
    }

    .rail {
      display: contents;
    }

    .rail nav {
      columns: 2 12rem;
    }

    .rail nav p:first-child {
      margin-top: 0;
    }

    .rail ol {
      break-before: avoid;
    }

    .rail li {
      break-inside: avoid;
    }

    .tools {
      position: sticky;
      z-index: 2;
      bottom: 0;
      flex-wrap: nowrap;
      order: 1;
      padding: var(--space-2) 0;
      overflow-x: auto;
      background: var(--paper);
    }

    .tools > * {
      flex: none;
    }
  }
`;

/** What is attention? An essay in three chapters with one state running through it. */
@customElement('lesson-page')
export class LessonPage extends UiElement {
  static override styles = lessonPageStyles;

  private readonly lesson = new Lesson(sections.flatMap(({ fields = [] }) => fields));
  /** The section that is being read. */
  @state() private current = sections[0].id;
  private readonly copyLink = new CopyLinkController(this);
  /** The section that a link is leading to, until its heading is reached or the reader has begun to do something else. */
  private destination: string | null = null;
  private observer: IntersectionObserver | null = null;
  private listeners = new AbortController();

  constructor() {
    super();
    this.lesson.subscribe((change) => {
      this.requestUpdate();
      if (change === 'link') void this.goTo(this.lesson.section);
    });
  }

  override connectedCallback() {
    super.connectedCallback();
    this.lesson.connect();
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    document.addEventListener('keydown', this.handleKeydown, { signal });
    for (const type of ['pointerdown', 'wheel', 'keydown']) {
      // Captured before anybody else, so that what they do in answer counts as after it.
      const options = { capture: true, passive: true, signal };
      document.addEventListener(type, () => (this.destination = null), options);
    }
    // A section is being read when it crosses the line a third of the way down.
    const rootMargin = '-33% 0px -66% 0px';
    this.observer = new IntersectionObserver(
      (entries) => {
        const entered = entries.find(({ isIntersecting }) => isIntersecting);
        if (entered && this.destination === null) this.setCurrent(entered.target.id);
      },
      { rootMargin },
    );
    void this.sectionsDrawn().then(() => {
      for (const section of this.renderRoot.querySelectorAll('section')) {
        this.observer?.observe(section);
      }
      if (this.lesson.section) void this.goTo(this.lesson.section);
    });
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.lesson.disconnect();
    this.listeners.abort();
    this.observer?.disconnect();
  }

  override render() {
    return html`
      <header class="opening stack gap-4 measure mb-6">
        <h1>What is attention?</h1>
        <p class="soft">
          Three chapters, about twenty minutes. Every number is computed here, from one state that
          you can change anywhere: what follows from it changes along. Some numbers come from a
          slide deck, with its mistakes; they stand beside the computed ones, for you to find.
        </p>
      </header>
      ${this.renderIssues()}
      <div class="essay">
        ${this.renderRail()}
        <div>${chapters.map((chapter, i) => this.renderChapter(chapter, i))}</div>
      </div>
    `;
  }

  private renderChapter(chapter: (typeof chapters)[number], index: number) {
    return html`
      <h2><span class="soft small">Chapter ${index + 1}</span> ${chapter.title}</h2>
      ${chapter.sections.map(
        (section) => html`
          <section id=${section.id} aria-labelledby="title-${section.id}">
            <h3 id="title-${section.id}" class="mb-4" tabindex="-1">${section.title}</h3>
            ${renderSection(section, this.lesson)}
          </section>
        `,
      )}
    `;
  }

  private renderRail() {
    return html`
      <div class="rail stack gap-4 small">
        <nav aria-label="Sections">
          ${chapters.map(
            (chapter) => html`
              <p class="strong mt-3">${chapter.title}</p>
              <ol class="plain-list mt-1">
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
  private renderPosition() {
    const at = sections.findIndex(({ id }) => id === this.current);
    return html`
      <button
        type="button"
        class="quiet position"
        @click=${() => {
          const list = this.renderRoot.querySelector('nav')!;
          list.scrollIntoView();
          list.querySelector<HTMLElement>('[aria-current]')?.focus({ preventScroll: true });
        }}
      >
        ${at + 1} of ${sections.length}<span class="visually-hidden"
          >: ${sections[at].title}; to all sections</span
        >
      </button>
    `;
  }

  private renderTools() {
    const { lesson } = this;
    return html`
      <div class="tools row" role="toolbar" aria-label="The lesson's state">
        ${this.renderPosition()}
        ${button('Undo', () => lesson.undo(), { id: 'undo', disabled: !lesson.canUndo })}
        ${button('Redo', () => lesson.redo(), { id: 'redo', disabled: !lesson.canRedo })}
        ${button('Reset', () => lesson.reset(), { id: 'reset', disabled: !lesson.isChanged })}
        ${button('Copy link', () => void this.copyLink.copy(lesson.link), { id: 'copy-link' })}
        ${button('All tables (CSV)', this.saveTables, { id: 'all-csv' })}
        <span class="small" role="status">${this.copyLink.message}</span>
      </div>
    `;
  }

  private renderIssues() {
    const { issues } = this.lesson;
    if (issues.length === 0) return nothing;
    return html`
      <notice-banner
        kind="caution"
        heading="Part of the link could not be followed."
        dismissible
        @notice-dismiss=${() => this.lesson.dismissIssues()}
      >
        <ul>
          ${issues.map((issue) => html`<li>${describeIssue(issue)}</li>`)}
        </ul>
      </notice-banner>
    `;
  }

  private async goTo(id: string) {
    if (!sections.some((section) => section.id === id)) return;
    // At once, so that a key that is pressed again goes on from there.
    this.setCurrent(id);
    this.destination = id;
    await this.sectionsDrawn();
    if (this.destination !== id) return;
    // From here on what is scrolled to counts: the reader may go on at once.
    this.destination = null;
    const title = this.renderRoot.querySelector<HTMLElement>(`#title-${id}`)!;
    title.scrollIntoView({ block: 'start' });
    title.focus({ preventScroll: true });
  }

  /** Resolves when all sections have their height, so that scrolling leads to where it should. */
  private async sectionsDrawn() {
    await this.updateComplete;
    const all = this.renderRoot.querySelectorAll<LitElement>('section > :last-child');
    await Promise.all([...all].map((section) => section.updateComplete));
  }

  private setCurrent(id: string) {
    this.current = id;
    this.lesson.section = id === sections[0].id ? '' : id;
  }

  /** Ctrl+Z and Ctrl+Shift+Z go through the state's history, Alt with up or down through the sections. */
  private readonly handleKeydown = (event: KeyboardEvent) => {
    // In a text field, undo is the text's own.
    const isText = event
      .composedPath()
      .some((node) => node instanceof HTMLInputElement && node.type === 'text' && !node.readOnly);
    const { key, altKey, shiftKey } = event;
    const isHistory = (event.ctrlKey || event.metaKey) && !altKey && key.toLowerCase() === 'z';
    const by = altKey ? { ArrowUp: -1, ArrowDown: 1 }[key] : undefined;
    if (isHistory && !isText) {
      event.preventDefault();
      if (shiftKey) this.lesson.redo();
      else this.lesson.undo();
    } else if (by) {
      event.preventDefault();
      const at = sections.findIndex(({ id }) => id === this.current);
      const next = sections[at + by];
      if (next) void this.goTo(next.id);
    }
  };

  private readonly saveTables = () => {
    const text = stateTables(this.lesson.state).map(matrixToCsv).join('\r\n');
    downloadFile(new Blob([text], { type: 'text/csv' }), 'attention-lesson.csv');
  };
}
