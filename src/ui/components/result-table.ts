import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatError, formatMs, formatShape, formatShare } from '../../bench/format';
import type { CaseReport, EntryReport, Report } from '../../bench/report';
import { caseRows, columnsOf, type Column, type Row } from '../../bench/rows';
import { seriesColor } from '../series';
import { shared } from '../styles/shared';
import { describeCase, describeWork } from '../words';
import { tableStyles } from './result-table.css';
import './series-mark';
import './shape-glyph';
import './status-mark';

/**
 * All that was measured, grouped by case: time with its interval, speed, error against its bound
 * and how it went, with notes and the worst element on demand. On a phone each row reads as a
 * small list of named values.
 *
 * @csspart table
 */
@customElement('result-table')
export class ResultTable extends LitElement {
  static override styles = [...shared, tableStyles];

  @property({ attribute: false }) report: Report | null = null;

  override render() {
    if (!this.report) return nothing;
    const shown = this.columns;
    // Laid out anew on phones, a table forgets that it is one; the roles remind it.
    return html`
      <table part="table" role="table" aria-label="Results">
        <thead role="rowgroup">
          <tr role="row">
            ${shown.map(
              ({ key, label, align }) =>
                html`<th class="${key} ${align}" scope="col" role="columnheader">${label}</th>`,
            )}
            <th scope="col" role="columnheader">Notes</th>
          </tr>
        </thead>
        ${this.report.cases.map((reported) => this.renderCase(reported))}
      </table>
    `;
  }

  /** The case itself stands above its rows. */
  private get columns(): readonly Column[] {
    return columnsOf(this.report!).filter(({ key }) => key !== 'case');
  }

  private renderCase(reported: CaseReport) {
    const { shape, mask, window, sizedFrom } = reported;
    // What is true of the whole case is said once, in its heading.
    const rows = caseRows({ ...reported, sizedFrom: undefined }, this.report!.cases);
    const best = Math.max(...reported.entries.map(({ timing }) => timing?.gflops ?? 0));
    return html`
      <tbody role="rowgroup">
        <tr class="case" role="row">
          <th scope="rowgroup" role="rowheader" colspan=${this.columns.length + 1}>
            <div>
              <shape-glyph
                queries=${shape.queryLength}
                keys=${shape.keyLength}
                mask=${mask}
                window=${window ?? 0}
              ></shape-glyph>
              <span>
                <span class="title number">${reported.name}</span>
                <span class="soft small">
                  ${describeCase(reported)} ·
                  ${describeWork(reported.flops)}${
                    sizedFrom ? ` · sized from ${formatShape(sizedFrom)} for the time budget` : ''
                  }
                </span>
              </span>
            </div>
          </th>
        </tr>
        ${rows.map((row, index) => this.renderRow(row, reported.entries[index]!, best))}
      </tbody>
    `;
  }

  private renderRow(row: Row, entry: EntryReport, best: number) {
    const classes = `${row.status} ${entry.timing?.verdict ?? ''}`;
    return html`
      <tr class=${classes} role="row">
        ${this.columns.map(
          ({ key, label, align }) => html`
            <td
              class="${key} ${align} ${align === 'right' ? 'number' : ''} ${
                row[key] ? '' : 'empty'
              }"
              role="cell"
              data-label=${label}
            >
              ${this.renderCell(key, row, entry, best)}
            </td>
          `,
        )}
        <td class="notes" role="cell" data-label="Notes">
          <div>
            ${row.notes.length ? html`<p>${row.notes.join('; ')}</p>` : nothing}
            ${this.renderDetails(entry)}
          </div>
        </td>
      </tr>
    `;
  }

  private renderCell(key: string, row: Row, entry: EntryReport, best: number) {
    if (key === 'contestant') {
      return html`<series-mark contestant=${row.contestant}></series-mark> ${row.contestant}`;
    }
    if (key === 'result') return html`<status-mark status=${row.status}></status-mark>`;
    if (key === 'gflops' && entry.timing) {
      const share = Math.max(0.5, (entry.timing.gflops / best) * 100);
      return html`
        ${row.gflops}
        <svg class="bar" aria-hidden="true">
          <rect width="${share}%" height="3" rx="1.5" fill=${seriesColor(row.contestant)} />
        </svg>
      `;
    }
    if (key === 'error' && entry.verification) {
      const { maxError, errorOverBound } = entry.verification;
      return html`
        ${formatError(maxError)}
        <span class="share">${formatShare(errorOverBound)} of bound</span>
      `;
    }
    return row[key as keyof Row];
  }

  private renderDetails(entry: EntryReport) {
    const facts = [...timingFacts(entry), ...verificationFacts(entry)];
    if (facts.length === 0) return nothing;
    return html`
      <details>
        <summary>Details<span class="spoken"> of ${entry.contestant}</span></summary>
        <dl>
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

function timingFacts({ timing, compileMs }: EntryReport): [string, string][] {
  const facts: [string, string][] = [];
  if (compileMs !== undefined) facts.push(['First compilation', formatMs(compileMs)]);
  if (!timing) return facts;
  const { low, high, confidence, samples, repeats } = timing;
  if (low !== null && high !== null && confidence !== null) {
    const sure = `${Math.floor(confidence * 100)}%`;
    facts.push([`Median, ${sure} interval`, `${formatMs(low)} to ${formatMs(high)}`]);
  }
  facts.push(['Samples', `${samples.length}, of ${repeats} calls each`]);
  const clock = timing.timer === 'timestamps' ? 'GPU timestamps' : 'wall clock';
  facts.push(['Clock', `${clock}; on the wall ${formatMs(timing.wallMedian)}`]);
  return facts;
}

function verificationFacts({ verification }: EntryReport): [string, string][] {
  if (!verification) return [];
  const { rows, rowsTotal, relativeError, worst } = verification;
  const facts: [string, string][] = [
    ['Rows checked', `${rows} of ${rowsTotal}`],
    ['Relative error', formatError(relativeError)],
  ];
  if (worst) {
    const { batch, head, query, column, got, want, bound } = worst;
    facts.push(
      ['Worst element', `batch ${batch}, head ${head}, query ${query}, column ${column}`],
      ['Got, expected', `${got}, ${want}`],
      ['Its bound', formatError(bound)],
    );
  }
  return facts;
}

declare global {
  interface HTMLElementTagNameMap {
    'result-table': ResultTable;
  }
}
