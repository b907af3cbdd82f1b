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
import type { CaseReport, EntryReport, EntryStatus, Report, Timing } from './report';

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
  /** Words are aligned left, numbers right. */
  readonly isText?: boolean;
  readonly text: (
    entry: EntryReport,
    reported: CaseReport,
    cases: readonly CaseReport[],
  ) => string | undefined;
  /** Whether a report has anything for it; default: always. */
  readonly isShown?: (report: Report) => boolean;
}

const columns = [
  { key: 'case', label: 'Case', isText: true, text: (_entry, { name }) => name },
  { key: 'contestant', label: 'Implementation', isText: true, text: (entry) => entry.contestant },
  { key: 'time', label: 'Time', text: ({ timing }) => timing && formatTiming(timing) },
  {
    key: 'vsUnmasked',
    label: 'vs unmasked',
    text(...args) {
      const ratio = relativeToUnmasked(...args);
      return ratio === undefined ? '' : formatRatio(ratio);
    },
    isShown: ({ cases }) => cases.some((reported) => unmaskedCounterpart(reported, cases)),
  },
  { key: 'gflops', label: 'GFLOP/s', text: ({ timing }) => timing && formatNumber(timing.gflops) },
  {
    key: 'ofRoofline',
    label: '% of roofline',
    text: ({ timing }) => timing?.roof && formatShare(timing.roof.share),
    isShown: ({ cases }) => cases.some(({ entries }) => entries.some(({ timing }) => timing?.roof)),
  },
  {
    key: 'speedup',
    label: 'Speed-up vs CPU',
    text: ({ timing }) => (timing?.speedup === undefined ? '' : formatSpeedup(timing.speedup)),
  },
  {
    key: 'error',
    label: 'Max error',
    text: ({ verification }) => verification && formatVerification(verification),
  },
  { key: 'result', label: 'Result', isText: true, text: ({ status }) => statusLabels[status] },
] as const satisfies readonly ResultColumn[];

/** An implementation on a case: the text of each column. */
export type ResultRow = Readonly<Record<(typeof columns)[number]['key'], string>> & {
  readonly status: EntryStatus;
  /** Remarks on this entry, each a short phrase or a message. */
  readonly notes: readonly string[];
};

type Column = ResultColumn & Pick<(typeof columns)[number], 'key'>;

export const columnsOf = (report: Report): readonly Column[] =>
  columns.filter((column: Column) => column.isShown?.(report) ?? true);

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
  const { verdict, extrapolatedFrom: from } = timing ?? {};
  const worst = status === 'wrong' ? verification?.worst : null;
  const notes = [
    verdict === 'fastest' && 'fastest',
    verdict === 'unclear' && 'too close to call',
    message || null,
    worst &&
      `worst at [${worst.batch}, ${worst.head}, ${worst.query}, ${worst.column}]: ` +
        `got ${worst.got}, expected ${worst.want}`,
    status === 'verified' && !timing && 'not timed',
    from && `extrapolated from ${from.rows} of ${from.rowsTotal} rows`,
    timing && intervalNote(timing),
    // Timestamps that disagree with the wall clock may be unreliable.
    timing?.timer === 'timestamps' &&
      timing.median > 1.2 * timing.wallMedian &&
      `wall clock: ${formatMs(timing.wallMedian)}`,
    verification?.sampled && `checked on ${verification.rows} of ${verification.rowsTotal} rows`,
    reported.sizedFrom && `resized from ${formatShape(reported.sizedFrom)}`,
  ];
  return notes.filter((note) => typeof note === 'string');
}

