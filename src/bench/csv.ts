import { toRecords } from '../numeric/csv';
import { deviceName } from './describe';
import { shareOfFull } from './of-full';
import type { CaseReport, EntryReport, Report } from './report';

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
    read: (entry, reported, { cases }) => shareOfFull(entry, reported, cases),
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

/** A header, then one record for each case and contestant. What is unknown is empty. */
export function toCsv(report: Report): string {
  const records = report.cases.flatMap((reported) =>
    reported.entries.map((entry) =>
      csvColumns.map(({ read }) => String(read(entry, reported, report) ?? '')),
    ),
  );
  return toRecords([csvColumns.map(({ name }) => name), ...records]);
}
