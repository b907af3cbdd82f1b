import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { caseRows, columnsOf, type ResultRow } from '../../../bench/export';
import {
  formatError,
  formatMs,
  formatScaled,
  formatShape,
  formatShare,
} from '../../../bench/format';
import { formatCounted } from '../../../numeric/format';
import type { CaseReport, EntryReport, Report } from '../../../bench/report';
import { UiElement } from '../../../ui/element';
import { describeCase } from '../model/captions';
import { seriesColor } from './series';
import './series';
import { caseTitle } from './shape-glyph';
import './status-mark';

const tableStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
  }

  th,
  td {
    padding: var(--space-2) var(--space-4) var(--space-2) 0;
    font-weight: 400;
    text-align: left;
    vertical-align: baseline;
  }

  .right {
    text-align: right;
  }

  .case th {
    padding: var(--space-5) 0 var(--space-2);
    border-bottom: 1px solid var(--line);
  }

  .case + tr td {
    padding-top: var(--space-3);
  }

  .title {
    font-weight: 500;
  }

  .fastest :is(.contestant, .time) {
    font-weight: 550;
  }

  .bar {
    margin-left: auto;
  }

  .share {
    font-family: var(--sans);
  }

  td.notes {
    width: 30%;
    padding-right: 0;
    overflow-wrap: anywhere;
  }

  .notes .row {
    gap: 0 var(--space-3);
  }

  .notes details[open] {
    flex-basis: 100%;
  }

  :is(.wrong, .failed, .refused) .notes p,
  dd {
    color: var(--ink);
  }

  dl {
    gap: 0 var(--space-3);
    padding: var(--space-1) 0 var(--space-2);
  }

  @media (max-width: 60rem) {
    table,
    tbody,
    .case,
    .case th {
      display: block;
    }

    thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    tr:not(.case) {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: var(--space-2) var(--space-4);
      padding: var(--space-3) 0;
    }

    tr:not(.case) td {
      padding: 0;
      text-align: left;
    }

    td.result {
      grid-area: 1 / 2;
    }

    tr td.empty {
      display: none;
    }

    tr td.notes {
      grid-column: 1 / -1;
      width: auto;
    }

    td:not(.contestant, .result, .notes)::before {
      content: attr(data-label);
      display: block;
      color: var(--ink-soft);
      font: 400 var(--text-small) / 1.4 var(--sans);
    }

    .bar {
      margin-left: 0;
    }
  }