/** How many samples there are, where they are too few for an interval of 95 %. */
function intervalNote({ low, high, confidence, samples }: Timing): string | null {
  const count = formatCounted(samples.length, 'sample');
  if (low === null || high === null) return count;
  if (confidence === null || confidence >= 0.95) return null;
  return `${Math.floor(confidence * 100)}% interval from ${count}`;
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

type CsvReader = (
  entry: EntryReport,
  reported: CaseReport,
  report: Report,
) => string | number | boolean | null | undefined;

const csvColumns: Readonly<Record<string, CsvReader>> = {
  created_at: (_entry, _case, report) => report.createdAt,
  device: (_entry, _case, { device }) => device && deviceName(device),
  seed: (_entry, _case, report) => report.settings.seed,
  distribution: (_entry, _case, report) => report.settings.distribution,
  case: (_entry, reported) => reported.name,
  batch: (_entry, { shape }) => shape.batch,
  heads: (_entry, { shape }) => shape.heads,
  kv_heads: (_entry, { shape }) => shape.kvHeads,
  queries: (_entry, { shape }) => shape.queryLength,
  keys: (_entry, { shape }) => shape.keyLength,
  head_dim: (_entry, { shape }) => shape.headSize,
  value_dim: (_entry, { shape }) => shape.valueSize,
  mask: (_entry, reported) => reported.mask,
  window: (_entry, reported) => reported.window,
  dtype: (_entry, reported) => reported.dtype,
  flops: (_entry, reported) => reported.flops,
  bytes: (_entry, reported) => reported.bytes,
  contestant: (entry) => entry.contestant,
  status: (entry) => entry.status,
  compile_ms: (entry) => entry.compileMs,
  median_ms: ({ timing }) => timing?.median,
  low_ms: ({ timing }) => timing?.low,
  high_ms: ({ timing }) => timing?.high,
  confidence: ({ timing }) => timing?.confidence,
  samples: ({ timing }) => timing?.samples.length,
  repeats: ({ timing }) => timing?.repeats,
  timer: ({ timing }) => timing?.timer,
  wall_median_ms: ({ timing }) => timing?.wallMedian,
  timed_rows: ({ timing }) => timing?.extrapolatedFrom?.rows,
  gflops: ({ timing }) => timing?.gflops,
  roof_gflops: ({ timing }) => timing?.roof?.gflops,
  bound_by: ({ timing }) => timing?.roof?.boundBy,
  of_roof: ({ timing }) => timing?.roof?.share,
  speedup: ({ timing }) => timing?.speedup,
  of_full: (entry, reported, { cases }) => relativeToUnmasked(entry, reported, cases),
  verdict: ({ timing }) => timing?.verdict,
  passed: ({ verification }) => verification?.passed,
  checked_rows: ({ verification }) => verification?.rows,
  rows: ({ verification }) => verification?.rowsTotal,
  max_error: ({ verification }) => verification?.maxError,
  error_over_bound: ({ verification }) => verification?.errorOverBound,
  worst_bound: ({ verification }) => verification?.worst?.bound,
  relative_error: ({ verification }) => verification?.relativeError,
  message: (entry) => entry.message,
};

/** A header, then one record per case and implementation. Unknown values are empty. */
export function reportToCsv(report: Report): string {
  const records = report.cases.flatMap((reported) =>
    reported.entries.map((entry) =>
      Object.values(csvColumns).map((read) => String(read(entry, reported, report) ?? '')),
    ),
  );
  return formatCsv([Object.keys(csvColumns), ...records]);
}

/** A GitHub table, below the device and the status of the run. */
export function reportToMarkdown(report: Report): string {
  const columns = columnsOf(report);
  const headers = [...columns.map(({ label }) => label), 'Notes'];
  const rules = [...columns.map(({ isText }) => (isText ? ':--' : '--:')), ':--'];
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
    [...texts.map((text, i) => pad(text, widths[i], columns[i])), notes].join('  ').trimEnd();
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

function rowCells(row: ResultRow, columns: readonly Column[]): string[] {
  return columns.map(({ key }) => row[key]);
}

const pad = (text: string, width: number, { isText }: Column): string =>
  isText ? text.padEnd(width) : text.padStart(width);

function escapeCell(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, ' ');
}

export function reportToJson(report: Report): string {
  return `${stringifyNumbers(report, 2)}\n`;
}
