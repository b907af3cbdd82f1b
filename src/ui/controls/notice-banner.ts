import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { emit } from '../emit';
import { UiElement } from '../element';

export type NoticeKind = 'info' | 'caution' | 'error';

const kindLabels: Record<NoticeKind, string> = {
  info: 'Note: ',
  caution: 'Caution: ',
  error: 'Error: ',
};

/**
 * A message to the user: information, a warning or an error.
 *
 * @fires notice-dismiss - the Dismiss button was pressed; the owner removes the notice.
 * @slot - the message.
 * @csspart heading
 */
@customElement('notice-banner')
export class NoticeBanner extends UiElement {
  static override styles = css`
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

    strong {
      display: block;
      font-weight: 600;
    }

    button {
      flex: none;
    }
  `;

  @property({ reflect: true }) kind: NoticeKind = 'info';
  @property() heading = '';
  /** Shows a Dismiss button. */
  @property({ type: Boolean }) dismissible = false;

  override render() {
    return html`
      <div class="row one-line start between" role=${this.kind === 'error' ? 'alert' : 'status'}>
        <span>
          <strong part="heading">
            <span class="visually-hidden">${kindLabels[this.kind]}</span>${this.heading}
          </strong>
          <slot></slot>
        </span>
        ${
          this.dismissible
            ? html`<button type="button" class="flat" @click=${() => emit(this, 'notice-dismiss')}>
                Dismiss
              </button>`
            : nothing
        }
      </div>
    `;
  }
}

declare global {
  interface HTMLElementEventMap {
    'notice-dismiss': CustomEvent<undefined>;
  }

  interface HTMLElementTagNameMap {
    'notice-banner': NoticeBanner;
  }
}
