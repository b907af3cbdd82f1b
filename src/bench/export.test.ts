import { describe, expect, it } from 'vitest';
import {
  cpuOnlyReport,
  masksReport,
  roofReport,
  sampleCase,
  sampleReport,
  sampleTiming,
} from '../../tests/support/reports';
import {
  reportToCsv,
  reportToJson,
  reportToMarkdown,
  reportToText,
  parseNumbers,
  caseRows,
  reportRows,
} from './export';

describe('rows', () => {
  const rows = reportRows(sampleReport());
  const row = (status: string) => rows.find((candidate) => candidate.status === status)!;

  it('has one for each case and implementation', () => {
    expect(rows).toHaveLength(9);
    expect(rows[0]).toEqual({
      case: '1·8·256·64',
      contestant: 'flash',
      status: 'verified',
      time: '12.3 ± 0.6 ms',
      vsUnmasked: '',
      gflops: '10.9',
      ofRoofline: '',
      speedup: '7.43×',
      error: '3.1e-7 (12.0% of bound)',
      result: 'verified',
      notes: ['fastest'],
    });
  });

  it('notes what is unusual about a time', () => {
    expect(rows[2].notes).toEqual(['extrapolated from 512 of 2048 rows', '1 sample']);
    const notes = (timing: Parameters<typeof sampleTiming>[0]) => {
      const [entry] = sampleCase().entries;
      const entries = [{ ...entry, timing: sampleTiming(timing) }];
      return caseRows(sampleCase({ entries }))[0].notes.join();
    };
    expect(notes({ samples: [1, 2, 3], confidence: 0.75 })).toContain('75% interval from 3');
    expect(notes({ median: 12, wallMedian: 6 })).toContain('wall clock: 6.00 ms');
    expect(notes({ verdict: 'unclear' })).toContain('too close to call');
    expect(notes({ verdict: 'slower' })).toBe('');
  });

  it('shows a wrong result with its error and without a time', () => {
    expect(row('wrong')).toMatchObject({ result: 'WRONG', time: '', error: '∞ (∞ of bound)' });
    expect(row('wrong').notes.join()).toContain('got NaN, expected 0.5');
    expect(row('wrong').notes).toContain('checked on 256 of 32768 rows');
    expect(row('wrong').notes).toContain('resized from 1·8·16384·64');
  });

  it('shows why an entry was refused or failed, and what was not done', () => {
    expect(row('refused').notes[0]).toContain('maxBufferSize');
    expect(row('failed').notes[0]).toContain('out of memory');
    expect(row('running')).toMatchObject({ result: 'running', time: '', notes: [] });
    expect(row('pending')).toMatchObject({ result: 'waiting', error: '' });
    expect(rows.at(-3)).toMatchObject({ status: 'verified', notes: ['not timed'] });
  });
});

describe('masks of one shape', () => {
  it('are compared with none, implementation by implementation', () => {
    const shares = reportRows(masksReport()).map(({ vsUnmasked }) => vsUnmasked);
    expect(shares).toEqual(['', '', '0.52', '0.52', '0.065', '0.065']);
  });

  it('take a column where there is something to compare, and only there', () => {
    expect(reportToText(masksReport())).toContain('vs unmasked');
    expect(reportToMarkdown(masksReport())).toContain('| vs unmasked |');
    expect(reportToText(sampleReport())).not.toContain('vs unmasked');
  });

  it('have their width and their share in CSV', () => {
    const [header, ...records] = readCsv(reportToCsv(masksReport()));
    const column = (name: string) => records.map((record) => record[header.indexOf(name)]);
    expect(column('window')).toEqual(['', '', '', '', '16', '16']);
    expect(column('of_full').slice(0, 2)).toEqual(['', '']);
    expect(column('of_full').slice(2).map(Number)).toEqual([
      expect.closeTo(0.52, 9),
      expect.closeTo(0.52, 9),
      expect.closeTo(0.0652, 9),
      expect.closeTo(0.0652, 9),
    ]);
  });
});

