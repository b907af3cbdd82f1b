import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../cli/bootstrap.mjs';
import { parseNumbers } from '../../src/bench/export';
import type { Report } from '../../src/bench/report';
import { expectVerified } from '../support/benchmark-driver';
import { validateReport } from '../support/report-schema';

let folder: string;

beforeAll(() => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  folder = mkdtempSync(join(root, '.cache', 'command-line-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** `npm run bench --` with these arguments, none of which has a space in it. */
async function bench(line: string) {
  // Vitest's own environment would have the site built for tests.
  const { NODE_ENV: _mode, VITEST: _vitest, ...rest } = process.env;
  const env = { ...rest, INIT_CWD: root };
  const child = spawn(process.execPath, ['cli/run.mjs', 'bench', ...line.split(' ')], {
    cwd: root,
    env,
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (errors += data));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, output, errors };
}

describe('the benchmark in the terminal', () => {
  it('ends with 2 on bad arguments, naming each with what is allowed', async () => {
    const { status, output, errors } = await bench(
      '--heads 0 --queries=-4 --keys 1e9 --batch 1000000000 --head-dim NaN --value-dim wide ' +
        '--budget --mask diagonal --json no/such/folder/report.json --colour red',
    );
    expect(status).toBe(2);
    expect(output).toBe('');
    const lines = errors.split('\n');
    for (const start of [
      '--heads: "0" is not allowed; expected a whole number from 1 to',
      '--queries: "-4" is not allowed; expected a whole number from 1 to',
      '--keys: "1e9" is not allowed; expected a whole number from 1 to',
      '--batch: "1000000000" is not allowed; expected a whole number from 1 to',
      '--head-dim: "NaN" is not allowed; expected a whole number from 1 to 256',
      '--value-dim: "wide" is not allowed; expected a whole number from 1 to 256',
      '--budget: "',
      '--json: "no/such/folder/report.json" is not allowed; expected a file',
      'argument: "--colour" is not allowed',
      'See npm run bench -- --help',
    ]) {
      expect(
        lines.filter((line) => line.startsWith(start)),
        `${start}\n${errors}`,
      ).toHaveLength(1);
    }
  });

  it('prints a table and writes the report, and ends with 0 when all is verified', async () => {
    const file = join(relative(root, folder), 'report.json');
    const given = `--queries 64 --heads 2 --head-dim 32 --budget 5 --json ${file}`;
    const { status, output, errors } = await bench(given);
    expect({ status, errors }).toMatchObject({ status: 0 });
    const table = output.split('\n');
    for (const contestant of ['flash', 'three-pass', 'cpu']) {
      const rows = table.filter((line) => line.includes(` ${contestant} `));
      expect(rows, output).toHaveLength(1);
      expect(rows[0]).toMatch(/ (s|ms|µs) .*of bound.* verified/);
    }
    const text = readFileSync(join(root, file), 'utf8');
    expect(validateReport(JSON.parse(text)), JSON.stringify(validateReport.errors)).toBe(true);
    const report = parseNumbers(text) as Report;
    expectVerified(report);
    expect(report.device).not.toBeNull();
  });
});
