import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromePaths } from './chrome-paths.mjs';
import { Failure } from './bootstrap.mjs';
import { root } from './bootstrap.mjs';

/** @typedef {import('./chrome-paths.mjs').Environment} Environment */

const variable = 'PUPPETEER_EXECUTABLE_PATH';

const advice = `No Chrome or Chromium was found, and none could be fetched. Install one (on Debian:
  apt-get install chromium) or name one in ${variable}, then try again.`;

/**
 * Finds Chrome, or fetches it; its path also goes into the environment of child processes.
 * @returns {Promise<string>}
 */
export async function ensureChrome() {
  const found = (await findChrome()) ?? (await fetchChrome());
  if (!found) throw new Failure(advice);
  process.env[variable] = found;
  return found;
}

/**
 * The Chrome to use, or null. One named in the environment must exist.
 * @param {{
 *   env?: Environment,
 *   platform?: NodeJS.Platform,
 *   exists?: (path: string) => boolean,
 *   cached?: () => Promise<string | null>,
 * }} [machine]
 */
export async function findChrome(machine = {}) {
  const { env = process.env, platform = process.platform } = machine;
  const { exists = existsSync, cached = puppeteerPath } = machine;
  const named = env[variable];
  if (named) {
    if (exists(named)) return named;
    throw new Failure(`${variable} is "${named}", where there is no file; expected a Chrome.`);
  }
  const usual = chromePaths(platform, env).find((path) => exists(path));
  if (usual) return usual;
  const own = await cached();
  return own && exists(own) ? own : null;
}

/** Where puppeteer keeps the Chrome it was made for, whether or not it is there. */
async function puppeteerPath() {
  try {
    const { default: puppeteer } = await import('puppeteer');
    return await puppeteer.executablePath();
  } catch {
    return null;
  }
}

async function fetchChrome() {
  console.error('Fetching Chrome…');
  downloadWithPuppeteer();
  const downloaded = await findChrome();
  // A bare download lacks the system's libraries on a bare system; then it does not even start.
  if (downloaded && starts(downloaded)) return downloaded;
  if (canUseApt()) {
    console.error('Installing Chromium with apt-get…');
    apt('update');
    apt('install', '--yes', '--no-install-recommends', 'chromium');
    const installed = chromePaths(process.platform, process.env).find(existsSync);
    if (installed && starts(installed)) return installed;
  }
  return null;
}

function downloadWithPuppeteer() {
  const cli = join(root, 'node_modules', 'puppeteer', 'lib', 'cjs', 'puppeteer', 'node', 'cli.js');
  const { status } = spawnSync(process.execPath, [cli, 'browsers', 'install', 'chrome'], {
    cwd: root,
    stdio: 'ignore',
    timeout: 10 * 60_000,
  });
  if (status !== 0) console.error('Chrome could not be downloaded.');
}

/** @param {string} path */
function starts(path) {
  // Windows has no console output for --version, and needs no libraries either.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

function canUseApt() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** @param {string[]} args */
function apt(...args) {
  spawnSync('apt-get', args, {
    stdio: ['ignore', process.stderr, 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