describe('ceilings', () => {
  it('stand above the table, and each time has its share of the roofline', () => {
    for (const text of [reportToText(roofReport()), reportToMarkdown(roofReport())]) {
      expect(text).toContain('float32 FMA 25.0 GFLOP/s (vec4)');
      expect(text).toContain('CPU memory bandwidth unknown (cpu-memory: the sum is 1, not 2.)');
      expect(text).toContain('% of roofline');
      expect(text).toContain('43.5%');
    }
    expect(reportToText(sampleReport())).not.toMatch(/roofline|peaks/i);
    expect(reportToMarkdown(sampleReport())).not.toMatch(/roofline|peaks/i);
  });

  it('have what bounds each entry in CSV', () => {
    const [header, ...records] = readCsv(reportToCsv(roofReport()));
    const cell = (i: number, name: string) => records[i][header.indexOf(name)];
    expect(cell(0, 'bytes')).toBe('2097152');
    expect(cell(0, 'roof_gflops')).toBe('25');
    expect(cell(0, 'bound_by')).toBe('arithmetic');
    expect(Number(cell(0, 'of_roof'))).toBeCloseTo(10.87 / 25, 9);
    expect(cell(2, 'of_roof')).toBe('');
  });
});

describe('JSON', () => {
  it('keeps the whole report, numbers that are not finite included', () => {
    const report = sampleReport();
    expect(parseNumbers(reportToJson(report))).toEqual(report);
    expect(reportToJson(report)).toContain('"Infinity"');
  });
});

describe('CSV', () => {
  it('reads back as one record for each case and implementation', () => {
    const report = sampleReport();
    const [header, ...records] = readCsv(reportToCsv(report));
    expect(records).toHaveLength(9);
    for (const record of records) expect(record).toHaveLength(header.length);
    const cell = (i: number, name: string) => records[i][header.indexOf(name)];
    expect(cell(0, 'median_ms')).toBe('12.35');
    expect(cell(0, 'worst_bound')).toBe('0.0000026');
    expect(cell(2, 'low_ms')).toBe('');
    expect(cell(2, 'timed_rows')).toBe('512');
    expect(cell(3, 'max_error')).toBe('Infinity');
    expect(cell(4, 'message')).toBe(report.cases[1].entries[1].message);
    expect(cell(5, 'message')).toBe('The worker stopped:\nout of memory.');
    expect(cell(8, 'status')).toBe('pending');
  });

  it('does without a device', () => {
    const [header, record] = readCsv(reportToCsv(cpuOnlyReport()));
    expect(record[header.indexOf('device')]).toBe('');
  });
});

describe('Markdown', () => {
  it('is a table that nothing in a message can break', () => {
    const lines = reportToMarkdown(sampleReport()).trimEnd().split('\n');
    const table = lines.slice(lines.indexOf('') + 1);
    expect(table).toHaveLength(2 + 9);
    const cells = table.map((line) => line.split(/(?<!\\)\|/).length);
    expect(new Set(cells).size).toBe(1);
    expect(table.join('\n')).toContain('268,435,456 \\| 2048');
  });
});

describe('text', () => {
  it('lines up its columns', () => {
    const lines = reportToText(sampleReport()).split('\n');
    const at = (text: string) => lines.find((line) => line.includes(text))!;
    const head = at('Implementation');
    const row = lines.find((line) => /three-pass +19\.8/.test(line))!;
    expect(head.indexOf('Implementation')).toBe(row.indexOf('three-pass'));
    const end = (line: string, text: string) => line.indexOf(text) + text.length;
    expect(end(head, 'Time')).toBe(end(at('91.8 ms'), '91.8 ms'));
    expect(lines.filter((line) => line.startsWith('1·8·256·64'))).toHaveLength(1);
    for (const line of lines) expect(line).toBe(line.trimEnd());
  });

  it('names the device, or says there is none', () => {
    expect(reportToText(sampleReport())).toContain('SwiftShader');
    expect(reportToText(cpuOnlyReport())).toContain('no WebGPU, CPU only');
    expect(reportToText(sampleReport({ cases: [] }))).toContain('No results.');
  });
});

/** RFC 4180, strictly enough for a test. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    record.push(match[1]?.replaceAll('""', '"') ?? match[2]);
    if (match[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}
