import {
  formatGflops,
  formatMs,
  formatRatio,
  formatShape,
  formatShare,
  formatSpeedup,
  formatTiming,
  formatVerification,
  resultWords,
} from './format';
import { shareOfFull, unmaskedTwin } from './of-full';
import type { CaseReport, EntryReport, EntryStatus, Report, Timing, Verification } from './report';

/** One contestant on one case, as texts: the page, the terminal and Markdown show these. */
export interface Row {
  readonly case: string;
  readonly contestant: string;
  readonly status: EntryStatus;
  readonly time: string;
  /** Share of the time that the same contestant takes without the mask, where that was measured too. */
  readonly ofFull: string;
  readonly gflops: string;
  /** Share of what the machine could do at most on this case. */
  readonly ofRoof: string;
  readonly speedup: string;
  readonly error: string;
  readonly result: string;
  /** What a reader should know of this entry, each a short phrase or a message. */
  readonly notes: readonly string[];
}

export interface Column {
  readonly key: Exclude<keyof Row, 'status' | 'notes'>;
  readonly label: string;
  readonly align: 'left' | 'right';
}

const columns: readonly Column[] = [
  { key: 'case', label: 'Case', align: 'left' },
  { key: 'contestant', label: 'Contestant', align: 'left' },
  { key: 'time', label: 'Time', align: 'right' },
  { key: 'ofFull', label: 'Of full', align: 'right' },
  { key: 'gflops', label: 'GFLOP/s', align: 'right' },
  { key: 'ofRoof', label: 'Of ceiling', align: 'right' },
  { key: 'speedup', label: 'Against CPU', align: 'right' },
  { key: 'error', label: 'Largest error', align: 'right' },
  { key: 'result', label: 'Result', align: 'left' },
];

/** The columns of a report's table: some have something to say only in some reports. */
export function columnsOf({ cases }: Report): readonly Column[] {
  const masksCompare = cases.some((reported) => unmaskedTwin(reported, cases));
  const underRoof = cases.some(({ entries }) => entries.some(({ timing }) => timing?.roof));
  const shown: Partial<Record<Column['key'], boolean>> = {
    ofFull: masksCompare,
    ofRoof: underRoof,
  };
  return columns.filter(({ key }) => shown[key] ?? true);
}

export function reportRows({ cases }: Report): Row[] {
  return cases.flatMap((reported) => caseRows(reported, cases));
}

/** A case's rows; the others are those to compare it with. */
export function caseRows(reported: CaseReport, cases: readonly CaseReport[] = [reported]): Row[] {
  return reported.entries.map((entry) => {
    const { timing, verification } = entry;
    const ofFull = shareOfFull(entry, reported, cases);
    return {
      case: reported.name,
      contestant: entry.contestant,
      status: entry.status,
      time: timing ? formatTiming(timing) : '',
      ofFull: ofFull === undefined ? '' : formatRatio(ofFull),
      gflops: timing ? formatGflops(timing) : '',
      ofRoof: timing?.roof ? formatShare(timing.roof.share) : '',
      speedup: timing?.speedup === undefined ? '' : formatSpeedup(timing.speedup),
      error: verification ? formatVerification(verification) : '',
      result: resultWords[entry.status],
      notes: entryNotes(reported, entry),
    };
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
    ...(reported.sizedFrom ? [`sized from ${formatShape(reported.sizedFrom)}`] : []),
  ];
}

function timingNotes(timing: Timing): string[] {
  const { samples, confidence, extrapolatedFrom, low, high, median, wallMedian } = timing;
  const notes: string[] = [];
  if (extrapolatedFrom) {
    notes.push(`extrapolated from ${extrapolatedFrom.rows} of ${extrapolatedFrom.rowsTotal} rows`);
  }
  if (low === null || high === null) notes.push(count(samples.length, 'sample'));
  else if (confidence !== null && confidence < 0.95) {
    notes.push(`${Math.floor(confidence * 100)}% interval from ${count(samples.length, 'sample')}`);
  }
  // Timestamps that disagree with the clock on the wall deserve a second look.
  if (timing.timer === 'timestamps' && median > 1.2 * wallMedian) {
    notes.push(`wall clock says ${formatMs(wallMedian)}`);
  }
  return notes;
}

function worstNote({ worst }: Verification): string[] {
  if (!worst) return [];
  const { batch, head, query, column, got, want } = worst;
  return [`worst at [${batch}, ${head}, ${query}, ${column}]: got ${got}, expected ${want}`];
}

function count(n: number, noun: string): string {
  return n === 1 ? `one ${noun}` : `${n} ${noun}s`;
}
