import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { statusLabels } from '../../../bench/format';
import type { EntryStatus } from '../../../bench/report';
import { UiElement } from '../../../ui/element';

const icons: Partial<Record<EntryStatus, string>> = {
  running: 'M7 7h0', // a dot, of its round ends
  verified: 'M2.5 7.5l3 3l6-7',
  wrong: 'M3 3l8 8M11 3l-8 8',
  failed: 'M7 2v6.5M7 11.5v.5',
  refused: 'M2.5 11.5l9-9',
  cancelled: 'M3 7h8',
};

const tones: Partial<Record<EntryStatus, string>> = {
  verified: 'good',
  refused: 'caution',
  wrong: 'bad',
  failed: 'bad',
  running: 'accent',
};

/** The status of one result: a word, with an icon and a colour that repeat it. */
@customElement('status-mark')
export class StatusMark extends UiElement {
  static override styles = css`
    :host {
      display: inline-flex;
      gap: var(--space-2);
      align-items: baseline;
      font-size: inherit;
      white-space: nowrap;
    }

    svg {
      flex: none;
      align-self: center;
    }

    :host([status='running']) svg {
      animation: pulse 1.4s ease-in-out infinite;
    }

    @keyframes pulse {
      50% {
        opacity: 0.25;
      }
    }
  `;

  @property({ reflect: true }) status: EntryStatus = 'pending';

  override willUpdate() {
    this.style.color = `var(--${tones[this.status] ?? 'ink-soft'})`;
    this.style.fontWeight = tones[this.status] === 'bad' ? '600' : '';
  }

  override render() {
    const icon = icons[this.status];
    return html`
      ${
        icon
          ? html`<svg
              width="14"
              height="14"
              viewBox="0 0 14 14"
              fill="none"
              stroke="currentColor"
              stroke-width=${this.status === 'running' ? 8 : 2}
              stroke-linecap="round"
              stroke-linejoin="round"
              aria-hidden="true"
            >
              <path d=${icon} />
            </svg>`
          : nothing
      }
      ${statusLabels[this.status]}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'status-mark': StatusMark;
  }
}
