import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix, win32 } from 'node:path';
import { Failure } from './bootstrap.mjs';
import { root } from './bootstrap.mjs';

/** @typedef {Record<string, string | undefined>} Environment */

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

/**
 * Where Chrome or Chromium usually is, the likeliest first.
 * @param {NodeJS.Platform} platform
 * @param {Environment} env
 * @returns {string[]}
 */
export function chromePaths(platform, env) {
  if (platform === 'win32') return windowsPaths(env);
  if (platform === 'darwin') return macPaths(env);
  return linuxPaths(env);
}

/** @param {Environment} env */
function linuxPaths(env) {
  // Not chromium-browser: on Ubuntu that may be a script that only says to install a snap.
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chrome'];
  const folders = (env.PATH ?? '').split(':').filter((folder) => posix.isAbsolute(folder));
  const usual = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'];
  const all = [...new Set([...folders, ...usual])];
  return names.flatMap((name) => all.map((folder) => posix.join(folder, name)));
}

/** @param {Environment} env */
function macPaths(env) {
  const folders = ['/Applications', ...(env.HOME ? [posix.join(env.HOME, 'Applications')] : [])];
  return ['Google Chrome', 'Chromium', 'Google Chrome Canary'].flatMap((name) =>
    folders.map((folder) => posix.join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
  );
}

/** @param {Environment} env */
function windowsPaths(env) {
  const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA];
  const programs = ['Google\\Chrome', 'Chromium'];
  return programs.flatMap((program) =>
    folders.flatMap((folder) =>
      folder ? [win32.join(folder, program, 'Application', 'chrome.exe')] : [],
    ),
  );
}
