import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { cache } from 'lit/directives/cache.js';
import { formatAddress, pageNames, readAddress, type PageName } from './address';
import { pages } from './pages';
import { shared } from './styles/shared';
import { applyTheme, rememberedTheme, type Theme } from './theme';
import './components/notice-banner';
import './components/theme-toggle';

/** The shell around the pages: the name above, links to the pages, the theme, and one page at a time. */
@customElement('attention-app')
export class AttentionApp extends LitElement {
  static override styles = [
    ...shared,
    css`
      :host {
        max-width: 80rem;
        min-height: 100vh;
        margin: 0 auto;
        padding: 0 clamp(1.25rem, 4vw, 3rem) var(--space-7);
      }

      header {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-6);
        align-items: center;
        padding: var(--space-5) 0;
        margin-bottom: clamp(1rem, 3vw, 2.5rem);
      }

      .name {
        display: inline-flex;
        gap: var(--space-2);
        align-items: center;
        color: var(--ink);
        font-weight: 550;
        white-space: nowrap;
        text-decoration: none;
      }

      img {
        display: block;
      }

      nav {
        display: flex;
        flex: 1;
        gap: var(--space-1) var(--space-4);
      }

      nav a {
        padding: var(--space-1) 0;
        border-bottom: 2px solid transparent;
        color: var(--ink-soft);
        text-decoration: none;
      }

      nav a:hover {
        color: var(--ink);
      }

      nav a[aria-current] {
        border-bottom-color: var(--accent);
        color: var(--ink);
      }

      main:focus {
        outline: none;
      }

      footer {
        max-width: 60rem;
        margin-top: var(--space-7);
        padding-top: var(--space-4);
        border-top: 1px solid var(--line);
        color: var(--ink-soft);
        text-wrap: pretty;
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
    `,
  ];

  @state() private theme = rememberedTheme();
  /** What went wrong that nobody expected, uncaught GPU errors among it. */
  @state() private fault = '';
  @state() private current: PageName = readAddress(location.hash).page;
  /** Pages that are there to be shown. */
  @state() private readonly loaded = new Set<PageName>();
  /** Where each page was left, so that its link leads back to it. */
  private readonly lastHash = new Map<PageName, string>();

  override render() {
    return html`
      <header>
        <a class="name" href="#">
          <img src="./favicon.svg" width="28" height="28" alt="" />
          Attention Playground
        </a>
        <nav aria-label="Pages">${pageNames.map((name) => this.renderLink(name))}</nav>
        <theme-toggle
          .theme=${this.theme}
          @theme-change=${(event: CustomEvent<Theme>) => applyTheme(event.detail)}
        ></theme-toggle>
      </header>
      ${this.fault ? this.renderFault() : nothing}
      <main tabindex="-1">
        ${cache(this.loaded.has(this.current) ? pages[this.current].element : nothing)}
      </main>
      ${this.loaded.has(this.current) ? html`<footer>${pages[this.current].further}</footer>` : nothing}
    `;
  }

  override connectedCallback() {
    super.connectedCallback();
    applyTheme(this.theme);
    window.addEventListener('error', this.noteError);
    window.addEventListener('unhandledrejection', this.noteRejection);
    window.addEventListener('hashchange', this.followHash);
    void this.show(this.current);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('error', this.noteError);
    window.removeEventListener('unhandledrejection', this.noteRejection);
    window.removeEventListener('hashchange', this.followHash);
  }

  private renderLink(name: PageName) {
    return html`
      <a
        href=${this.lastHash.get(name) ?? formatAddress({ page: name, document: '' })}
        aria-current=${name === this.current ? 'page' : nothing}
        >${pages[name].label}</a
      >
    `;
  }

  private readonly followHash = ({ oldURL }: HashChangeEvent) => {
    const { page } = readAddress(location.hash);
    if (page === this.current) return;
    this.lastHash.set(this.current, new URL(oldURL).hash || '#');
    this.lastHash.delete(page);
    this.current = page;
    void this.show(page).then(() => {
      window.scrollTo(0, 0);
      // As a new document would: readers start above the page, not at a link that is gone.
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
      const reason = error instanceof Error ? error.message : String(error);
      this.fault = `The page could not be fetched: ${reason}. Reload to try again.`;
    }
  }

  private renderFault() {
    return html`
      <notice-banner
        kind="error"
        heading="Something went wrong that should not have. Numbers after this may be off."
        dismissible
        @notice-dismiss=${() => (this.fault = '')}
      >
        ${this.fault}
      </notice-banner>
    `;
  }

  private readonly noteError = (event: ErrorEvent) => {
    this.fault = event.message;
  };

  private readonly noteRejection = ({ reason }: PromiseRejectionEvent) => {
    this.fault = reason instanceof Error ? reason.message : String(reason);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'attention-app': AttentionApp;
  }
}
