import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { explain, Failure } from './failure.mjs';
import { root } from './paths.mjs';

/** @typedef {{ version?: string, optional?: boolean }} Package */
/** @typedef {{ packages: Record<string, Package> }} Lockfile */

/**
 * Installs the packages of the lockfile unless they are there already.
 * @param {string} folder
 * @param {(folder: string) => number | null} install returns the exit status
 */
export function ensurePackages(folder = root, install = npmCi) {
  if (packagesMatch(folder)) return;
  console.error('Installing packages…');
  if (install(folder) !== 0 || !packagesMatch(folder)) {
    throw new Failure('Packages could not be installed; see above, or run `npm ci` by hand.');
  }
}

/**
 * Whether node_modules holds what the lockfile says. npm keeps its own account of what it installed
 * there, written last: an install that was cut short does not count.
 * @param {string} folder
 */
export function packagesMatch(folder) {
  const wanted = readLockfile(join(folder, 'package-lock.json'));
  if (!wanted) throw new Failure('package-lock.json is missing or damaged; restore it first.');
  const installed = readLockfile(join(folder, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  return Object.entries(wanted.packages).every(([path, { version, optional }]) => {
    const found = installed.packages[path];
    // Optional packages are for other platforms as well.
    return path === '' || (found ? found.version === version : optional === true);
  });
}

/**
 * @param {string} path
 * @returns {Lockfile | null}
 */
function readLockfile(path) {
  try {
    const lockfile = JSON.parse(readFileSync(path, 'utf8'));
    return lockfile.packages ? lockfile : null;
  } catch {
    return null;
  }
}

/** @param {string} folder */
function npmCi(folder) {
  // Run by npm, the same npm; on Windows npm is a script, which needs a shell.
  const own = process.env.npm_execpath;
  const [command, first] = own ? [process.execPath, [own]] : ['npm', []];
  const { status } = spawnSync(command, [...first, 'ci', '--include=dev'], {
    cwd: folder,
    stdio: ['ignore', process.stderr, 'inherit'],
    shell: !own && process.platform === 'win32',
  });
  return status;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    ensurePackages();
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
