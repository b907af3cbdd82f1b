import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finishReport, type BenchmarkProgress } from '../src/bench/report';
import { defaultSettings } from '../src/bench/settings';
import { sampleReport } from '../tests/support/reports';
import { runAddress } from './page-run';
import { progressLine, progressPrinter } from './progress';
import { freePort, hashFiles } from './site';

const progress: BenchmarkProgress = {
  stage: 'timing',
  caseIndex: 0,
  contestant: 'flash',
  fraction: 0.129,
  secondsLeft: 40,
};

describe('progress', () => {
  it('says what is running and how long it will take', () => {
    expect(progressLine(progress, sampleReport())).toBe(
      ' 12% timing flash on 1·8·256·64, about 40 s left',
    );
    const first = { ...progress, stage: 'device', caseIndex: -1, contestant: null } as const;
    expect(progressLine({ ...first, secondsLeft: null }, null)).toBe(' 12% opening the device');
  });

  it('writes one line over on a terminal', () => {
    const written: string[] = [];
    const stream = { isTTY: true, columns: 20, write: (text: string) => written.push(text) };
    const printer = progressPrinter(stream);
    printer.show({ type: 'progress', progress });
    printer.show({ type: 'progress', progress });
    printer.clear();
    expect(written).toEqual(['\r\x1b[K 12% timing flash, ', expect.anything(), '\r\x1b[K']);
  });

  it('writes one line for each contestant elsewhere', () => {
    const written: string[] = [];
    const printer = progressPrinter({ write: (text: string) => written.push(text) });
    printer.show({ type: 'report', report: sampleReport() });
    printer.show({ type: 'progress', progress });
    printer.show({ type: 'progress', progress: { ...progress, fraction: 0.2 } });
    printer.show({ type: 'progress', progress: { ...progress, contestant: 'cpu' } });
    printer.clear();
    expect(written).toHaveLength(2);
    expect(written[1]).toMatch(/cpu on 1·8·256·64.*\n$/);
  });
});

describe('a run in the page', () => {
  it('has its settings in the address', () => {
    const settings = { ...defaultSettings, seed: 7 };
    expect(runAddress('http://localhost:4173/', settings)).toBe(
      'http://localhost:4173/#seed=7&run=1',
    );
  });

  it('keeps results when it ends early', () => {
    const report = finishReport(sampleReport({ status: 'running' }), 'cancelled', 'Interrupted.');
    expect(report).toMatchObject({ status: 'cancelled', message: 'Interrupted.' });
    expect(report.cases[0]).toEqual(sampleReport().cases[0]);
    expect(report.cases[2].entries.map(({ status }) => status)).toEqual([
      'verified',
      'cancelled',
      'cancelled',
    ]);
  });
});

describe('freePort', () => {
  it.each(['127.0.0.1', '::1'])('passes over a port in use on %s', async (host) => {
    const server = createServer();
    const listening = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(0, host, () => resolve(true));
    });
    if (!listening) return; // no IPv6 here
    const { port } = server.address() as { port: number };
    expect(await freePort(port)).toBeGreaterThan(port);
    await new Promise((resolve) => server.close(resolve));
    expect(await freePort(port)).toBe(port);
  });
});

describe('hashFiles', () => {
  it('changes with names and contents, and only then', () => {
    const folder = mkdtempSync(join(tmpdir(), 'site-'));
    mkdirSync(join(folder, 'src'));
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    const hash = () => hashFiles(folder, ['index.html', 'src', 'absent']);
    write('src/a.ts', 'one');
    const first = hash();
    write('src/a.ts', 'one');
    write('elsewhere', 'two');
    expect(hash()).toBe(first);
    write('src/b.ts', '');
    const second = hash();
    write('src/b.ts', 'three');
    expect(new Set([first, second, hash()]).size).toBe(3);
    rmSync(folder, { recursive: true });
  });
});
