import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { forms } from '../styles/forms';
import { shared } from '../styles/shared';

export type NoticeKind = 'info' | 'caution' | 'error';

const spokenKind: Record<NoticeKind, string> = {
  info: 'Note: ',
  caution: 'Caution: ',
  error: 'Error: ',
};

/**
 * A message above the results: a lost device, a refused value, something to know.
 *
 * @fires notice-dismiss - its close button was pressed; the owner decides what goes.
 * @slot - the message.
 * @csspart heading
 */
@customElement('notice-banner')
export class NoticeBanner extends LitElement {
  static override styles = [
    ...shared,
    forms,
    css`
      :host {
        --tone: var(--accent);
        padding: var(--space-3) var(--space-4);
        border-left: 3px solid var(--tone);
        border-radius: 0 var(--radius) var(--radius) 0;
        background: color-mix(in oklab, var(--tone) 8%, var(--paper));
      }

      :host([kind='caution']) {
        --tone: var(--caution);
      }

      :host([kind='error']) {
        --tone: var(--bad);
      }

      div {
        display: flex;
        gap: var(--space-4);
        align-items: start;
        justify-content: space-between;
      }

      strong {
        display: block;
        font-weight: 600;
      }

      button {
        flex: none;
        background: none;
      }
    `,
  ];

  @property({ reflect: true }) kind: NoticeKind = 'info';
  @property() heading = '';
  /** Whether it can be closed. */
  @property({ type: Boolean }) dismissible = false;

  override render() {
    return html`
      <div role=${this.kind === 'error' ? 'alert' : 'status'}>
        <span>
          <strong part="heading">
            <span class="visually-hidden">${spokenKind[this.kind]}</span>${this.heading}
          </strong>
          <slot></slot>
        </span>
        ${
          this.dismissible
            ? html`<button type="button" @click=${this.dismiss}>Dismiss</button>`
            : nothing
        }
      </div>
    `;
  }

  private dismiss() {
    this.dispatchEvent(new CustomEvent('notice-dismiss', { bubbles: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'notice-banner': NoticeBanner;
  }
}
