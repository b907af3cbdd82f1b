import katex from 'katex';
import 'katex/dist/katex.min.css';
import katexStyles from 'katex/dist/katex.min.css?inline';
import { css, html, type PropertyValues, unsafeCSS } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { UiElement } from '../../../ui/element';
import { roleColors, roles } from './styles';

/**
 * A typeset formula, with MathML for screen readers. `\htmlClass{query}{Q}` gives a part the colour of
 * that role; `highlighted` is the role whose parts are highlighted.
 */
@customElement('tex-formula')
export class TexFormula extends UiElement {
  static override styles = [
    roleColors,
    unsafeCSS(katexStyles),
    css`
      :host {
        overflow: auto hidden;
        padding: var(--space-1) 0;
        font-size: 1.0625rem;
      }

      :host([inline]) {
        min-height: 2.75rem;
        font-size: 0.9375rem;
        line-height: 1.8;
      }

      :is(.query, .key, .value, .weight, .output) {
        color: var(--role-color);
      }

      .katex-display,
      .katex-display > .katex {
        margin: 0;
        text-align: left;
      }

      ${unsafeCSS(roles.map((role) => `[data-highlighted='${role}'] .${role}`).join(', '))} {
        border-radius: 0.15em;
        background: color-mix(in oklab, currentcolor 18%, transparent);
      }
    `,
  ];

  @property() tex = '';
  /** A line of smaller type, for arithmetic that changes with what is pointed at. */
  @property({ type: Boolean, reflect: true }) inline = false;
  @property() highlighted = '';

  @query('span') private target!: HTMLElement;

  private readonly resizeObserver = new ResizeObserver(() => this.updateTabIndex());

  override connectedCallback() {
    super.connectedCallback();
    this.resizeObserver.observe(this);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.resizeObserver.disconnect();
  }

  override render() {
    return html`<span data-highlighted=${this.highlighted}></span>`;
  }

  override updated(changed: PropertyValues<this>) {
    if (!changed.has('tex') && !changed.has('inline')) return;
    katex.render(this.tex, this.target, {
      displayMode: !this.inline,
      // A wrong formula is a bug of ours, not a reader's input.
      throwOnError: true,
      // Readers may type words of any script.
      strict: (code: string) =>
        code === 'htmlExtension' || code === 'unknownSymbol' ? 'ignore' : 'error',
      trust: ({ command }) => command === '\\htmlClass',
    });
    // Deferred, so that formulas that change together cause one layout.
    requestAnimationFrame(() => this.updateTabIndex());
  }

  /** Focusable where it scrolls, so that keys can scroll it. */
  private updateTabIndex() {
    if (!this.inline && this.scrollWidth > this.clientWidth) this.tabIndex = 0;
    else this.removeAttribute('tabindex');
  }
}
