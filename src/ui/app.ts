import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { shared } from './styles/shared';
import { applyTheme, rememberedTheme, type Theme } from './theme';
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
      <main><benchmark-page></benchmark-page></main>
    `;
  }

  override connectedCallback() {
    super.connectedCallback();
    applyTheme(this.theme);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'attention-app': AttentionApp;
  }
}