`;

const heading = 'soft small nowrap';

/**
 * All results, grouped by case: time with its interval, GFLOP/s, error against its bound and status, with notes, and
 * details on demand. On phones, each row becomes a list of labelled values.
 *
 * @csspart table
 */
@customElement('result-table')
export class ResultTable extends UiElement {
  static override styles = tableStyles;

  @property({ attribute: false }) report: Report | null = null;

  override render() {
    if (!this.report) return nothing;
    const shown = this.columns;
    // Elements that are not displayed as a table lose their table roles, hence the explicit ones.
    return html`
      <table part="table" role="table" aria-label="Results">
        <thead role="rowgroup">
          <tr role="row">
            ${shown.map(
              ({ label, isText }) =>
                html`<th
                  class="${heading} ${isText ? '' : 'right'}"
                  scope="col"
                  role="columnheader"
                >
                  ${label}
                </th>`,
            )}
            <th class=${heading} scope="col" role="columnheader">Notes</th>
          </tr>
        </thead>
        ${this.report.cases.map((reported) => this.renderCase(reported))}
      </table>
    `;
  }

  /** The case is a heading above its rows, instead of a column. */
  private get columns(): ReturnType<typeof columnsOf> {
    return columnsOf(this.report!).filter(({ key }) => key !== 'case');
  }

  private renderCase(reported: CaseReport) {
    const { sizedFrom } = reported;
    // What applies to the whole case stands in its heading.
    const rows = caseRows({ ...reported, sizedFrom: undefined }, this.report!.cases);
    const best = Math.max(...reported.entries.map(({ timing }) => timing?.gflops ?? 0));
    return html`
      <tbody role="rowgroup">
        <tr class="case" role="row">
          <th scope="rowgroup" role="rowheader" colspan=${this.columns.length + 1}>
            <div class="row one-line">
              ${caseTitle(
                reported,
                reported.name,
                html`${describeCase(reported)} ·
                ${formatScaled(reported.flops, 'FLOP')}${
                  sizedFrom
                    ? ` · resized from ${formatShape(sizedFrom)} to fit the time budget`
                    : ''
                }`,
              )}
            </div>
          </th>
        </tr>
        ${rows.map((row, index) => this.renderRow(row, reported.entries[index]!, best))}
      </tbody>
    `;
  }

  private renderRow(row: ResultRow, entry: EntryReport, best: number) {
    const classes = `${row.status} ${entry.timing?.verdict ?? ''} ${row.status === 'pending' ? 'soft' : ''}`;
    return html`
      <tr class=${classes} role="row">
        ${this.columns.map(
          ({ key, label, isText }) => html`
            <td
              class="${key} nowrap ${isText ? '' : 'right number'} ${row[key] ? '' : 'empty'}"
              role="cell"
              data-label=${label}
            >
              ${this.renderCell(key, row, entry, best)}
            </td>
          `,
        )}
        <td class="notes soft small" role="cell" data-label="Notes">
          <div class="row">
            ${row.notes.length ? html`<p>${row.notes.join('; ')}</p>` : nothing}
            ${this.renderDetails(entry)}
          </div>
        </td>
      </tr>
    `;
  }

  private renderCell(key: string, row: ResultRow, entry: EntryReport, best: number) {
    if (key === 'contestant') {
      return html`<series-mark contestant=${row.contestant}></series-mark> ${row.contestant}`;
    }
    if (key === 'result') return html`<status-mark status=${row.status}></status-mark>`;
    if (key === 'gflops' && entry.timing) {
      const share = Math.max(0.5, (entry.timing.gflops / best) * 100);
      return html`
        ${row.gflops}
        <svg class="bar" width="80" height="3" aria-hidden="true">
          <rect width="100%" height="3" rx="1.5" fill="var(--surface)" />
          <rect width="${share}%" height="3" rx="1.5" fill=${seriesColor(row.contestant)} />
        </svg>
      `;
    }
    if (key === 'error' && entry.verification) {
      const { maxError, errorOverBound } = entry.verification;
      return html`
        ${formatError(maxError)}
        <span class="share soft small">${formatShare(errorOverBound)} of bound</span>
      `;
    }
    return row[key as keyof ResultRow];
  }

  private renderDetails(entry: EntryReport) {
    const facts = factsOf(entry);
    if (facts.length === 0) return nothing;
    return html`
      <details>
        <summary>Details<span class="visually-hidden"> of ${entry.contestant}</span></summary>
        <dl class="pairs">
          ${facts.map(
            ([name, value]) =>
              html`<dt>${name}</dt>
                <dd class="number">${value}</dd>`,
          )}
        </dl>
      </details>
    `;
  }
}

function factsOf({ timing, compileMs, verification }: EntryReport): [string, string][] {
  const facts: [string, string][] = [];
  if (compileMs !== undefined) facts.push(['First compilation', formatMs(compileMs)]);
  if (timing) {
    const { low, high, confidence, samples, repeats, wallMedian } = timing;
    if (low !== null && high !== null && confidence !== null) {
      const percent = `${Math.floor(confidence * 100)}%`;
      facts.push([`${percent} interval of the median`, `${formatMs(low)} to ${formatMs(high)}`]);
    }
    const calls = formatCounted(repeats, 'call');
    const clock = timing.timer === 'timestamps' ? 'GPU timestamps' : 'wall clock';
    facts.push(
      ['Samples', `${formatCounted(samples.length, 'sample')} × ${calls}`],
      ['Clock', `${clock} (wall clock: ${formatMs(wallMedian)})`],
    );
  }
  if (verification) {
    const { rows, rowsTotal, relativeError, worst } = verification;
    facts.push(
      ['Rows checked', `${rows} of ${rowsTotal}`],
      ['Relative error', formatError(relativeError)],
    );
    if (worst) {
      const { batch, head, query, column, got, want, bound } = worst;
      facts.push(
        ['Worst element', `batch ${batch}, head ${head}, query ${query}, column ${column}`],
        ['Value', `${got} (expected ${want})`],
        ['Error bound', formatError(bound)],
      );
    }
  }
  return facts;
}

declare global {
  interface HTMLElementTagNameMap {
    'result-table': ResultTable;
  }
}
