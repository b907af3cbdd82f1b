import { describe, expect, it } from 'vitest';
import { masksReport, sampleCase } from '../../tests/support/reports';
import { relativeToUnmasked, unmaskedCounterpart } from './export';
import type { CaseReport } from './report';

const { cases } = masksReport();
const [full, causal, local] = cases;

/** The ratio of the causal case's first entry among cases with one of them changed. */
function share(change: (full: CaseReport, causal: CaseReport) => readonly CaseReport[]) {
  const changed = change(full, causal);
  return relativeToUnmasked(changed[1].entries[0], changed[1], changed);
}

describe('the share of full attention’s time', () => {
  it('is a ratio of medians, for the same implementation', () => {
    expect(share((full, causal) => [full, causal])).toBeCloseTo(0.52, 12);
    expect(relativeToUnmasked(local.entries[1], local, cases)).toBeCloseTo(0.0652, 12);
    const reversed = { ...causal, entries: [...causal.entries].reverse() };
    expect(relativeToUnmasked(reversed.entries[1], reversed, [full, reversed])).toBeCloseTo(
      0.52,
      12,
    );
  });

  it('is none for the full one itself', () => {
    expect(unmaskedCounterpart(full, cases)).toBeUndefined();
    expect(relativeToUnmasked(full.entries[0], full, cases)).toBeUndefined();
    expect(unmaskedCounterpart(causal, cases)).toBe(full);
  });

  it('is none beside another shape, dtype or implementation', () => {
    const shape = { ...full.shape, keyLength: 128 };
    expect(share((full, causal) => [{ ...full, shape }, causal])).toBeUndefined();
    expect(share((full, causal) => [{ ...full, dtype: 'f16' }, causal])).toBeUndefined();
    const entries = full.entries.slice(1);
    expect(share((full, causal) => [{ ...full, entries }, causal])).toBeUndefined();
    expect(unmaskedCounterpart(causal, [causal, local])).toBeUndefined();
  });

  it('is none where either was not timed, or dropped out', () => {
    const [first, ...rest] = full.entries;
    const untimed = { ...first, timing: undefined };
    expect(share((full, causal) => [{ ...full, entries: [untimed] }, causal])).toBeUndefined();
    const failed = { ...first, status: 'failed' as const, message: 'gone' };
    expect(share((full, causal) => [{ ...full, entries: [failed] }, causal])).toBeUndefined();
    expect(share((full, causal) => [full, { ...causal, entries: [failed] }])).toBeUndefined();
    expect(rest).toHaveLength(1);
  });

  it('needs an unmasked counterpart: a similar case is none', () => {
    const two = [sampleCase(), sampleCase({ name: 'another' })];
    expect(two.every((one) => unmaskedCounterpart(one, two) === undefined)).toBe(true);
  });
});
