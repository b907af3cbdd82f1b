import { formatCsv } from '../numeric/csv';
import { formatCounted } from '../numeric/format';
import {
  deviceName,
  describeCeilings,
  describeDevice,
  describeStatus,
  formatMs,
  formatNumber,
  formatRatio,
  formatShape,
  formatShare,
  formatSpeedup,
  formatTiming,
  formatVerification,
  statusLabels,
} from './format';
import type { CaseReport, EntryReport, EntryStatus, Report, Timing, Verification } from './report';

/** The same problem without a mask, among these cases; undefined for one that has none itself. */
export function unmaskedCounterpart(
  reported: CaseReport,
  cases: readonly CaseReport[],
): CaseReport | undefined {
  if (reported.mask === 'none') return undefined;
  const shape = formatShape(reported.shape);
  return cases.find(
    (other) =>
      other.mask === 'none' && other.dtype === reported.dtype && formatShape(other.shape) === shape,
  );
}

/** Median time over the same implementation's on the unmasked counterpart, where both were timed. */
export function relativeToUnmasked(
  entry: EntryReport,
  reported: CaseReport,
  cases: readonly CaseReport[],
): number | undefined {
  const unmasked = unmaskedCounterpart(reported, cases)?.entries.find(
    ({ contestant }) => contestant === entry.contestant,
  );
  const [own, full] = [entry, unmasked].map((one) =>
    one?.status === 'verified' ? one.timing?.median : undefined,
  );
  return own !== undefined && full ? own / full : undefined;
}

/** A column of the table that the page, the terminal and Markdown show. */
export interface ResultColumn {
  readonly key: string;
  readonly label: string;
  readonly align: 'left' | 'right';
  readonly text: (
    entry: EntryReport,
    reported: CaseReport,
    cases: readonly CaseReport[],
  ) => string | undefined;
  /** Whether a report has anything for it; default: always. */
  readonly isShown?: (report: Report) => boolean;
}

const columns = [
  { key: 'case', label: 'Case', align: 'left', text: (_entry, { name }) => name },
  { key: 'contestant', label: 'Implementation', align: 'left', text: (entry) => entry.contestant },
  {
    key: 'time',
    label: 'Time',
    align: 'right',
    text: ({ timing }) => timing && formatTiming(timing),
  },
  {
    key: 'vsUnmasked',
    label: 'vs unmasked',
    align: 'right',
    text(...args) {
      const ratio = relativeToUnmasked(...args);
      return ratio === undefined ? '' : formatRatio(ratio);
    },
    isShown: ({ cases }) => cases.some((reported) => unmaskedCounterpart(reported, cases)),
  },
  {
    key: 'gflops',
    label: 'GFLOP/s',
    align: 'right',
    text: ({ timing }) => timing && formatNumber(timing.gflops),
  },
  {
    key: 'ofRoofline',
    label: '% of roofline',
    align: 'right',
    text: ({ timing }) => timing?.roof && formatShare(timing.roof.share),
    isShown: ({ cases }) => cases.some(({ entries }) => entries.some(({ timing }) => timing?.roof)),
  },
  {
    key: 'speedup',
    label: 'Speed-up vs CPU',
    align: 'right',
    text: ({ timing }) => (timing?.speedup === undefined ? '' : formatSpeedup(timing.speedup)),
  },
  {
    key: 'error',
    label: 'Max error',
    align: 'right',
    text: ({ verification }) => verification && formatVerification(verification),
  },
  { key: 'result', label: 'Result', align: 'left', text: ({ status }) => statusLabels[status] },
] as const satisfies readonly ResultColumn[];

/** An implementation on a case: the text of each column. */
export type ResultRow = Readonly<Record<(typeof columns)[number]['key'], string>> & {
  readonly status: EntryStatus;
  /** Remarks on this entry, each a short phrase or a message. */
  readonly notes: readonly string[];
};

export const columnsOf = (report: Report): readonly (typeof columns)[number][] =>
  columns.filter((column: ResultColumn) => column.isShown?.(report) ?? true);

export function reportRows({ cases }: Report): ResultRow[] {
  return cases.flatMap((reported) => caseRows(reported, cases));
}

/** A case's rows; `cases` are those to compare it with. */
export function caseRows(
  reported: CaseReport,
  cases: readonly CaseReport[] = [reported],
): ResultRow[] {
  return reported.entries.map((entry) => {
    const texts = columns.map((column) => [column.key, column.text(entry, reported, cases) || '']);
    const notes = entryNotes(reported, entry);
    return { ...Object.fromEntries(texts), status: entry.status, notes };
  });
}

