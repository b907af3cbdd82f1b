import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { shared } from './styles/shared';
import { applyTheme, rememberedTheme, type Theme } from './theme';
import './components/notice-banner';
import './components/theme-toggle';
import './pages/benchmark-page';

/** The shell around the pages: the name above, the theme, and one page at a time. */
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
        gap: var(--space-2);
        align-items: center;
        justify-content: space-between;
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
    `,
  ];

  @state() private theme = rememberedTheme();
  /** What went wrong that nobody expected, uncaught GPU errors among it. */
  @state() private fault = '';

  override render() {
    return html`
      <header>
        <a class="name" href="./">
          <img src="./favicon.svg" width="28" height="28" alt="" />
          Attention Playground
        </a>
        <theme-toggle
          .theme=${this.theme}
          @theme-change=${(event: CustomEvent<Theme>) => applyTheme(event.detail)}
        ></theme-toggle>
      </header>
      ${this.fault ? this.renderFault() : nothing}
      <main><benchmark-page></benchmark-page></main>
    `;
  }

  override connectedCallback() {
    super.connectedCallback();
    applyTheme(this.theme);
    window.addEventListener('error', this.noteError);
    window.addEventListener('unhandledrejection', this.noteRejection);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('error', this.noteError);
    window.removeEventListener('unhandledrejection', this.noteRejection);
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
