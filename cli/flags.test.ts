import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingFields, defaultSettings } from '../src/bench/settings';
import { cpuOnlyReport, sampleReport } from '../tests/support/reports';
import { benchHelp, exitStatus, parseBenchArgs } from './bench';
import { chromeFlags } from './browser';
import { describeIssues } from './flags';
import { hasDisplay, parseStartArgs } from './start';

const bench = (line: string) => parseBenchArgs(line ? line.split(' ') : [], tmpdir());

describe('arguments of the benchmark', () => {
  it('gives the defaults for none', () => {
    expect(bench('')).toEqual({
      help: false,
      settings: defaultSettings,
      adapter: 'auto',
      json: null,
      issues: [],
    });
  });

  it('reads values after a space and after an equals sign', () => {
    const { settings, adapter, json, issues } = bench(
      '--heads 12 --kv-heads=4 --mask causal --contestants=cpu,flash --adapter swiftshader --json out.json',
    );
    expect(issues).toEqual([]);
    expect(settings).toMatchObject({ preset: 'custom', heads: 12, kvHeads: 4, mask: 'causal' });
    expect(settings.contestants).toEqual(['cpu', 'flash']);
    expect({ adapter, json }).toEqual({
      adapter: 'swiftshader',
      json: join(tmpdir(), 'out.json'),
    });
  });

  it('takes a suite for a preset', () => {
    const { settings, issues } = bench('--suite grid');
    expect(issues).toEqual([]);
    expect(settings).toEqual(bench('--preset=grid').settings);
    expect(settings.preset).toBe('grid');
  });

  it.each([
    ['--heads 0', '--heads', '"0"'],
    ['--heads', '--heads', '""'],
    ['--heads -1', '--heads', '"-1"'],
    ['--heads=', '--heads', '""'],
    ['--seed 1 --seed 2', '--seed', 'once'],
    ['--adapter gpu', '--adapter', 'swiftshader'],
    ['--adapter auto --adapter auto', '--adapter', 'once'],
    ['--json', '--json', 'file'],
    ['--json .', '--json', '"."'],
    ['--json no/such/folder/out.json', '--json', 'no/such'],
    ['--colour red', '"--colour"', '--help'],
    ['--run 1', '"--run"', '--help'],
    ['-h', '"-h"', '--help'],
    ['fast', '"fast"', '--help'],
    ['--help=no', '--help', 'no value'],
    ['--suite grid --preset grid', '--preset', 'once'],
    ['--suite none', '--preset', '"none"'],
    ['--preset gpt2-1k --heads 4', '--preset', 'heads'],
  ])('refuses %s, naming it', (line, ...mentions) => {
    const { issues } = bench(line);
    expect(issues.length).toBeGreaterThan(0);
    const text = describeIssues(issues, 'npm run bench --');
    for (const mention of mentions) expect(text).toContain(mention);
  });

  it('names every bad argument at once', () => {
    expect(bench('--heads 0 --queries x --adapter gpu --json no/such/file').issues).toHaveLength(4);
  });

  it('has every setting in its help', () => {
    for (const { name } of settingFields) expect(benchHelp).toContain(`--${name} `);
    expect(bench('--help').help).toBe(true);
  });
});

describe('exit status', () => {
  const { cases } = sampleReport();
  const withStates = (...states: string[]) =>
    sampleReport({
      cases: [{ ...cases[0], entries: states.map((status) => ({ status })) as never }],
    });

  it('is 0 only when all that was measured was verified', () => {
    expect(exitStatus(cpuOnlyReport())).toBe(0);
    expect(exitStatus(withStates('verified', 'refused'))).toBe(0);
    for (const bad of ['wrong', 'failed', 'cancelled', 'pending', 'running']) {
      expect(exitStatus(withStates('verified', bad)), bad).toBe(1);
    }
  });

  it('is 1 when nothing was measured, or not to the end', () => {
    expect(exitStatus(null)).toBe(1);
    expect(exitStatus(sampleReport({ cases: [] }))).toBe(1);
    expect(exitStatus(withStates('refused'))).toBe(1);
    for (const status of ['running', 'cancelled', 'failed'] as const) {
      expect(exitStatus({ ...cpuOnlyReport(), status }), status).toBe(1);
    }
  });
});

describe('arguments of start', () => {
  it('takes a port', () => {
    expect(parseStartArgs([])).toEqual({ help: false, port: 4173, issues: [] });
    expect(parseStartArgs(['--port=8080']).port).toBe(8080);
  });

  it.each(['0', '80', '65536', '99999', '1e4', 'x', ''])('refuses port "%s"', (value) => {
    expect(parseStartArgs([`--port=${value}`]).issues).toMatchObject([{ field: 'port', value }]);
  });

  it('opens a window where one can be seen', () => {
    expect(hasDisplay('darwin', {})).toBe(true);
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  });
});

describe("Chrome's flags", () => {
  it('ask for SwiftShader only on request, and drop the sandbox only for root', () => {
    expect(chromeFlags('auto', 'linux', false)).toContain('--enable-features=Vulkan');
    expect(chromeFlags('auto', 'linux', false).join()).not.toMatch(/swiftshader|no-sandbox/);
    expect(chromeFlags('swiftshader', 'darwin', true)).toEqual(
      expect.arrayContaining(['--use-webgpu-adapter=swiftshader', '--no-sandbox']),
    );
  });
});
