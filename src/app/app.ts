import { html, type TemplateResult, css, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { cache } from 'lit/directives/cache.js';
import { errorMessage } from '../async/error-message';
import { type PageName, formatAddress, pageNames, readAddress } from '../ui/address';
import '../ui/controls/notice-banner';
import '../ui/styles/page.css';
import { UiElement } from '../ui/element';
import { applyTheme, rememberedTheme, type Theme } from './theme-toggle';
import './theme-toggle';

/** A page of the site, loaded when it is first shown. */
interface Page {
  /** Its link in the header. */
  readonly label: string;
  /** The document's title while it is shown. */
  readonly title: string;
  readonly load: () => Promise<unknown>;
  readonly element: TemplateResult;
  /** Links to the other pages, below this one. */
  readonly furtherReading: TemplateResult;
}

const pages: Readonly<Record<PageName, Page>> = {
  benchmark: {
    label: 'Benchmark',
    title: 'Attention Playground',
    load: () => import('../features/benchmark/view/page'),
    element: html`<benchmark-page></benchmark-page>`,
    furtherReading: html`
      How does attention work? <a href="#lesson">The lesson</a> explains it number by number. What
      do attention weights look like? <a href="#heads">Heads</a> shows them at any sequence length.
    `,
  },
  heads: {
    label: 'Heads',
    title: 'Heads · Attention Playground',
    load: () => import('../features/heads/view/page'),
    element: html`<heads-page></heads-page>`,
    furtherReading: html`
      Where do the weights come from? <a href="#lesson&amp;at=steps">The lesson</a> computes them
      step by step. How fast are the kernels behind this page? <a href="#">The benchmark</a>
      measures them.
    `,
  },
  lesson: {
    label: 'Lesson',
    title: 'What is attention? · Attention Playground',
    load: () => import('../features/lesson/page'),
    element: html`<lesson-page></lesson-page>`,
    furtherReading: html`
      The same kernels at real sizes: <a href="#heads">heads</a> to explore, and
      <a href="#">a benchmark</a> of their speed on your machine.
    `,
  },
};

/** The shell: header with links to the pages and the theme, and the current page. */
@customElement('attention-app')
export class AttentionApp extends UiElement {
  static override styles = css`
    :host {
      max-width: 80rem;
      min-height: 100vh;
      margin: 0 auto;
      padding: 0 clamp(1.25rem, 4vw, 3rem) var(--space-7);
    }

    header {
      column-gap: var(--space-6);
      padding: var(--space-5) 0;
      margin-bottom: clamp(1rem, 3vw, 2.5rem);

      a {
        color: var(--ink);
        text-decoration: none;
      }
    }

    .name {
      gap: var(--space-2);
      font-weight: 550;
    }

    nav {
      flex: 1;

      a {
        padding: var(--space-1) 0;
        border-bottom: 2px solid transparent;
      }

      a[aria-current] {
        border-color: var(--accent);
      }

      a:not([aria-current], :hover) {
        color: var(--ink-soft);
      }
    }

    main:focus {
      outline: none;
    }

    footer {
      max-width: 60rem;
      margin-top: var(--space-7);
      padding-top: var(--space-4);
      border-top: 1px solid var(--line);
    }

    /* The name and the theme share the first line, the pages have the second. */
    @media (max-width: 40rem) {
      header {
        justify-content: space-between;
      }

      nav {
        flex-basis: 100%;
        order: 1;
      }
    }
  `;

  @state() private theme = rememberedTheme();
  /** The last uncaught error, including uncaught GPU errors. */
  @state() private error = '';
  @state() private current: PageName = readAddress(location.hash).page;
  /** Pages whose code has been loaded. */
  @state() private readonly loaded = new Set<PageName>();
  /** Each page's hash when it was left, for its link in the header. */
  private readonly lastHash = new Map<PageName, string>();
  private listeners?: AbortController;

  override render() {
    const page = this.loaded.has(this.current) ? pages[this.current] : null;
    return html`
      <header class="row">
        <a class="name row one-line nowrap" href="#">
          <img src="./favicon.svg" width="28" height="28" alt="" />
          Attention Playground
        </a>
        <nav class="row" aria-label="Pages">
          ${pageNames.map(
            (name) => html`
              <a
                href=${this.lastHash.get(name) ?? formatAddress({ page: name, document: '' })}
                aria-current=${name === this.current ? 'page' : nothing}
                >${pages[name].label}</a
              >
            `,
          )}
        </nav>
        <theme-toggle
          .theme=${this.theme}
          @theme-change=${(event: CustomEvent<Theme>) => applyTheme(event.detail)}
        ></theme-toggle>
      </header>
      ${
        this.error
          ? html`<notice-banner
              kind="error"
              heading="Unexpected error. Results from here on may be wrong."
              dismissible
              @notice-dismiss=${() => (this.error = '')}
            >
              ${this.error}
            </notice-banner>`
          : nothing
      }
      <main tabindex="-1">${cache(page?.element ?? nothing)}</main>
      ${page ? html`<footer class="soft measure">${page.furtherReading}</footer>` : nothing}
    `;
  }

  override connectedCallback() {
    super.connectedCallback();
    applyTheme(this.theme);
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    const showError = (message: string) => (this.error = message);
    window.addEventListener('error', ({ message }) => showError(message), { signal });
    window.addEventListener('unhandledrejection', ({ reason }) => showError(errorMessage(reason)), {
      signal,
    });
    window.addEventListener('hashchange', this.handleHashChange, { signal });
    void this.show(this.current);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.listeners?.abort();
  }

  private readonly handleHashChange = ({ oldURL }: HashChangeEvent) => {
    const { page } = readAddress(location.hash);
    if (page === this.current) return;
    this.lastHash.set(this.current, new URL(oldURL).hash || '#');
    this.lastHash.delete(page);
    this.current = page;
    void this.show(page).then(() => {
      window.scrollTo(0, 0);
      // As after loading a document: screen readers start at the page, not at the link that was followed.
      this.renderRoot.querySelector('main')?.focus();
    });
  };

  private async show(name: PageName) {
    document.title = pages[name].title;
    try {
      await pages[name].load();
      this.loaded.add(name);
      this.requestUpdate();
      await this.updateComplete;
    } catch (error) {
      this.error = `The page could not be loaded: ${errorMessage(error)}. Reload to try again.`;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'attention-app': AttentionApp;
  }
}
