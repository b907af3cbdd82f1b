import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { statusLabels } from '../../../bench/format';
import type { EntryStatus } from '../../../bench/report';
import { shared } from '../../../ui/styles/shared';

const icons: Partial<Record<EntryStatus, string>> = {
  verified: 'M2.5 7.5l3 3l6-7',
  wrong: 'M3 3l8 8M11 3l-8 8',
  failed: 'M7 2v6.5M7 11.5v.5',
  refused: 'M2.5 11.5l9-9',
  cancelled: 'M3 7h8',
};

/** How one measurement went: a word, with a sign and a tone that repeat it. */
@customElement('status-mark')
export class StatusMark extends LitElement {
  static override styles = [
    ...shared,
    css`
      :host {
        display: inline-flex;
        gap: var(--space-2);
        align-items: baseline;
        color: var(--ink-soft);
        font-size: inherit;
        white-space: nowrap;
      }

      :host([status='verified']) {
        color: var(--good);
      }

      :host([status='refused']) {
        color: var(--caution);
      }

      :host([status='wrong']),
      :host([status='failed']) {
        color: var(--bad);
        font-weight: 600;
      }

      :host([status='running']) {
        color: var(--accent);
      }

      svg {
        flex: none;
        align-self: center;
        fill: none;
        stroke: currentColor;
        stroke-width: 2;
        stroke-linecap: round;
        stroke-linejoin: round;
      }

      :host([status='running'])::before {
        content: '';
        width: 8px;
        height: 8px;
        margin: 3px;
        border-radius: 50%;
        background: currentColor;
        animation: pulse 1.4s ease-in-out infinite;
      }

      @keyframes pulse {
        50% {
          opacity: 0.25;
        }
      }

      @media (prefers-reduced-motion: reduce) {
        :host::before {
          animation: none !important;
        }
      }
    `,
  ];

  @property({ reflect: true }) status: EntryStatus = 'pending';

  override render() {
    const icon = icons[this.status];
    return html`${
      icon
        ? html`<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d=${icon} />
          </svg>`
        : nothing
    }${statusLabels[this.status]}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'status-mark': StatusMark;
  }
}