function entryNotes(reported: CaseReport, entry: EntryReport): string[] {
  const { status, message, timing, verification } = entry;
  return [
    ...(timing?.verdict === 'fastest' ? ['fastest'] : []),
    ...(timing?.verdict === 'unclear' ? ['too close to call'] : []),
    ...(message ? [message] : []),
    ...(status === 'wrong' && verification ? worstNote(verification) : []),
    ...(status === 'verified' && !timing ? ['not timed'] : []),
    ...(timing ? timingNotes(timing) : []),
    ...(verification?.sampled
      ? [`checked on ${verification.rows} of ${verification.rowsTotal} rows`]
      : []),
    ...(reported.sizedFrom ? [`resized from ${formatShape(reported.sizedFrom)}`] : []),
  ];
}

function timingNotes(timing: Timing): string[] {
  const { samples, confidence, extrapolatedFrom, low, high, median, wallMedian } = timing;
  const notes: string[] = [];
  if (extrapolatedFrom) {
    notes.push(`extrapolated from ${extrapolatedFrom.rows} of ${extrapolatedFrom.rowsTotal} rows`);
  }
  if (low === null || high === null) notes.push(formatCounted(samples.length, 'sample'));
  else if (confidence !== null && confidence < 0.95) {
    notes.push(
      `${Math.floor(confidence * 100)}% interval from ${formatCounted(samples.length, 'sample')}`,
    );
  }
  // Timestamps that disagree with the wall clock may be unreliable.
  if (timing.timer === 'timestamps' && median > 1.2 * wallMedian) {
    notes.push(`wall clock: ${formatMs(wallMedian)}`);
  }
  return notes;
}

function worstNote({ worst }: Verification): string[] {
  if (!worst) return [];
  const { batch, head, query, column, got, want } = worst;
  return [`worst at [${batch}, ${head}, ${query}, ${column}]: got ${got}, expected ${want}`];
}

/**
 * JSON that also represents NaN and infinities, which wrong results may contain: as the strings "NaN", "Infinity" and
 * "-Infinity".
 */
export function stringifyNumbers(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_key, part) => (isNonFinite(part) ? String(part) : part), indent);
}

export function parseNumbers(text: string): unknown {
  return JSON.parse(text, (_key, part) => (nonFinite.has(part) ? Number(part) : part));
}

const nonFinite = new Set<unknown>(['NaN', 'Infinity', '-Infinity']);

function isNonFinite(part: unknown): part is number {
  return typeof part === 'number' && !Number.isFinite(part);
}

type Cell = string | number | boolean | null | undefined;

interface CsvColumn {
  readonly name: string;
  readonly read: (entry: EntryReport, reported: CaseReport, report: Report) => Cell;
}

const csvColumns: readonly CsvColumn[] = [
  { name: 'created_at', read: (_entry, _case, report) => report.createdAt },
  { name: 'device', read: (_entry, _case, { device }) => device && deviceName(device) },
  { name: 'seed', read: (_entry, _case, report) => report.settings.seed },
  { name: 'distribution', read: (_entry, _case, report) => report.settings.distribution },
  { name: 'case', read: (_entry, reported) => reported.name },
  { name: 'batch', read: (_entry, { shape }) => shape.batch },
  { name: 'heads', read: (_entry, { shape }) => shape.heads },
  { name: 'kv_heads', read: (_entry, { shape }) => shape.kvHeads },
  { name: 'queries', read: (_entry, { shape }) => shape.queryLength },
  { name: 'keys', read: (_entry, { shape }) => shape.keyLength },
  { name: 'head_dim', read: (_entry, { shape }) => shape.headSize },
  { name: 'value_dim', read: (_entry, { shape }) => shape.valueSize },
  { name: 'mask', read: (_entry, reported) => reported.mask },
  { name: 'window', read: (_entry, reported) => reported.window },
  { name: 'dtype', read: (_entry, reported) => reported.dtype },
  { name: 'flops', read: (_entry, reported) => reported.flops },
  { name: 'bytes', read: (_entry, reported) => reported.bytes },
  { name: 'contestant', read: (entry) => entry.contestant },
  { name: 'status', read: (entry) => entry.status },
  { name: 'compile_ms', read: (entry) => entry.compileMs },
  { name: 'median_ms', read: ({ timing }) => timing?.median },
  { name: 'low_ms', read: ({ timing }) => timing?.low },
  { name: 'high_ms', read: ({ timing }) => timing?.high },
  { name: 'confidence', read: ({ timing }) => timing?.confidence },
  { name: 'samples', read: ({ timing }) => timing?.samples.length },
  { name: 'repeats', read: ({ timing }) => timing?.repeats },
  { name: 'timer', read: ({ timing }) => timing?.timer },
  { name: 'wall_median_ms', read: ({ timing }) => timing?.wallMedian },
  { name: 'timed_rows', read: ({ timing }) => timing?.extrapolatedFrom?.rows },
  { name: 'gflops', read: ({ timing }) => timing?.gflops },
  { name: 'roof_gflops', read: ({ timing }) => timing?.roof?.gflops },
  { name: 'bound_by', read: ({ timing }) => timing?.roof?.boundBy },
  { name: 'of_roof', read: ({ timing }) => timing?.roof?.share },
  { name: 'speedup', read: ({ timing }) => timing?.speedup },
  {
    name: 'of_full',
    read: (entry, reported, { cases }) => relativeToUnmasked(entry, reported, cases),
  },
  { name: 'verdict', read: ({ timing }) => timing?.verdict },
  { name: 'passed', read: ({ verification }) => verification?.passed },
  { name: 'checked_rows', read: ({ verification }) => verification?.rows },
  { name: 'rows', read: ({ verification }) => verification?.rowsTotal },
  { name: 'max_error', read: ({ verification }) => verification?.maxError },
  { name: 'error_over_bound', read: ({ verification }) => verification?.errorOverBound },
  { name: 'worst_bound', read: ({ verification }) => verification?.worst?.bound },
  { name: 'relative_error', read: ({ verification }) => verification?.relativeError },
  { name: 'message', read: (entry) => entry.message },
];

