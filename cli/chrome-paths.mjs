import { posix, win32 } from 'node:path';

/** @typedef {Record<string, string | undefined>} Environment */

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
