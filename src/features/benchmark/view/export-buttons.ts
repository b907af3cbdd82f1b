import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { reportToCsv, reportToJson, reportToMarkdown } from '../../../bench/export';
import type { Report } from '../../../bench/report';
import { downloadFile } from '../../../ui/download';
import { UiElement } from '../../../ui/element';

const formats = [
  { name: 'JSON', write: reportToJson, ending: 'json', type: 'application/json' },
  { name: 'CSV', write: reportToCsv, ending: 'csv', type: 'text/csv' },
  { name: 'Markdown', write: reportToMarkdown, ending: 'md', type: 'text/markdown' },
] as const;

type Format = (typeof formats)[number];

/** Exports a report to a file or to the clipboard. */
@customElement('export-buttons')
export class ExportButtons extends UiElement {
  static override styles = css`
    button {
      min-height: 2rem;
      font-size: var(--text-small);
    }

    .field-label {
      margin-right: var(--space-2);
    }
  `;

  @property({ attribute: false }) report: Report | null = null;
  @state() private status = '';

  override render() {
    if (!this.report) return nothing;
    return html`
      <div class="row">
        ${this.renderGroup('Download', (format) => this.download(format))}
        ${this.renderGroup('Copy', (format) => void this.copy(format))}
        <span role="status" class="soft small">${this.status}</span>
      </div>
    `;
  }

  private renderGroup(verb: string, act: (format: Format) => void) {
    return html`
      <span class="row gap-1" role="group" aria-label=${verb}>
        <span class="field-label" aria-hidden="true">${verb}</span>
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
    const time = this.report!.createdAt.replaceAll(':', '-');
    downloadFile(new Blob([write(this.report!)], { type }), `attention-${time}.${ending}`);
    this.status = `${name} downloaded`;
  }

  private async copy({ name, write }: Format) {
    try {
      await navigator.clipboard.writeText(write(this.report!));
      this.status = `${name} copied`;
    } catch {
      this.status = 'The browser denied access to the clipboard. Download the file instead.';
    }
  }
}
