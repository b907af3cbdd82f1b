import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { validateReport } from '../../tests/support/report-schema';
import { cpuOnlyReport, masksReport, roofReport, sampleReport } from '../../tests/support/reports';
import { reportToJson } from './export';
import type { Report } from './report';

const isValid = (report: unknown) => validateReport(report);

describe('the schema', () => {
  it.each([
    ['a full report', sampleReport()],
    ['one with windows', masksReport()],
    ['one with ceilings', roofReport()],
    ['one without WebGPU', cpuOnlyReport()],
    ['one that has just begun', sampleReport({ status: 'running', cases: [] })],
    ['a failed one', sampleReport({ status: 'failed', message: 'The device was lost.' })],
  ])('accepts %s', (_name, report) => {
    expect(isValid(JSON.parse(reportToJson(report))), JSON.stringify(validateReport.errors)).toBe(
      true,
    );
  });

  it.each<[string, (report: any) => void]>([
    ['another version', (report) => (report.version = 1)],
    ['another schema', (report) => (report.schema = 'something else')],
    ['a local time', (report) => (report.createdAt = '2026-01-02 03:04')],
    ['no settings', (report) => delete report.settings],
    ['no device, not even null', (report) => delete report.device],
    ['an unknown field', (report) => (report.extra = 1)],
    ['an unknown field in an entry', (report) => (report.cases[0].entries[0].speed = 1)],
    ['an unknown status', (report) => (report.cases[0].entries[0].status = 'ok')],
    ['no list of ceilings', (report) => delete report.ceilings],
    ['a ceiling without number or reason', (report) => delete report.ceilings[3].message],
    ['a ceiling with both', (report) => (report.ceilings[0].message = 'wrong')],
    ['a ceiling of nothing', (report) => (report.ceilings[0].perSecond = 0)],
    ['a share of nothing', (report) => delete report.cases[0].entries[0].timing.roof.gflops],
    ['no bytes', (report) => delete report.cases[0].bytes],
    ['no heads', (report) => (report.cases[0].shape.heads = 0)],
    ['a window that no mask has', (report) => (report.cases[0].window = 4)],
    ['a mask without its window', (report) => (report.cases[0].mask = 'window')],
    ['half a head', (report) => (report.cases[0].shape.heads = 1.5)],
    ['a negative time', (report) => (report.cases[0].entries[0].timing.median = -1)],
    ['a lost time', (report) => (report.cases[0].entries[0].timing.median = null)],
    ['no samples', (report) => (report.cases[0].entries[0].timing.samples = [])],
    ['a lost error', (report) => (report.cases[1].entries[0].verification.maxError = null)],
    ['a wrong result with a time', (report) => timeWrong(report)],
    ['a refusal without a reason', (report) => delete report.cases[1].entries[1].message],
    [
      'a verified entry without a check',
      (report) => delete report.cases[0].entries[0].verification,
    ],
  ])('rejects %s', (_name, spoil) => {
    const report = JSON.parse(reportToJson(roofReport()));
    spoil(report);
    expect(isValid(report)).toBe(false);
  });

  it('has every field of the sample described in docs/report.md', () => {
    const text = readFileSync(new URL('../../docs/report.md', import.meta.url), 'utf8');
    for (const name of [
      ...fieldNames(sampleReport()),
      ...fieldNames(masksReport()),
      ...fieldNames(roofReport()),
    ]) {
      expect(text.includes(`\`${name}\``), name).toBe(true);
    }
  });
});

function timeWrong(report: Report) {
  const [right] = report.cases[0].entries;
  Object.assign(report.cases[1].entries[0], { timing: right.timing });
}

/** Names of fields at every depth; limits and positions speak for themselves. */
function fieldNames(value: unknown): Set<string> {
  const names = new Set<string>();
  const visit = (part: unknown, key = '') => {
    if (Array.isArray(part)) part.forEach((one) => visit(one));
    else if (part && typeof part === 'object' && !['limits', 'worst'].includes(key)) {
      for (const [name, inner] of Object.entries(part)) {
        names.add(name);
        visit(inner, name);
      }
    }
  };
  visit(value);
  for (const inner of ['kind', 'resolutionMs']) names.add(inner);
  return names;
}
