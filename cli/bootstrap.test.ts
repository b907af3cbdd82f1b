import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeVersionError, ensurePackages, packagesMatch } from './bootstrap.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packages-'));
  mkdirSync(join(folder, 'node_modules'));
  vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.restoreAllMocks();
});

const lockfile = {
  '': { version: '1.0.0' },
  'node_modules/one': { version: '1.2.3' },
  'node_modules/for-mac': { version: '4.5.6', optional: true },
};

function write(name: string, packages: unknown) {
  writeFileSync(join(folder, name), JSON.stringify({ packages }));
}

const lock = (packages: unknown = lockfile) => write('package-lock.json', packages);
const installed = (packages: unknown) => write('node_modules/.package-lock.json', packages);

describe('packagesMatch', () => {
  it('is true when all that must be there is, in its version', () => {
    lock();
    installed({ 'node_modules/one': { version: '1.2.3' } });
    expect(packagesMatch(folder)).toBe(true);
  });

  it.each([
    ['another version', { 'node_modules/one': { version: '1.2.4' } }],
    ['a missing package', {}],
    [
      'another version of an optional package',
      { 'node_modules/one': { version: '1.2.3' }, 'node_modules/for-mac': { version: '4.5.5' } },
    ],
  ])('is false for %s', (_name, packages) => {
    lock();
    installed(packages);
    expect(packagesMatch(folder)).toBe(false);
  });

  it('is false for an install that was cut short', () => {
    lock();
    expect(packagesMatch(folder)).toBe(false);
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), '{"packa');
    expect(packagesMatch(folder)).toBe(false);
  });

  it('needs a lockfile', () => {
    expect(() => packagesMatch(folder)).toThrow('package-lock.json');
  });
});

describe('ensurePackages', () => {
  const complete = () => {
    installed({ 'node_modules/one': { version: '1.2.3' } });
    return 0;
  };

  it('installs once, and not again', () => {
    lock();
    const install = vi.fn(complete);
    ensurePackages(folder, install);
    ensurePackages(folder, install);
    expect(install).toHaveBeenCalledTimes(1);
  });

  it('says so when installing fails, or succeeds without effect', () => {
    lock();
    expect(() => ensurePackages(folder, () => 1)).toThrow('npm ci');
    expect(() => ensurePackages(folder, () => 0)).toThrow('npm ci');
  });
});

describe('nodeProblem', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.1.0'])('accepts %s', (version) => {
    expect(nodeVersionError(version)).toBeNull();
  });

  it.each(['18.20.0', '20.18.3', '21.7.0', '22.11.0'])('names %s and what it needs', (version) => {
    expect(nodeVersionError(version)).toContain(version);
    expect(nodeVersionError(version)).toContain('20.19');
  });
});
