import type { CaseReport, EntryReport } from './report';
import { formatShape } from './format';

/** The same problem without a mask, among these cases; undefined for one that has none itself. */
export function unmaskedTwin(
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

/** An entry's median time as a share of the same contestant's on the unmasked twin, where both were timed. */
export function shareOfFull(
  entry: EntryReport,
  reported: CaseReport,
  cases: readonly CaseReport[],
): number | undefined {
  const twin = unmaskedTwin(reported, cases)?.entries.find(
    ({ contestant }) => contestant === entry.contestant,
  );
  const [own, full] = [entry, twin].map((one) =>
    one?.status === 'verified' ? one.timing?.median : undefined,
  );
  return own !== undefined && full ? own / full : undefined;
}
