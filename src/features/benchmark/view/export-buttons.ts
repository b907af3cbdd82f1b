import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { reportToCsv, reportToJson, reportToMarkdown } from '../../../bench/export';
import type { Report } from '../../../bench/report';
import { forms } from '../../../ui/styles/forms';
import { shared } from '../../../ui/styles/shared';

const formats = [
  { name: 'JSON', write: reportToJson, ending: 'json', type: 'application/json' },
  { name: 'CSV', write: reportToCsv, ending: 'csv', type: 'text/csv' },
  { name: 'Markdown', write: reportToMarkdown, ending: 'md', type: 'text/markdown' },
] as const;

type Format = (typeof formats)[number];

/** Takes a report away, as a file or on the clipboard. */
@customElement('export-buttons')
export class ExportButtons extends LitElement {
  static override styles = [
    ...shared,
    forms,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-5);
        align-items: center;
      }

      span[role='group'] {
        display: inline-flex;
        flex-wrap: wrap;
        gap: var(--space-1);
        align-items: center;
      }

      button {
        min-height: 2rem;
        font-size: var(--text-small);
      }

      .label {
        margin-right: var(--space-2);
        color: var(--ink-soft);
        font-size: var(--text-small);
      }
    `,
  ];

  @property({ attribute: false }) report: Report | null = null;
  @state() private status = '';

  override render() {
    if (!this.report) return nothing;
    return html`
      <div>
        ${this.renderGroup('Download', (format) => this.download(format))}
        ${this.renderGroup('Copy', (format) => void this.copy(format))}
        <span role="status" class="soft small">${this.status}</span>
      </div>
    `;
  }

  private renderGroup(verb: string, act: (format: Format) => void) {
    return html`
      <span role="group" aria-label=${verb}>
        <span class="label" aria-hidden="true">${verb}</span>
        ${formats.map(
          (format) => html`
            <button
              type="button"
              aria-label=${`${verb} ${format.name}`}
              @click=${() => act(format)}
            >
              ${format.name}
            </button>
          `,
        )}
      </span>
    `;
  }

  private download({ name, write, ending, type }: Format) {
    const url = URL.createObjectURL(new Blob([write(this.report!)], { type }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `attention-${this.report!.createdAt.replaceAll(':', '-')}.${ending}`;
    link.click();
    // The download has its own hold on the data by the next turn of the loop.
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    this.status = `${name} downloaded`;
  }

  private async copy({ name, write }: Format) {
    try {
      await navigator.clipboard.writeText(write(this.report!));
      this.status = `${name} copied`;
    } catch {
      this.status = 'The browser kept its clipboard closed; download the file instead.';
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'export-buttons': ExportButtons;
  }
}