/** A header, then one record per case and implementation. Unknown values are empty. */
export function reportToCsv(report: Report): string {
  const records = report.cases.flatMap((reported) =>
    reported.entries.map((entry) =>
      csvColumns.map(({ read }) => String(read(entry, reported, report) ?? '')),
    ),
  );
  return formatCsv([csvColumns.map(({ name }) => name), ...records]);
}

/** A GitHub table, below the device and the status of the run. */
export function reportToMarkdown(report: Report): string {
  const columns = columnsOf(report);
  const headers = [...columns.map(({ label }) => label), 'Notes'];
  const rules = [...columns.map(({ align }) => (align === 'right' ? '--:' : ':--')), ':--'];
  const rows = reportRows(report).map((row) => [...rowCells(row, columns), row.notes.join(' · ')]);
  const table = [headers, rules, ...rows].map((line) => `| ${line.map(escapeCell).join(' | ')} |`);
  const facts = [
    `Device: ${escapeCell(describeDevice(report.device))}  `,
    ...ceilingsLine(report).map((line) => `${escapeCell(line)}  `),
    `Date: ${report.createdAt}  `,
    escapeCell(describeStatus(report)),
  ];
  return `${[...facts, '', ...table].join('\n')}\n`;
}

/** An aligned table for a terminal. Each case's name is printed once, after an empty line. */
export function reportToText(report: Report): string {
  const columns = columnsOf(report);
  const rows = reportRows(report).map((row) => ({ ...row, cells: rowCells(row, columns) }));
  const headers = columns.map(({ label }) => label);
  const widths = headers.map((header, i) =>
    Math.max(header.length, ...rows.map((row) => row.cells[i].length)),
  );
  const line = (texts: readonly string[], notes: string) =>
    [...texts.map((text, i) => padCell(text, widths[i], columns[i].align)), notes]
      .join('  ')
      .trimEnd();
  const body = rows.flatMap((row, i) => {
    const first = row.case !== rows[i - 1]?.case;
    const texts = first ? row.cells : ['', ...row.cells.slice(1)];
    const notes = row.notes.map((note) => note.replaceAll(/\s+/g, ' ')).join(' · ');
    return [...(first ? [''] : []), line(texts, notes)];
  });
  const table = rows.length ? [line(headers, ''), ...body] : ['No results.'];
  const facts = [`Device: ${describeDevice(report.device)}`, ...ceilingsLine(report)];
  return `${[...facts, '', ...table, '', describeStatus(report)].join('\n')}\n`;
}

/** The peak rates that the roofline is made of, where they were measured. */
function ceilingsLine({ ceilings }: Report): string[] {
  return ceilings.length ? [`Measured peaks: ${describeCeilings(ceilings)}`] : [];
}

function rowCells(row: ResultRow, columns: ReturnType<typeof columnsOf>): string[] {
  return columns.map(({ key }) => row[key]);
}

function padCell(text: string, width: number, align: 'left' | 'right'): string {
  return align === 'right' ? text.padStart(width) : text.padEnd(width);
}

function escapeCell(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ');
}

export function reportToJson(report: Report): string {
  return `${stringifyNumbers(report, 2)}\n`;
}
