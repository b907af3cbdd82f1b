import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The project's own folder, whatever the working folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Something the user can mend: shown as its message alone, without a stack. */
export class Failure extends Error {
  /** @override */
  name = 'Failure';
}

/**
 * The message for the user. Recognized by name, as modules read by Vite have a class of their own.
 * @param {unknown} error
 */
export function explain(error) {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'Failure' ? error.message : (error.stack ?? error.message);
}

/** What Vite and Vitest run on: 20.19 or later in its line, and everything from 22.12 on. */
const supported = '20.19 or later (in the 22 line, 22.12 or later)';

/**
 * Why this version of Node will not do, or null when it will.
 * @param {string} version as in `process.versions.node`
 */
export function nodeVersionError(version) {
  const [major, minor] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23;
  return fits ? null : `This is Node ${version}; the playground needs Node ${supported}.`;
}

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
 * Whether node_modules matches the lockfile. npm records what it installed
 * there, written last: an install that was cut short does not count.
 * @param {string} folder
 */
export function packagesMatch(folder) {
  const expected = readLockfile(join(folder, 'package-lock.json'));
  if (!expected) throw new Failure('package-lock.json is missing or damaged; restore it first.');
  const installed = readLockfile(join(folder, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  return Object.entries(expected.packages).every(([path, { version, optional }]) => {
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
