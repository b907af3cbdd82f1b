import { describeCeilings, describeDevice, describeStatus } from './describe';
import type { Report } from './report';
import { type Column, columnsOf, reportRows, type Row } from './rows';

/** A GitHub table, with the device and the state of the run above it. */
export function toMarkdown(report: Report): string {
  const columns = columnsOf(report);
  const heads = [...columns.map(({ label }) => label), 'Notes'];
  const rules = [...columns.map(({ align }) => (align === 'right' ? '--:' : ':--')), ':--'];
  const rows = reportRows(report).map((row) => [...cells(row, columns), row.notes.join(' · ')]);
  const table = [heads, rules, ...rows].map((line) => `| ${line.map(escapeCell).join(' | ')} |`);
  const facts = [
    `Device: ${escapeCell(describeDevice(report.device))}  `,
    ...ceilingsLine(report).map((line) => `${escapeCell(line)}  `),
    `Date: ${report.createdAt}  `,
    escapeCell(describeStatus(report)),
  ];
  return `${[...facts, '', ...table].join('\n')}\n`;
}

/** An aligned table for a terminal, a case's name once and an empty line between cases. */
export function toText(report: Report): string {
  const columns = columnsOf(report);
  const rows = reportRows(report).map((row) => ({ ...row, cells: cells(row, columns) }));
  const heads = columns.map(({ label }) => label);
  const widths = heads.map((head, i) =>
    Math.max(head.length, ...rows.map((row) => row.cells[i].length)),
  );
  const line = (texts: readonly string[], notes: string) =>
    [...texts.map((text, i) => pad(text, widths[i], columns[i].align)), notes].join('  ').trimEnd();
  const body = rows.flatMap((row, i) => {
    const first = row.case !== rows[i - 1]?.case;
    const texts = first ? row.cells : ['', ...row.cells.slice(1)];
    const notes = row.notes.map((note) => note.replaceAll(/\s+/g, ' ')).join(' · ');
    return [...(first ? [''] : []), line(texts, notes)];
  });
  const table = rows.length ? [line(heads, ''), ...body] : ['Nothing was measured.'];
  const facts = [`Device: ${describeDevice(report.device)}`, ...ceilingsLine(report)];
  return `${[...facts, '', ...table, '', describeStatus(report)].join('\n')}\n`;
}

/** What the shares in the table are of; nothing where nothing was measured. */
function ceilingsLine({ ceilings }: Report): string[] {
  return ceilings.length ? [`Ceilings: ${describeCeilings(ceilings)}`] : [];
}

function cells(row: Row, columns: readonly Column[]): string[] {
  return columns.map(({ key }) => row[key]);
}

function pad(text: string, width: number, align: 'left' | 'right'): string {
  return align === 'right' ? text.padStart(width) : text.padEnd(width);
}

function escapeCell(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ');
}
